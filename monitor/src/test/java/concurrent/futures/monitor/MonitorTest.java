// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a monitor refuses, and what it leaves behind. */
class MonitorTest {
    @TempDir
    Path folder;

    @Test
    void withoutAnExecutor_thereIsNothingToWatch() {
        assertThatIllegalArgumentException().isThrownBy(Monitor::start);
        assertThatNullPointerException()
                .isThrownBy(() -> Monitor.start((FutureExecutor) null))
                .withMessage("executor");
    }

    @Test
    void aMonitorThatOnlyRecords_hasNoAddress() {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Monitor monitor = Monitor.record(executor)) {
            assertThatIllegalStateException().isThrownBy(monitor::address);
        }
    }

    @Test
    void aPortThatIsTaken_isToldAndNobodyListensOn() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Monitor monitor = Monitor.start(executor)) {
            int port = monitor.address().getPort();
            assertThatThrownBy(() -> Monitor.startOn(port, executor))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port " + port);
            monitor.close();
            executor.submit(() -> 1).result();
            assertThat(executor.stats().timed()).as("tasks that anybody timed").isZero();
        }
    }

    @Test
    void aPlaceThatCannotBeWritten_isToldAsSuch() {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Monitor monitor = Monitor.record(executor)) {
            Path nowhere = folder.resolve("no/such/folder");
            assertThatThrownBy(() -> monitor.save(nowhere)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> monitor.trace(nowhere)).isInstanceOf(IOException.class);
        }
    }

    /** Its text takes as long as the test wants. */
    private static final class Slow extends RuntimeException {
        private static final long serialVersionUID = 1;
        private static final CountDownLatch ASKED = new CountDownLatch(1);
        private static final CountDownLatch TOLD = new CountDownLatch(1);

        @Override
        public String toString() {
            ASKED.countDown();
            try {
                TOLD.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "slow";
        }
    }

    @Test
    @Timeout(60)
    void anExceptionThatIsSlowToTell_holdsUpNeitherThePageNorTheEnd() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Monitor monitor = Monitor.start(executor)) {
            Future<?> failing = executor.submit(() -> {
                throw new Slow();
            });
            Futures.await(List.of(failing));
            Slow.ASKED.await();
            assertThat(Browser.status(Browser.in(monitor).ask("GET /report.html", "")))
                    .isEqualTo(200);
            monitor.close();
        } finally {
            Slow.TOLD.countDown();
        }
    }

    @Test
    void anExecutorThatCannotBeWatched_leavesNothingBehind() {
        try (FutureExecutor executor = new ThreadExecutor(1);
                FutureExecutor shut = new ThreadExecutor(1)) {
            assertThatThrownBy(() -> new Recorder("test", List.of(executor, unwatchable(shut))))
                    .isInstanceOf(UnsupportedOperationException.class);
            executor.submit(() -> 1).join();
            assertThat(executor.stats().timed()).as("tasks that anybody timed").isZero();
        }
    }

    /** An executor that has no place for listeners. */
    private static FutureExecutor unwatchable(FutureExecutor executor) {
        return (FutureExecutor) Proxy.newProxyInstance(
                FutureExecutor.class.getClassLoader(),
                new Class<?>[] {FutureExecutor.class},
                (proxy, method, given) -> {
                    if (method.getName().equals("addListener")) {
                        throw new UnsupportedOperationException();
                    }
                    return method.getName().equals("unwrapped") ? proxy : method.invoke(executor, given);
                });
    }

    @Test
    void closing_endsListeningAndServing_andMayBeDoneAgain() throws Exception {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            Monitor monitor = Monitor.start(executor);
            monitor.close();
            monitor.close();
            executor.submit(() -> 1).result();
            assertThat(executor.stats().timed()).as("tasks that anybody timed").isZero();
            assertThatThrownBy(() -> Browser.in(monitor)).isInstanceOf(ConnectException.class);
        }
    }
}
