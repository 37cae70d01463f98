// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.BrokenExecutorException;

/** What becomes of a {@link ProcessExecutor} when a worker has died by itself. */
public enum OnWorkerDeath {
    /** The executor goes on with a new worker. */
    REPLACE,
    /** The executor is broken, as in Python: whatever is pending fails with a {@link BrokenExecutorException}. */
    BREAK
}
