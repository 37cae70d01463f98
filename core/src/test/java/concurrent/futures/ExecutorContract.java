// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** What every executor keeps to, wherever it runs its tasks; the parts are one file each. */
interface ExecutorContract
        extends SubmitContract,
                FailureContract,
                CancelContract,
                BulkContract,
                ShutdownContract,
                CloseContract,
                TaskGroupContract,
                TimeLimitContract,
                ViewContract,
                WatchContract,
                CPythonContract {}
