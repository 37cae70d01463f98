// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.MapOptions;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import concurrent.futures.WhenFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the Javadoc of the executors and of {@code MapOptions} shows. */
final class ExecutorSnippets {
    private ExecutorSnippets() {}

    static void executor(Path source, Path target, Path log) throws Exception {
        // @start region="executor"
        try (FutureExecutor executor = new ThreadExecutor()) {
            Future<Path> copy = executor.submit(() -> Files.copy(source, target)); // a call with a result
            Future<?> cleanup = executor.submit(() -> Files.delete(log)); // a call without one

            System.out.println("copied to " + copy.result());
            cleanup.result(); // waits, and throws what the call threw
        } // waits for all that was submitted
        // @end
    }

    static void map(FutureExecutor executor, List<Path> files) {
        // @start region="map"
        try (Stream<Long> sizes = executor.map(Files::size, files)) {
            System.out.println(sizes.mapToLong(Long::longValue).sum() + " bytes");
        }
        // @end
    }

    static void mapOptions(FutureExecutor executor, Iterable<String> words) {
        // @start region="mapOptions"
        MapOptions options = MapOptions.defaults()
                .chunkSize(100) // a hundred items make one task
                .bufferSize(10_000) // at most so many are ahead of the results that have been taken
                .timeout(Duration.ofMinutes(1)) // for all items together
                .unordered();
        try (Stream<Integer> lengths = executor.map(String::length, words, options)) {
            lengths.limit(5).forEach(System.out::println);
        } // cancels what has not started
        // @end
    }

    static void threadExecutor(List<Path> files) throws Exception {
        // @start region="threadExecutor"
        try (ThreadExecutor executor = ThreadExecutor.builder()
                .maxWorkers(4)
                .threadNamePrefix("reader") // reader_0, reader_1, ...
                .keepAlive(Duration.ofSeconds(10))
                .queueCapacity(100)
                .whenFull(WhenFull.BLOCK)
                .build()) {
            List<Future<byte[]>> contents = new ArrayList<>();
            for (Path file : files) {
                contents.add(executor.submit(() -> Files.readAllBytes(file))); // waits while the queue is full
            }
            for (Future<byte[]> content : contents) {
                System.out.println(content.result().length);
            }
        }
        // @end
    }

    static void virtualThreadExecutor(List<String> urls) throws Exception {
        // @start region="virtualThreadExecutor"
        try (FutureExecutor executor = new VirtualThreadExecutor(500)) { // the server allows 500 connections
            List<Future<String>> pages = new ArrayList<>();
            for (String url : urls) {
                pages.add(executor.submit(() -> fetch(url)));
            }
            for (Future<String> page : pages) {
                System.out.println(page.result());
            }
        }
        // @end
    }

    private static String fetch(String url) throws IOException {
        if (url.isEmpty()) {
            throw new IOException("no address");
        }
        return "page at " + url;
    }
}
