// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
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

    @Test
    void closing_isDoneOnce() {
        try (FutureExecutor executor = new ThreadExecutor(1)) {
            Monitor monitor = Monitor.start(executor);
            monitor.close();
            monitor.close();
        }
    }
}
