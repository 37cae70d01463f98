// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Promise;
import concurrent.futures.ThreadExecutor;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is shown of how far a job is. */
class ProgressTest {
    private final List<String> shown = new CopyOnWriteArrayList<>();

    @Test
    void completions_areCountedAndNotSubmissions() {
        List<Promise<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            promises.add(new Promise<>());
        }
        try (Progress progress = onTerminal(10)) {
            promises.forEach(promise -> progress.watch(List.of(promise)));
            await().untilAsserted(() -> assertThat(last()).contains(" 0/10"));
            promises.get(3).setResult(1);
            promises.get(1).setException(new IllegalStateException());
            promises.get(0).cancel();
            await().untilAsserted(() -> assertThat(last()).contains(" 3/10").contains("2 failed"));
        }
        assertThat(last()).as("the bar goes away").isEqualTo("\r\033[K");
    }

    @Test
    void futuresThatAreDone_areCountedAtOnce() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            Future<Integer> future = executor.submit(() -> 1);
            future.result();
            try (Progress progress = onTerminal(1)) {
                progress.watch(List.of(future));
                await().untilAsserted(() -> assertThat(last()).contains("100%").contains(" 1/1"));
            }
        }
    }

    @Test
    void aMap_isCountedAsResultsComeOut() {
        try (FutureExecutor executor = new ThreadExecutor(2);
                Progress progress = onTerminal(3);
                Stream<Integer> results = progress.count(executor.map(item -> 6 / item, List.of(1, 0, 2)))) {
            Iterator<Integer> each = results.iterator();
            List<Object> got = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                try {
                    got.add(each.next());
                } catch (ArithmeticException | CompletionException e) {
                    got.add("failed");
                }
            }
            assertThat(got).containsExactly(6, "failed", 3);
            await().untilAsserted(() -> assertThat(last()).contains(" 3/3").contains("1 failed"));
        }
    }

    @Test
    void aShortJob_showsNothing() {
        try (Progress progress = onTerminal(1)) {
            progress.step();
        }
        assertThat(shown).isEmpty();
    }

    @Test
    void elsewhereThanOnATerminal_aLineIsWrittenInTheEnd() {
        long begin = System.nanoTime();
        try (Progress progress = Progress.builder("job")
                .total(2)
                .terminal(false)
                .output(shown::add)
                .start()) {
            await().until(() -> System.nanoTime() - begin > 600_000_000L);
            progress.step();
        }
        assertThat(shown)
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("job", " 1/2")
                        .endsWith(System.lineSeparator())
                        .doesNotContain("\033", "\r"));
    }

    private Progress onTerminal(long total) {
        return Progress.builder("job")
                .total(total)
                .terminal(true)
                .output(shown::add)
                .start();
    }

    private String last() {
        return shown.isEmpty() ? "" : shown.getLast();
    }
}
