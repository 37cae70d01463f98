// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.ManyFutures.promises;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An iteration keeps no reference to what it has yielded, and leaves nothing once it is collected. */
class AsCompletedMemoryTest {
    private static final long SLACK = 6_000_000;

    @Test
    void abandonedByBreak_leavesNothingOnceItIsCollected() {
        List<Promise<Integer>> promises = promises(10);
        promises.get(3).setResult(1);
        iterateToTheFirst(promises);
        ManyFutures.eventually().until(() -> {
            System.gc();
            return promises.stream().allMatch(ManyFutures::isBare);
        });
        assertThat(promises.get(0).isDone()).isFalse();
    }

    private static void iterateToTheFirst(List<Promise<Integer>> promises) {
        for (Future<Integer> future : Futures.<Integer>asCompleted(promises)) {
            assertThat(future).isSameAs(promises.get(3));
            break;
        }
    }

    @Test
    void abandonedStream_leavesNothingOnceItIsCollected() {
        List<Promise<Integer>> promises = promises(10);
        promises.get(3).setResult(1);
        assertThat(Futures.asCompleted(promises).stream().findFirst()).containsSame(promises.get(3));
        ManyFutures.eventually().until(() -> {
            System.gc();
            return promises.stream().allMatch(ManyFutures::isBare);
        });
    }

    @Test
    void reachableOnlyThroughItsIterator_goesOn() {
        List<Promise<Integer>> promises = promises(3);
        Iterator<Future<Integer>> futures =
                Futures.<Integer>asCompleted(promises).iterator();
        for (Promise<Integer> promise : promises) {
            System.gc();
            promise.setResult(1);
            assertThat(futures.next()).isSameAs(promise);
        }
    }

    @Test
    void givenOut_afterItWasDoneAtTheCall_isNotKept() throws Exception {
        List<Promise<Integer>> promises = promises(3);
        promises.get(0).setResult(0);
        promises.get(1).setResult(1);
        assertNoneIsKept(promises);
    }

    @Test
    void givenOut_afterItWasCompletedLater_isNotKept() throws Exception {
        assertNoneIsKept(promises(3));
    }

    @Test
    void givenOut_whileLaterOnesAreReady_isNotKept() throws Exception {
        List<Promise<Integer>> promises = promises(10);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.forEach(promise -> promise.setResult(1));
        promises.clear();
        List<WeakReference<Object>> given = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            given.add(new WeakReference<>(completed.take()));
        }
        for (WeakReference<Object> each : given) {
            ManyFutures.awaitCollected(each);
        }
        assertThat(completed.stream()).hasSize(5);
    }

    private static void assertNoneIsKept(List<Promise<Integer>> promises) throws Exception {
        Promise<Integer> pending = promises.get(2);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(0).trySetResult(0);
        promises.get(1).trySetResult(1);
        List<WeakReference<Object>> given = new ArrayList<>();
        given.add(new WeakReference<>(completed.take()));
        given.add(new WeakReference<>(completed.poll(Duration.ZERO)));
        promises.clear();
        for (WeakReference<Object> each : given) {
            ManyFutures.awaitCollected(each);
        }
        assertThat(completed.hasMore()).isTrue();
        Reference.reachabilityFence(pending);
    }

    /** bpo-27144: what is yielded is not kept while the next one is waited for. */
    @Test
    void iterator_keepsNoneOfThoseGivenOut() {
        List<Promise<Integer>> promises = promises(100);
        promises.forEach(promise -> promise.setResult(1));
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.clear();
        Iterator<Future<Integer>> futures = completed.iterator();
        WeakReference<Object> previous = null;
        int checked = 0;
        while (futures.hasNext()) {
            if (previous != null && checked < 5) {
                ManyFutures.awaitCollected(previous);
                checked++;
            }
            previous = new WeakReference<>(futures.next());
        }
        assertThat(checked).isEqualTo(5);
    }

    @Test
    void closed_keepsNothingThatItWaitedFor() {
        List<Promise<Integer>> promises = promises(2);
        promises.get(0).setResult(1);
        AsCompleted<Integer> completed = Futures.asCompleted(promises);
        promises.get(1).setResult(1);
        WeakReference<Object> doneBefore = new WeakReference<>(promises.get(0));
        WeakReference<Object> doneLater = new WeakReference<>(promises.get(1));
        completed.close();
        promises.clear();
        ManyFutures.awaitCollected(doneBefore);
        ManyFutures.awaitCollected(doneLater);
        assertThat(completed.hasMore()).isFalse();
    }

    @Test
    void poll_manyTimesOverOneNeverEndingFuture_keepsTheHeapFlat() throws Exception {
        Promise<Integer> never = new Promise<>();
        long before = ManyFutures.usedHeap();
        try (AsCompleted<Integer> completed = Futures.asCompleted(List.of(never))) {
            for (int i = 0; i < 1_000_000; i++) {
                completed.poll(Duration.ZERO);
            }
        }
        assertThat(ManyFutures.isBare(never)).isTrue();
        assertThat(ManyFutures.usedHeap() - before).isLessThan(SLACK);
    }

    @Test
    void asCompleted_manyTimesOverOneNeverEndingFutureAndClosed_keepsTheHeapFlat() throws Exception {
        Promise<Integer> never = new Promise<>();
        long before = ManyFutures.usedHeap();
        for (int i = 0; i < 50_000; i++) {
            try (AsCompleted<Integer> completed = Futures.asCompleted(List.of(never, Futures.completed(i)))) {
                completed.take();
            }
        }
        assertThat(ManyFutures.isBare(never)).isTrue();
        ManyFutures.eventually().until(() -> ManyFutures.usedHeap() - before < SLACK);
    }
}
