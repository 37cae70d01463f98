// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Task;
import java.time.Duration;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeoutException;

/** What the Javadoc of the views of an executor shows. */
final class ViewSnippets {
    private ViewSnippets() {}

    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    static void views(FutureExecutor executor, Task<String> report) throws Exception {
        // @start region="views"
        FutureExecutor reports = executor.withTimeout(Duration.ofSeconds(30)).withName("report");
        Future<String> future = reports.submit(report);
        try {
            System.out.println(future.result());
        } catch (TimeoutException e) {
            System.out.println("too slow: " + future);
        }
        // @end
    }

    static void context(FutureExecutor executor) {
        // @start region="context"
        FutureExecutor carrying = executor.withContext(task -> {
            String user = USER.get(); // on the submitting thread
            return () -> {
                String before = USER.get(); // on the thread of the task, which may be in the middle of another one
                USER.set(user);
                try {
                    return task.call();
                } finally {
                    USER.set(before);
                }
            };
        });
        carrying.submit(() -> System.out.println("on behalf of " + USER.get()));
        // @end
    }

    static void over(ForkJoinPool pool, Task<String> report) throws Exception {
        // @start region="over"
        try (FutureExecutor executor = FutureExecutor.over(pool)) {
            Future<String> future = executor.withTimeout(Duration.ofSeconds(30)).submit(report);
            System.out.println(future.result());
        } // the pool stays open
        // @end
    }
}
