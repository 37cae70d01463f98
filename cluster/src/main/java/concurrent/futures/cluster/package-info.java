// SPDX-License-Identifier: Apache-2.0
/**
 * Executors that run their tasks on the workers of a cluster: {@link concurrent.futures.cluster.ClusterExecutor}, and
 * {@link concurrent.futures.cluster.ClusterWorker}.
 */
package concurrent.futures.cluster;

/*
 * A map of the rest
 * -----------------
 *   driver   Link             all conversations: sends, hears of losses, takes leave (Greeter begins, Farewell ends them)
 *            Crew             which worker (Remote, known as Peer) has which task (Job), and how many ahead (Pace)
 *            Receiver         the thread that hears what one worker tells, and tells futures; Ticker relieves it
 *            Leftover         notices that nobody is left who could use the executor
 *   worker   Node             answers the requests of all drivers, and hears of their Departures; WorkerCommand is its
 *                             command line
 *            Session          what it has for one driver: classes, tasks (Errand), and what is to be told (Outbox)
 *            TaskThreads      the threads that run tasks
 *   both     Conversation     what is said in which order; Request and Note are its bytes, Seal and Security keep it safe
 *   engine   Carrier          all that a driver needs of one; HazelcastCarrier has it of Hazelcast, with Envelope as what
 *                             travels, HazelcastSettings and HazelcastClasses as what it is kept from
 */
