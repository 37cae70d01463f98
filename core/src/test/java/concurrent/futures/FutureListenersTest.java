// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitCollected;
import static concurrent.futures.FutureFixtures.listeners;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.FutureFixtures.Probe;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stack of listeners inside a future that is not done, as one thread sees it. */
class FutureListenersTest {
    /** From this many listeners on, adding one may sweep. */
    private static final int FIRST_SWEEP = 32;

    private final Promise<String> promise = new Promise<>();

    private List<Probe> listen(int count) {
        List<Probe> probes = Stream.generate(Probe::new).limit(count).toList();
        probes.forEach(promise::listen);
        return probes;
    }

    private static void assertTold(List<Probe> probes, int times) {
        assertThat(probes).allMatch(probe -> probe.told.get() == times);
    }

    /* ---------------- Removing ---------------- */

    @Test
    void removingTheOnlyOne_leavesNothing() {
        Probe probe = listen(1).get(0);
        assertThat(promise.word()).isInstanceOf(Listening.class);
        promise.unlisten(probe);
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @Test
    void removingTheOnlyOne_ofARunningFuture_leavesItsFrame() {
        promise.setRunningOrNotifyCancel();
        Probe probe = listen(1).get(0);
        assertThat(promise.word()).isInstanceOf(Listening.class);
        promise.unlisten(probe);
        assertThat(promise.word()).isSameAs(Frame.NOWHERE);
    }

    @Test
    void removingOneThatWasAddedWhilePending_ofARunningFuture_leavesItsFrame() {
        Probe probe = listen(1).get(0);
        promise.setRunningOrNotifyCancel();
        assertThat(promise.status()).isEqualTo(Future.Status.RUNNING);
        promise.unlisten(probe);
        assertThat(promise.word()).isSameAs(Frame.NOWHERE);
    }

    @Test
    void removingTheTop_leavesTheOthers() {
        List<Probe> probes = listen(3);
        promise.unlisten(probes.get(2));
        assertThat(listeners(promise)).isEqualTo(2);
        promise.setResult("value");
        assertTold(probes.subList(0, 2), 1);
        assertTold(probes.subList(2, 3), 0);
    }

    @Test
    void removingTheMiddle_leavesTheOthers() {
        List<Probe> probes = listen(3);
        promise.unlisten(probes.get(1));
        promise.setResult("value");
        assertThat(probes).extracting(probe -> probe.told.get()).containsExactly(1, 0, 1);
    }

    @Test
    void removingTheBottom_leavesTheOthers() {
        List<Probe> probes = listen(3);
        promise.unlisten(probes.get(0));
        promise.setResult("value");
        assertThat(probes).extracting(probe -> probe.told.get()).containsExactly(0, 1, 1);
    }

    @Test
    void removingTheMiddleAndThenTheTop_popsBoth() {
        List<Probe> probes = listen(3);
        promise.unlisten(probes.get(1));
        promise.unlisten(probes.get(2));
        assertThat(listeners(promise)).isEqualTo(1);
        promise.unlisten(probes.get(0));
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 64, 65, 1_000})
    void removingAll_inAnyOrder_leavesNothing(int count) {
        long seed = System.nanoTime();
        System.out.println("removingAll_inAnyOrder_leavesNothing: seed " + seed);
        for (int order = 0; order < 5; order++) {
            List<Probe> probes = new ArrayList<>(listen(count));
            switch (order) {
                case 0 -> {}
                case 1 -> Collections.reverse(probes);
                default -> Collections.shuffle(probes, new Random(seed + order));
            }
            probes.forEach(promise::unlisten);
            assertThat(promise.word()).isSameAs(Pending.PENDING);
        }
    }

    @Test
    void removingTwice_isHarmless() {
        List<Probe> probes = listen(2);
        promise.unlisten(probes.get(0));
        promise.unlisten(probes.get(0));
        promise.unlisten(probes.get(1));
        promise.unlisten(probes.get(1));
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @Test
    void removingFromADoneFuture_isHarmless() throws Exception {
        List<Probe> probes = listen(2);
        promise.setResult("value");
        probes.forEach(promise::unlisten);
        assertThat(promise.result()).isEqualTo("value");
        assertTold(probes, 1);
    }

    @Test
    void removedListener_isNotTold_whenTheFutureIsCancelled() {
        List<Probe> probes = listen(4);
        promise.unlisten(probes.get(1));
        promise.cancel();
        assertThat(probes).extracting(probe -> probe.told.get()).containsExactly(1, 0, 1, 1);
    }

    @Test
    void listenerThatIsRemovedWhileTheOthersAreTold_isNotTold() {
        Probe later = new Probe() {
            @Override
            boolean runsUserCode() {
                return true;
            }
        };
        promise.addDoneCallback(done -> done.unlisten(later));
        promise.listen(later);
        promise.setResult("value");
        assertThat(later.told).hasValue(0);
    }

    @Test
    void listeningToADoneFuture_tellsAtOnce() {
        promise.setResult("value");
        assertTold(listen(3), 1);
        assertThat(promise.word()).isEqualTo("value");
    }

    /* ---------------- Sweeping ---------------- */

    @Test
    void removedBelowALiveOne_areSweptBeforeTheStackHasDoubled() {
        Probe bottom = listen(1).get(0);
        List<Probe> removed = listen(10_000);
        Probe top = listen(1).get(0);
        removed.forEach(promise::unlisten);
        assertThat(listeners(promise)).isGreaterThan(FIRST_SWEEP);

        List<Probe> added = listen(20_002);

        assertThat(listeners(promise)).isEqualTo(20_004);
        promise.setResult("value");
        assertTold(List.of(bottom, top), 1);
        assertTold(added, 1);
        assertTold(removed, 0);
    }

    /** Waits that overlap like roof tiles: the one on top is always alive, so none can be popped. */
    @Test
    void overlappingWaits_neverHoldMoreThanAFew() {
        Probe previous = listen(1).get(0);
        for (int i = 0; i < 1_000_000; i++) {
            Probe next = new Probe();
            promise.listen(next);
            promise.unlisten(previous);
            previous = next;
            if (i % 1_000 < 40) {
                assertThat(listeners(promise)).isLessThanOrEqualTo(FIRST_SWEEP + 2);
            }
        }
        promise.unlisten(previous);
        assertThat(promise.word()).isSameAs(Pending.PENDING);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 40, 500})
    void overlappingWaits_holdAtMostTwiceWhatIsAlive(int alive) {
        Deque<Probe> window = new ArrayDeque<>(listen(alive));
        for (int i = 0; i < 20 * alive + 1_000; i++) {
            Probe next = new Probe();
            promise.listen(next);
            window.addLast(next);
            promise.unlisten(window.removeFirst());
            assertThat(listeners(promise)).isLessThanOrEqualTo(Math.max(FIRST_SWEEP, 2 * (alive + 1)) + 1);
        }
        promise.setResult("value");
        assertTold(new ArrayList<>(window), 1);
    }

    @Test
    void sweeping_keepsTheOrder() {
        long seed = System.nanoTime();
        System.out.println("sweeping_keepsTheOrder: seed " + seed);
        Random random = new Random(seed);
        List<Integer> heard = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            Probe probe = new Probe() {
                @Override
                void done(Future<?> future) {
                    super.done(future);
                    heard.add(number);
                }
            };
            promise.listen(probe);
            if (random.nextInt(10) < 8) {
                // Not the top any more when it is removed, most of the time.
                Probe above = new Probe();
                promise.listen(above);
                promise.unlisten(probe);
                if (random.nextBoolean()) {
                    promise.unlisten(above);
                }
            } else {
                expected.add(number);
            }
        }
        promise.setResult("value");
        assertThat(heard).isEqualTo(expected);
    }

    @Test
    void sweeping_whenStateChangesInBetween_losesNobody() {
        List<Probe> first = listen(20);
        first.subList(3, 20).forEach(promise::unlisten);
        promise.setRunningOrNotifyCancel();
        List<Probe> second = listen(40);
        promise.setResult("value");
        assertTold(first.subList(0, 3), 1);
        assertTold(second, 1);
    }

    /** As a random walk: a model that is a plain list says who is to be told. */
    @Test
    void addingAndRemoving_atRandom_tellsExactlyThoseWhoAreThere() {
        long seed = System.nanoTime();
        System.out.println("addingAndRemoving_atRandom_tellsExactlyThoseWhoAreThere: seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            Promise<String> future = new Promise<>();
            List<Probe> alive = new ArrayList<>();
            List<Probe> gone = new ArrayList<>();
            int appetite = 1 + random.nextInt(9);
            for (int step = 0; step < 300; step++) {
                if (alive.isEmpty() || random.nextInt(10) < appetite) {
                    Probe probe = new Probe();
                    future.listen(probe);
                    alive.add(probe);
                } else {
                    Probe probe = alive.remove(random.nextInt(alive.size()));
                    future.unlisten(probe);
                    gone.add(probe);
                }
                int bound = Math.max(FIRST_SWEEP, 300);
                assertThat(listeners(future)).isBetween(alive.size(), bound);
            }
            future.setResult("value");
            assertTold(alive, 1);
            assertTold(gone, 0);
        }
    }

    /* ---------------- Memory ---------------- */

    @Test
    void removedListener_isCollected() {
        WeakReference<Probe> removed = addAndRemove();
        awaitCollected(removed);
        Reference.reachabilityFence(promise);
    }

    private WeakReference<Probe> addAndRemove() {
        Probe probe = listen(1).get(0);
        promise.unlisten(probe);
        return new WeakReference<>(probe);
    }

    @Test
    void removedListener_belowALiveOne_isCollectedAfterTheNextSweep() {
        WeakReference<Probe> removed = addAndRemoveBelow();
        listen(FIRST_SWEEP);
        awaitCollected(removed);
        Reference.reachabilityFence(promise);
    }

    private WeakReference<Probe> addAndRemoveBelow() {
        Probe probe = listen(1).get(0);
        listen(1);
        promise.unlisten(probe);
        return new WeakReference<>(probe);
    }
}
