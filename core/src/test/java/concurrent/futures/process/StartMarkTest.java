// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Either a worker begins a task, or the pool takes it back. */
class StartMarkTest {
    private static final int ROUNDS = 20_000;

    private StartMark mark;
    private StartMark.Pen pen;

    @BeforeEach
    void open(@TempDir Path directory) throws Exception {
        MarkFile file = MarkFile.at(directory.resolve("mark"));
        mark = StartMark.create(file);
        pen = StartMark.Pen.open(file);
        for (int i = 0; i < StartMark.IRREVOCABLE; i++) {
            pen.begin(0);
        }
    }

    @Test
    void theNumberOfTheLastTask_isRead() throws Exception {
        assertThat(mark.last()).isZero();
        assertThat(pen.begin(7)).isTrue();
        assertThat(pen.begin(9)).isTrue();
        assertThat(mark.last()).isEqualTo(9);
        assertThat(mark.revoke()).isEqualTo(9);
        assertThat(mark.last()).isEqualTo(9);
    }

    /** Whoever cancels a task may have been interrupted, and an interrupt closes channels. */
    @Test
    void interruptOfWhoeverRevokes_spoilsNothing() throws Exception {
        pen.begin(1);
        Thread.currentThread().interrupt();
        assertThat(mark.revoke()).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(pen.begin(2)).isFalse();
        assertThat(mark.last()).isEqualTo(1);
        assertThat(mark.revoke()).isEqualTo(1);
    }

    /** A task may have left a thread behind that interrupts the ones that follow. */
    @Test
    void interruptOfWhoeverBegins_spoilsNothing(@TempDir Path directory) throws Exception {
        MarkFile file = MarkFile.at(directory.resolve("other"));
        StartMark other = StartMark.create(file);
        StartMark.Pen fresh = StartMark.Pen.open(file);
        for (int i = 1; i <= 2 * StartMark.IRREVOCABLE; i++) {
            Thread.currentThread().interrupt();
            assertThat(fresh.begin(i)).isTrue();
            Thread.interrupted();
            assertThat(other.last()).isEqualTo(i);
        }
        assertThat(other.revoke()).isEqualTo(2 * StartMark.IRREVOCABLE);
        assertThat(fresh.begin(1_000)).isFalse();
    }

    @Test
    void whatIsRevoked_doesNotBegin_untilTheWorkerHasPassedIt() throws Exception {
        pen.begin(1);
        mark.revoke();
        mark.revoke();
        assertThat(pen.begin(2)).isFalse();
        pen.passRevocation();
        assertThat(pen.begin(3)).isFalse();
        pen.passRevocation();
        assertThat(pen.begin(4)).isTrue();
    }

    @Test
    void moreRevocationsThanTheWordCanCount() throws Exception {
        for (int i = 0; i < 70_000; i++) {
            mark.revoke();
            pen.passRevocation();
        }
        assertThat(pen.begin(5)).isTrue();
        assertThat(mark.last()).isEqualTo(5);
    }

    @Test
    void revoking_againstBeginning_hasOneWinner() throws Exception {
        CyclicBarrier barrier = new CyclicBarrier(2);
        AtomicLong begun = new AtomicLong();
        Thread worker = new Thread(() -> {
            try {
                for (long task = 1; task <= ROUNDS; task++) {
                    barrier.await();
                    begun.set(pen.begin(task) ? task : 0);
                    barrier.await();
                    pen.passRevocation();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        worker.start();
        for (long task = 1; task <= ROUNDS; task++) {
            barrier.await();
            boolean seen = mark.revoke() == task;
            barrier.await();
            assertThat(begun.get() == task).as("task %d", task).isEqualTo(seen);
        }
        worker.join();
    }
}
