// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Promise;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** What the Javadoc of {@code Future} and {@code Promise} shows. */
final class FutureSnippets {
    private FutureSnippets() {}

    static void future(Path file) throws Exception {
        // @start region="future"
        try (FutureExecutor executor = new ThreadExecutor()) {
            Future<Long> lines = executor.submit(() -> countLines(file));
            lines.addDoneCallback(future -> System.out.println("done: " + future));

            try {
                System.out.println(lines.result(Duration.ofSeconds(5)) + " lines");
            } catch (TimeoutException e) {
                lines.cancel(/* mayInterruptIfRunning= */ true); // a timeout ends the wait, this ends the work
            } catch (IOException e) {
                System.out.println("cannot read it: " + e.getMessage()); // what the task threw, as it was thrown
            }
        }
        // @end
    }

    static void ended(Future<?> writing, Path file) throws Exception {
        // @start region="ended"
        writing.cancel(/* mayInterruptIfRunning= */ true); // it is done now, and the task may still be writing
        writing.ended().result();
        Files.delete(file);
        // @end
    }

    static Future<Long> promise(Path file) {
        // @start region="promise"
        Promise<Long> lines = new Promise<>();
        Thread.startVirtualThread(() -> {
            if (!lines.setRunningOrNotifyCancel()) {
                return; // cancelled before it began
            }
            try {
                lines.trySetResult(countLines(file)); // not set if it was cancelled meanwhile
            } catch (Throwable thrown) {
                lines.trySetException(thrown);
            }
        });
        // @end
        return lines;
    }

    private static long countLines(Path file) throws IOException {
        return Files.readAllLines(file).size();
    }
}
