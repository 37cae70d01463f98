// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.isBare;
import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.ManyFutures.Background;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A wait that ends early leaves nothing behind on the futures. */
class AwaitCleanupTest {
    /** What the heap may grow by, to be exceeded by far if a million waits leave even one small object each. */
    private static final long SLACK = 6_000_000;

    private static final int MILLION = 1_000_000;

    @Test
    void await_endedEarly_leavesNothingBehind() throws Exception {
        List<Promise<Integer>> promises = promises(5);
        Background<DoneAndNotDone<Integer>> waiting =
                Background.start(() -> Futures.<Integer>await(promises, ReturnWhen.FIRST_COMPLETED));
        waiting.awaitParked();
        assertThat(promises).noneMatch(ManyFutures::isBare);
        promises.get(2).setResult(1);
        waiting.get();
        ManyFutures.assertBare(promises);
    }

    @Test
    void await_endedEarlyBelowAnotherListener_leavesNothingOnceThatIsGoneToo() throws Exception {
        Promise<Integer> never = new Promise<>();
        List<Promise<Integer>> others = promises(2);
        Background<DoneAndNotDone<Integer>> older = Background.start(
                () -> Futures.<Integer>await(List.of(never, others.get(0)), ReturnWhen.FIRST_COMPLETED));
        older.awaitParked();
        Background<DoneAndNotDone<Integer>> newer = Background.start(
                () -> Futures.<Integer>await(List.of(never, others.get(1)), ReturnWhen.FIRST_COMPLETED));
        newer.awaitParked();
        others.get(0).setResult(1);
        older.get();
        assertThat(isBare(never)).isFalse();
        others.get(1).setResult(1);
        newer.get();
        assertThat(isBare(never)).isTrue();
    }

    /** Each wait begins before the one before it ends, so that the one that ends is never on top. */
    @Test
    void waits_thatOverlap_leaveABoundedNumberOfListeners() {
        Promise<Integer> never = new Promise<>();
        Listener older = new Ignoring();
        never.listen(older);
        for (int i = 0; i < 10_000; i++) {
            Listener newer = new Ignoring();
            never.listen(newer);
            never.unlisten(older);
            older = newer;
        }
        assertThat(((Listening) never.word()).newestFirst()).hasSizeLessThan(100);
        never.unlisten(older);
        assertThat(isBare(never)).isTrue();
    }

    private static final class Ignoring extends Listener {
        @Override
        void done(Future<?> future) {}
    }

    @Test
    void await_aMillionTimesFirstCompletedOverOneNeverEndingAndOneFinished_keepsTheHeapFlat() throws Exception {
        Promise<Integer> never = new Promise<>();
        List<Future<Integer>> futures = List.of(never, Futures.completed(1));
        long before = ManyFutures.usedHeap();
        for (int i = 0; i < MILLION; i++) {
            Futures.await(futures, ReturnWhen.FIRST_COMPLETED);
        }
        assertThat(isBare(never)).isTrue();
        assertThat(ManyFutures.usedHeap() - before).isLessThan(SLACK);
    }

    /** The interrupt ends each wait after it has registered with both futures, in no time. */
    @Test
    void await_aMillionTimesEndedEarlyOverTwoPending_keepsTheHeapFlat() {
        List<Promise<Integer>> never = promises(2);
        long before = ManyFutures.usedHeap();
        for (int i = 0; i < MILLION; i++) {
            interruptedAwait(never);
        }
        ManyFutures.assertBare(never);
        assertThat(ManyFutures.usedHeap() - before).isLessThan(SLACK);
    }

    private static void interruptedAwait(List<Promise<Integer>> futures) {
        Thread.currentThread().interrupt();
        try {
            Futures.await(futures, ReturnWhen.FIRST_COMPLETED);
            throw new AssertionError("not interrupted");
        } catch (InterruptedException expected) {
            // This is how the wait is to end.
        }
    }

    @Test
    void await_firstCompletedOverOneNeverEndingAndOneThatIsCompletedMeanwhile_keepsTheHeapFlat() throws Exception {
        int rounds = 50_000;
        Promise<Integer> never = new Promise<>();
        AtomicReference<Promise<Integer>> next = new AtomicReference<>();
        Background<Void> completer = Background.start(() -> {
            for (int i = 0; i < rounds; i++) {
                Promise<Integer> promise;
                while ((promise = next.getAndSet(null)) == null) {
                    Thread.yield();
                }
                promise.setResult(i);
            }
            return null;
        });
        long before = ManyFutures.usedHeap();
        for (int i = 0; i < rounds; i++) {
            Promise<Integer> promise = new Promise<>();
            next.set(promise);
            assertThat(Futures.await(List.of(never, promise), ReturnWhen.FIRST_COMPLETED)
                            .done()
                            .iterator()
                            .next())
                    .isSameAs(promise);
        }
        completer.get();
        assertThat(isBare(never)).isTrue();
        assertThat(ManyFutures.usedHeap() - before).isLessThan(SLACK);
    }

    @Test
    void await_severalThreadsEndEarlyAtTheSameTime_leaveNothing() throws Exception {
        int threads = 4;
        List<Promise<Integer>> never = promises(3);
        CyclicBarrier start = new CyclicBarrier(threads);
        List<Background<Void>> waiting = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            waiting.add(Background.start(() -> {
                start.await();
                for (int i = 0; i < 20_000; i++) {
                    interruptedAwait(never);
                }
                return null;
            }));
        }
        for (Background<Void> each : waiting) {
            each.get();
        }
        // Whoever ended last with a listener on top has swept those below; at most one more wait is needed.
        interruptedAwait(never);
        ManyFutures.assertBare(never);
    }

    @Test
    void await_ended_keepsNeitherFuturesNorResultReachable() throws Exception {
        Promise<Integer> never = new Promise<>();
        WeakReference<Object> other = awaitWithAnother(never);
        ManyFutures.awaitCollected(other);
        assertThat(never.isDone()).isFalse();
    }

    private static WeakReference<Object> awaitWithAnother(Promise<Integer> never) throws InterruptedException {
        Promise<Integer> other = new Promise<>();
        Futures.await(List.of(never, other), Duration.ofMillis(1), ReturnWhen.ALL_COMPLETED);
        other.setResult(1);
        Futures.await(List.of(never, other), ReturnWhen.FIRST_COMPLETED);
        return new WeakReference<>(other);
    }
}
