// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the page of the package shows. */
final class PackageSnippets {
    private PackageSnippets() {}

    static void printSizes(List<Path> files) throws Exception {
        // @start region="package"
        try (FutureExecutor executor = new ThreadExecutor()) {
            Map<Future<Long>, Path> sizes = new HashMap<>();
            for (Path file : files) {
                sizes.put(executor.submit(() -> Files.size(file)), file);
            }
            for (Future<Long> size : Futures.asCompleted(sizes.keySet())) {
                try {
                    System.out.println(sizes.get(size) + " has " + size.result() + " bytes");
                } catch (IOException e) {
                    System.out.println(sizes.get(size) + " cannot be read: " + e);
                }
            }
        }
        // @end
    }
}
