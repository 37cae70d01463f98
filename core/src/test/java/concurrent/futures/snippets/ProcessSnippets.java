// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.process.ProcessExecutor;
import concurrent.futures.process.WorkerDiedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** What the Javadoc of the executor on processes shows. */
final class ProcessSnippets {
    private ProcessSnippets() {}

    static void processExecutor(List<String> uploads) throws Exception {
        // @start region="processExecutor"
        try (ProcessExecutor executor = ProcessExecutor.builder()
                .maxWorkers(4)
                .maxHeap(256L << 20) // each
                .maxTasksPerWorker(1_000) // whatever the parser leaks
                .build()) {
            FutureExecutor limited = executor.withTimeout(Duration.ofSeconds(10));
            List<Future<Integer>> pages = new ArrayList<>();
            for (String upload : uploads) {
                pages.add(limited.submit(() -> countPages(upload))); // serialized here, and run elsewhere
            }
            for (Future<Integer> each : pages) {
                try {
                    System.out.println(each.result());
                } catch (TimeoutException | WorkerDiedException e) {
                    System.err.println("cannot be parsed: " + e.getMessage()); // the others go on
                }
            }
        }
        // @end
    }

    private static int countPages(String upload) {
        return upload.length();
    }
}
