// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.ExecutorListener;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Task;
import concurrent.futures.TaskEvent;
import concurrent.futures.TaskOutcome;
import java.time.Duration;
import java.util.List;

/** What the Javadoc shows of watching an executor. */
final class WatchingSnippets {
    private WatchingSnippets() {}

    static void listener(FutureExecutor executor, List<Task<String>> reports) throws Exception {
        // @start region="listener"
        ExecutorListener slow = new ExecutorListener() {
            @Override
            public void finished(TaskEvent task) {
                if (task.outcome() == TaskOutcome.FAILED || task.runTime().compareTo(Duration.ofSeconds(10)) > 0) {
                    System.err.println(task.name() + " on " + task.worker() + " took " + task.runTime() + " after "
                            + task.queueTime() + " in the queue; exception: " + task.exception());
                }
            }
        };
        try (ExecutorListener.Registration registration = executor.addListener(slow)) {
            executor.withName("report").submitAll(reports).forEach(each -> each.join());
        }
        // @end
    }

    static void dump(FutureExecutor executor) {
        // @start region="dump"
        System.err.println(executor.dump());
        // @end
    }
}
