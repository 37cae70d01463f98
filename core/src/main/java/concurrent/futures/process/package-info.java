// SPDX-License-Identifier: Apache-2.0
/**
 * Executors that run their tasks in other processes on this machine: {@link
 * concurrent.futures.process.ProcessExecutor}.
 */
package concurrent.futures.process;
