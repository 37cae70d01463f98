// SPDX-License-Identifier: Apache-2.0
/**
 * Watching executors: {@link concurrent.futures.monitor.Monitor} shows what they do in a page,
 * {@link concurrent.futures.monitor.ExecutorMeters} gives their numbers to Micrometer, and
 * {@link concurrent.futures.monitor.Progress} shows how far a job is on a terminal.
 */
package concurrent.futures.monitor;
