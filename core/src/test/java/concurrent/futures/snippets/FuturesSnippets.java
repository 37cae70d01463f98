// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.AsCompleted;
import concurrent.futures.DoneAndNotDone;
import concurrent.futures.Future;
import concurrent.futures.Futures;
import concurrent.futures.ReturnWhen;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What the Javadoc of {@code Futures} and {@code AsCompleted} shows. */
final class FuturesSnippets {
    private FuturesSnippets() {}

    static void futures(List<Future<String>> futures) throws InterruptedException {
        // @start region="futures"
        DoneAndNotDone<String> split = Futures.await(futures, Duration.ofSeconds(10), ReturnWhen.FIRST_EXCEPTION);
        for (Future<String> unfinished : split.notDone()) {
            unfinished.cancel(/* mayInterruptIfRunning= */ true);
        }
        System.out.println(split.done().size() + " of " + futures.size() + " are done");
        // @end
    }

    static void asCompleted(List<Future<String>> futures) throws Exception {
        // @start region="asCompleted"
        try (AsCompleted<String> completed = Futures.asCompleted(futures)) {
            for (Future<String> future : completed) {
                try {
                    System.out.println(future.result()); // does not wait
                } catch (IOException e) {
                    System.out.println("one has failed: " + e.getMessage());
                }
            }
        }
        // @end
    }
}
