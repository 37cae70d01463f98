// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.snippets;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.monitor.ExecutorMeters;
import concurrent.futures.monitor.Monitor;
import concurrent.futures.monitor.Progress;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the Javadoc shows. */
final class MonitorSnippets {
    private MonitorSnippets() {}

    static void monitor(List<String> urls) throws Exception {
        // @start region="monitor"
        try (FutureExecutor executor = new ThreadExecutor();
                Monitor monitor = Monitor.start(executor)) {
            System.out.println("see " + monitor.address());
            try (Stream<String> pages = executor.withName("fetch").map(MonitorSnippets::fetch, urls)) {
                pages.forEach(System.out::println);
            }
            monitor.save(Path.of("report.html"));
            monitor.trace(Path.of("trace.json"));
        }
        // @end
    }

    static void meters(FutureExecutor executor, MeterRegistry registry) {
        // @start region="meters"
        new ExecutorMeters(executor, "downloads").bindTo(registry);
        // @end
    }

    static void progress(FutureExecutor executor, List<Future<String>> futures, List<String> urls) {
        // @start region="progress"
        try (Progress progress = Progress.of("downloading", futures)) {
            futures.forEach(Future::join);
        }

        try (Progress progress = Progress.start("downloading", urls.size());
                Stream<String> pages = progress.count(executor.map(MonitorSnippets::fetch, urls))) {
            pages.forEach(System.out::println);
        }
        // @end
    }

    private static String fetch(String url) {
        return url;
    }
}
