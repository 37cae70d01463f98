// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Future;
import concurrent.futures.ThreadExecutor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(30);

    private final Outbox outbox = new Outbox();

    private static Note note(long id, int bytes) {
        return Note.of(Note.Kind.RESULT, id, new byte[bytes]);
    }

    private List<Long> taken(long nanos) throws InterruptedException {
        return outbox.take(nanos).stream().map(Note::id).toList();
    }

    @Test
    void all_areTakenInOrder_once() throws Exception {
        for (int i = 0; i < 5; i++) {
            outbox.add(note(i, i));
        }
        assertThat(taken(LONG)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(taken(0)).isEmpty();
    }

    @Test
    void none_areTakenWhenTheTimeIsOver() throws Exception {
        long begin = System.nanoTime();
        assertThat(taken(TimeUnit.MILLISECONDS.toNanos(50))).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(50), Duration.ofSeconds(10));
    }

    @Test
    void whoeverWaits_isToldAtOnce() throws Exception {
        try (ThreadExecutor threads = new ThreadExecutor(1)) {
            Future<List<Long>> waiting = threads.submit(() -> taken(LONG));
            Eventually.await("it runs").until(waiting::isRunning);
            outbox.add(note(7, 0));
            assertThat(waiting.result(Duration.ofSeconds(20))).containsExactly(7L);
        }
    }

    /** A driver that asks for more has what it was told before. */
    @Test
    void whoeverWaitsUntilAllIsTold_waitsUntilMoreIsAskedFor() throws Exception {
        outbox.add(note(1, 0));
        try (ThreadExecutor threads = new ThreadExecutor(2)) {
            Future<?> told = threads.submit(() -> outbox.awaitTold(LONG));
            Eventually.await("it runs").until(told::isRunning);
            assertThat(taken(LONG)).containsExactly(1L);
            assertThatThrownBy(() -> told.result(Duration.ofMillis(100))).isInstanceOf(TimeoutException.class);
            Future<List<Long>> next = threads.submit(() -> taken(LONG));
            told.result(Duration.ofSeconds(20));
            outbox.close();
            assertThat(next.result(Duration.ofSeconds(20))).isEmpty();
        }
    }

    /** What is too much for one answer is taken in several, and what is too much by itself alone. */
    @Test
    void muchIsTakenInParts() throws Exception {
        int large = 3 << 20;
        outbox.add(note(1, large));
        outbox.add(note(2, large));
        outbox.add(note(3, 2 * large));
        outbox.add(note(4, 0));
        outbox.add(note(5, 0));
        assertThat(taken(LONG)).containsExactly(1L);
        assertThat(taken(LONG)).containsExactly(2L);
        assertThat(taken(LONG)).containsExactly(3L);
        assertThat(taken(LONG)).containsExactly(4L, 5L);
    }

    @Test
    void closed_hasNothing_andKeepsNothing() throws Exception {
        outbox.add(note(1, 0));
        outbox.close();
        outbox.add(note(2, 0));
        long begin = System.nanoTime();
        assertThat(taken(LONG)).isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
    }

    @Test
    void close_wakesAllWhoWait() throws Exception {
        try (ThreadExecutor threads = new ThreadExecutor(2)) {
            Future<List<Long>> one = threads.submit(() -> taken(LONG));
            Future<List<Long>> other = threads.submit(() -> taken(LONG));
            Eventually.await("both run").until(() -> one.isRunning() && other.isRunning());
            outbox.close();
            assertThat(one.result(Duration.ofSeconds(20))).isEmpty();
            assertThat(other.result(Duration.ofSeconds(20))).isEmpty();
        }
    }

    @Test
    void interrupt_endsAWait_andLosesNothing() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        try (ThreadExecutor threads = new ThreadExecutor(1)) {
            Future<List<Long>> waiting = threads.submit(() -> {
                begun.countDown();
                return taken(LONG);
            });
            begun.await();
            waiting.cancel(true);
            assertThat(waiting.ended().result(Duration.ofSeconds(20))).isNull();
        }
        outbox.add(note(1, 0));
        assertThat(taken(LONG)).containsExactly(1L);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> taken(LONG)).isInstanceOf(InterruptedException.class);
    }
}
