// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.cluster.ClusterExecutor;
import concurrent.futures.cluster.ClusterWorker;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the Javadoc of the cluster shows. */
final class ClusterSnippets {
    private ClusterSnippets() {}

    static void clusterExecutor() throws Exception {
        // @start region="clusterExecutor"
        try (FutureExecutor executor = ClusterExecutor.connect("127.0.0.1:5701")) {
            int base = 40;
            Future<Integer> sum = executor.submit(() -> base + 2);
            System.out.println(sum.result());
        }
        // @end
    }

    static void worker() throws Exception {
        // @start region="worker"
        try (ClusterWorker worker = ClusterWorker.builder()
                .bind("10.0.0.*")
                .join("10.0.0.5:5701")
                .key(Files.readAllBytes(Path.of("/etc/futures.key")))
                .start()) {
            System.out.println("works at " + worker.address());
            Thread.currentThread().join();
        }
        // @end
    }
}
