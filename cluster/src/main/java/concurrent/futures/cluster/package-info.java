// SPDX-License-Identifier: Apache-2.0
/**
 * Executors that run their tasks on the workers of a cluster: {@link concurrent.futures.cluster.ClusterExecutor}, and
 * {@link concurrent.futures.cluster.ClusterWorker}.
 */
package concurrent.futures.cluster;
