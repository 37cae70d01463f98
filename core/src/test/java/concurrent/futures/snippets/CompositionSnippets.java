// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

final class CompositionSnippets {
    private CompositionSnippets() {}

    static Future<Integer> thenApply(FutureExecutor executor, Path file) {
        // @start region="thenApply"
        Future<String> text = executor.submit(() -> Files.readString(file));
        Future<Integer> length = text.thenApply(String::length);
        // @end
        return length;
    }

    static Future<String> thenCompose(FutureExecutor executor, Path list) {
        // @start region="thenCompose"
        Future<Path> first =
                executor.submit(() -> Path.of(Files.readAllLines(list).get(0)));
        Future<String> text = first.thenCompose(file -> executor.submit(() -> Files.readString(file)));
        // @end
        return text;
    }

    static Future<String> handle(Future<String> text) {
        // @start region="handle"
        Future<String> report = text.handle((value, exception) -> exception == null ? "read" : "failed: " + exception);
        // @end
        return report;
    }

    static Future<String> exceptionally(Future<String> text) {
        // @start region="exceptionally"
        Future<String> textOrNothing = text.exceptionally(exception -> {
            if (exception instanceof IOException) {
                return "";
            }
            throw new IllegalStateException(exception);
        });
        // @end
        return textOrNothing;
    }

    static List<String> all(FutureExecutor executor, Path one, Path other) throws Exception {
        // @start region="all"
        Future<List<String>> texts =
                Futures.all(executor.submitAll(List.of(() -> Files.readString(one), () -> Files.readString(other))));
        List<String> both = texts.result(); // or the first exception, and the other call is cancelled
        // @end
        return both;
    }

    static void shield(Future<String> text) {
        // @start region="shield"
        Future<Integer> length = Futures.shield(text).thenApply(String::length);
        length.cancel(true); // the text is still read
        // @end
    }
}
