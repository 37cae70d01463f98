// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The text that tells what an executor does. */
class ExecutorDumpTest {
    @Test
    void idleExecutor() {
        try (FutureExecutor executor = new ThreadExecutor(2)) {
            String dump = executor.dump();
            assertThat(dump.lines().findFirst()).contains(executor.toString());
            assertThat(dump).contains("0 completed, 0 failed, 0 cancelled").doesNotContain("      at ");
        }
    }

    @Test
    void stackOfEachThatRuns_evenIfNobodyWatched() throws Exception {
        for (FutureExecutor executor :
                new FutureExecutor[] {new ThreadExecutor(2), new VirtualThreadExecutor(2), new FreshThreadExecutor(2)
                }) {
            try (executor;
                    Gate gate = new Gate()) {
                executor.submit(gate::pass);
                executor.submit(gate::pass);
                gate.awaitArrivals(2);
                Future<?> third = executor.submit(() -> {});
                String dump = executor.dump();
                assertThat(dump.lines().filter(line -> line.contains("Gate.pass(")))
                        .hasSize(2);
                assertThat(dump).contains("  " + third.name());
            }
        }
    }

    @Test
    void whoWaitsForWhom() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(2);
                Gate gate = new Gate()) {
            executor.addListener(new ExecutorListener() {});
            Future<?> awaited = executor.withName("awaited").submit(gate::pass);
            gate.awaitArrivals(1);
            executor.withName("waiting").submit(() -> awaited.result());
            Eventually.await()
                    .untilAsserted(() -> assertThat(executor.dump().lines())
                            .anyMatch(line -> line.matches(
                                    "  #2 .*\"waiting\", for .*, which waits for .*\"awaited\"\\[running on .*")));
        }
    }

    @Test
    void taskInsideOfAnother_isToldWithOneStack() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            executor.addListener(new ExecutorListener() {});
            executor.withName("outer").submit(() -> {
                executor.withName("inner").submit(gate::pass).result();
            });
            gate.awaitArrivals(1);
            String dump = executor.dump();
            assertThat(dump).contains("\"outer\"").contains("\"inner\"");
            assertThat(dump.lines().filter(line -> line.contains("Gate.pass("))).hasSize(1);
        }
    }

    @Test
    void manyThatWait_areCounted() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Gate gate = new Gate()) {
            Future<?> running = executor.submit(gate::pass);
            gate.awaitArrivals(1);
            Eventually.await().until(running::isRunning);
            for (int i = 0; i < 50; i++) {
                executor.submit(() -> {});
            }
            assertThat(executor.dump()).contains("… and 30 more");
        }
    }
}
