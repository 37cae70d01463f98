// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What nobody watches costs nothing. */
class UnwatchedTest {
    @Test
    void unwatchedTask_isAPlainItem() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            assertThat(executor.submit(() -> 1).getClass()).isEqualTo(WorkItem.class);
            ExecutorListener.Registration registration = executor.addListener(new ExecutorListener() {});
            assertThat(executor.submit(() -> 1)).isInstanceOf(OptionedItem.class);
            registration.close();
            Future<Integer> after = executor.submit(() -> 1);
            assertThat(after.getClass()).isEqualTo(WorkItem.class);
            after.result();
        }
    }

    @Test
    void unwatchedTask_withAnOption_hasNoWatch() {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            Future<?> named = executor.withName("a").submit(() -> 1);
            assertThat(((OptionedItem<?>) named).watch()).isNull();
        }
    }

    @Test
    void unwatchedExecutor_keepsNoTimes() throws Exception {
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            executor.submit(() -> 1).result();
            executor.stats();
            executor.dump();
            assertThat(executor.engine().watchers.journalOrNull()).isNull();
        }
    }

    @Test
    void finishedTask_keepsNoWatch() throws Exception {
        EventLog log = new EventLog();
        ThreadExecutor executor = new ThreadExecutor(1);
        executor.addListener(log);
        Future<?> future = executor.submit(() -> 1);
        executor.close();
        assertThat(((OptionedItem<?>) future).watch()).isNull();
        assertThat(executor.engine().watchers.journalOrNull().running).isEmpty();
    }

    /** A program that does not use Flight Recorder. */
    static final class Unrecorded {
        public static void main(String[] arguments) throws Exception {
            try (FutureExecutor executor = new ThreadExecutor(1)) {
                executor.submit(() -> 1).result();
                executor.addListener(new ExecutorListener() {});
                executor.submit(() -> 1).result();
                executor.stats();
            }
            System.out.println("done");
        }
    }

    @Test
    void flightRecorder_isNotLoaded() throws Exception {
        String output = ChildJvm.of(Unrecorded.class)
                .with("-Xlog:class+load=info")
                .run()
                .output();
        assertThat(output).contains("concurrent.futures.Watchers ").contains("done");
        assertThat(output)
                .doesNotContain("jdk.jfr.")
                .doesNotContain("concurrent.futures.FlightTask ")
                .doesNotContain("concurrent.futures.FlightWorker ");
    }
}
