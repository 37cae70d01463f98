// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The queue alone, without anybody who runs what is in it. */
class TaskQueueTest {
    /** Dispatches nothing; it is there because cancelled items tell their engine's queue. */
    private final SlotEngine engine = new SlotEngine("test", null, 1, item -> {});

    private final Backlog queue = engine.queue;

    /** Knows who added it, and as which one. */
    private record Body(int producer, int number) implements Callable<Void> {
        @Override
        public Void call() {
            throw new AssertionError("nobody runs anything here");
        }
    }

    private WorkItem<Object> item(int producer, int number) {
        return new WorkItem<>(engine, new Body(producer, number));
    }

    private List<WorkItem<Object>> addAll(int count) {
        List<WorkItem<Object>> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(0, i));
            queue.add(items.get(i));
        }
        return items;
    }

    /** Polls until there is nothing; drops what is cancelled, as an engine does. */
    private List<WorkItem<?>> drain() {
        List<WorkItem<?>> polled = new ArrayList<>();
        for (WorkItem<?> item = queue.poll(); item != null; item = queue.poll()) {
            if (item.isPending()) {
                polled.add(item);
            } else {
                item.drop();
            }
        }
        return polled;
    }

    @Test
    void poll_ofEmpty_isNull() {
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.countPending()).isZero();
    }

    @Test
    void poll_overSeveralSegments_isFirstInFirstOut() {
        List<WorkItem<Object>> items = addAll(5_000);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.countPending()).isEqualTo(5_000);
        assertThat(drain()).isEqualTo(items);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.countPending()).isZero();
    }

    @Test
    void poll_alternatingWithAdd_isFirstInFirstOut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int added = 0;
        int polled = 0;
        while (polled < 20_000) {
            for (int i = random.nextInt(40); i > 0 && added < 20_000; i--) {
                queue.add(item(0, added++));
            }
            for (int i = random.nextInt(40); i > 0 && polled < added; i--) {
                WorkItem<?> item = queue.poll();
                assertThat(item).as("seed %d", seed).isNotNull();
                assertThat(((Body) item.task()).number()).as("seed %d", seed).isEqualTo(polled++);
            }
            assertThat(queue.isEmpty()).isEqualTo(added == polled);
            assertThat(queue.countPending()).isEqualTo(added - polled);
        }
    }

    /** At exactly the borders of segments there is something to be done wrong. */
    @Test
    void poll_atTheBordersOfSegments_findsWhatIsThere() {
        for (int size : new int[] {1, 1_023, 1_024, 1_025, 2_047, 2_048, 2_049}) {
            assertThat(drain()).isEmpty();
            List<WorkItem<Object>> items = addAll(size);
            assertThat(queue.isEmpty()).isFalse();
            assertThat(drain()).hasSize(size).isEqualTo(items);
            assertThat(queue.isEmpty()).isTrue();
            assertThat(queue.poll()).isNull();
        }
    }

    @Test
    void add_andPoll_byMany_giveEachItemOnceInTheOrderOfItsProducer() throws Exception {
        for (int producers = 1; producers <= 3; producers++) {
            for (int consumers = 1; consumers <= 3; consumers++) {
                exchange(producers, consumers, 60_000 / producers);
                assertThat(queue.isEmpty()).isTrue();
            }
        }
    }

    private void exchange(int producers, int consumers, int each) throws Exception {
        AtomicInteger left = new AtomicInteger(producers * each);
        ConcurrentLinkedQueue<List<Body>> received = new ConcurrentLinkedQueue<>();
        SubmitContract.inParallel(producers + consumers, number -> {
            if (number < producers) {
                for (int i = 0; i < each; i++) {
                    queue.add(item(number, i));
                }
                return;
            }
            List<Body> mine = new ArrayList<>();
            while (left.get() > 0) {
                WorkItem<?> item = queue.poll();
                if (item != null) {
                    mine.add((Body) item.task());
                    left.decrementAndGet();
                }
            }
            received.add(mine);
        });
        ensureComplete(received, producers, each);
    }

    /** Each exactly once, and each consumer sees what a producer has added in the order of adding. */
    private static void ensureComplete(Iterable<List<Body>> received, int producers, int each) {
        BitSet[] seen = new BitSet[producers];
        for (int i = 0; i < producers; i++) {
            seen[i] = new BitSet(each);
        }
        for (List<Body> mine : received) {
            Map<Integer, Integer> last = new HashMap<>();
            for (Body body : mine) {
                assertThat(seen[body.producer()].get(body.number()))
                        .as("seen twice")
                        .isFalse();
                seen[body.producer()].set(body.number());
                Integer before = last.put(body.producer(), body.number());
                assertThat(before == null || before < body.number())
                        .as("in order")
                        .isTrue();
            }
        }
        for (BitSet numbers : seen) {
            assertThat(numbers.cardinality()).isEqualTo(each);
        }
    }

    /** Pollers that are always ahead take slots that no adder has filled yet; the adder has to go on to another one. */
    @Test
    void poll_overtakingAdd_losesNothing() throws Exception {
        int each = 40_000;
        AtomicInteger left = new AtomicInteger(2 * each);
        AtomicLong empty = new AtomicLong();
        AtomicInteger[] last = {new AtomicInteger(-1), new AtomicInteger(-1)};
        SubmitContract.inParallel(3, number -> {
            if (number < 2) {
                for (int i = 0; i < each; i++) {
                    queue.add(item(number, i));
                    // Not before it has been taken, so that the poller finds the queue empty nearly always.
                    while (last[number].get() < i) {
                        Thread.onSpinWait();
                    }
                }
                return;
            }
            while (left.get() > 0) {
                WorkItem<?> item = queue.poll();
                if (item == null) {
                    empty.incrementAndGet();
                    continue;
                }
                Body body = (Body) item.task();
                assertThat(body.number()).isEqualTo(last[body.producer()].get() + 1);
                left.decrementAndGet();
                last[body.producer()].set(body.number());
            }
        });
        assertThat(empty.get()).isPositive();
        assertThat(queue.isEmpty()).isTrue();
    }

    /* ---------------- A thread that stops between its two steps ---------------- */

    @Test
    void add_toASlotThatAPollerHasGivenUp_goesOnToTheNext() throws Exception {
        queue.add(item(0, 0));
        // As a poller does that has waited long enough for the adder of the second slot.
        slots()[1] = Segment.TAKEN;
        WorkItem<Object> second = item(0, 1);
        queue.add(second);
        assertThat(slots()[2]).isSameAs(second);
        assertThat(drain()).hasSize(2);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void poll_ofASlotThatIsNotFilled_goesOnToTheNext() throws Exception {
        takeSlotAsASlowAdder();
        WorkItem<Object> item = item(0, 1);
        queue.add(item);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(queue.poll()).isSameAs(item);
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThat(slots()[0]).as("the slow adder must find its slot given up").isSameAs(Segment.TAKEN);
    }

    @Test
    void sweep_withASlotThatIsNotFilled_keepsIt() throws Exception {
        // Three segments in which all is cancelled but for one slot in the second one, whose adder is slow.
        List<WorkItem<Object>> items = addAll(1_500);
        Object[] slots = tailSlots();
        int slow = takeSlotAsASlowAdder();
        items.addAll(addAll(1_571 + 2_000));
        items.forEach(WorkItem::cancel);
        assertThat(queue.countPending()).isZero();
        WorkItem<Object> late = item(9, 9);
        assertThat(slots[slow]).as("nobody has given the slot up").isNull();
        slots[slow] = late;
        assertThat(drain()).isEqualTo(List.of(late));
    }

    /** Does the first of an adder's two steps, and returns the slot that it has taken. */
    private int takeSlotAsASlowAdder() throws Exception {
        return ((Segment) field(queue.shared, SharedQueue.class, "tail")).takeToAdd();
    }

    private Object[] slots() throws Exception {
        Object head = field(queue.shared, TaskQueue.class, "head");
        return (Object[]) field(head, head.getClass(), "slots");
    }

    private Object[] tailSlots() throws Exception {
        Object tail = field(queue.shared, SharedQueue.class, "tail");
        return (Object[]) field(tail, tail.getClass(), "slots");
    }

    private static Object field(Object owner, Class<?> type, String name) throws Exception {
        Field field = type.getDeclaredField(name);
        field.setAccessible(true);
        return field.get(owner);
    }

    /* ---------------- Cancelled items ---------------- */

    @Test
    void countPending_leavesOutWhatIsCancelled() {
        List<WorkItem<Object>> items = addAll(3_000);
        for (int i = 0; i < 3_000; i += 3) {
            items.get(i).cancel();
        }
        assertThat(queue.countPending()).isEqualTo(2_000);
        assertThat(queue.isEmpty()).isFalse();
        assertThat(drain()).hasSize(2_000).allMatch(item -> !item.isCancelled());
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void sweep_keepsTheOrderOfWhatIsLeft() {
        for (int keepEach : new int[] {2, 10, 700, 5_000}) {
            sweepKeepsTheOrder(keepEach, /* shuffled= */ false);
            sweepKeepsTheOrder(keepEach, /* shuffled= */ true);
        }
    }

    private void sweepKeepsTheOrder(int keepEach, boolean shuffled) {
        List<WorkItem<Object>> items = addAll(20_000);
        List<WorkItem<Object>> kept = new ArrayList<>();
        List<WorkItem<Object>> others = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            (i % keepEach == 0 ? kept : others).add(items.get(i));
        }
        if (shuffled) {
            Collections.shuffle(others, new Random(keepEach));
        }
        others.forEach(WorkItem::cancel);
        assertThat(queue.countPending()).isEqualTo(kept.size());
        List<WorkItem<Object>> later = addAll(100);
        List<WorkItem<?>> polled = drain();
        assertThat(polled.subList(0, kept.size())).isEqualTo(kept);
        assertThat(polled.subList(kept.size(), polled.size())).isEqualTo(later);
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void sweep_ofEverything_leavesAQueueThatWorks() {
        for (int round = 0; round < 5; round++) {
            addAll(10_000 + round).forEach(WorkItem::cancel);
            assertThat(queue.countPending()).isZero();
            List<WorkItem<Object>> items = addAll(3_000);
            assertThat(drain()).isEqualTo(items);
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    @Test
    void sweep_tellsTheItemsThatTheyAreNoticed() {
        List<WorkItem<Object>> items = addAll(50_000);
        items.forEach(WorkItem::cancel);
        assertThat(items.stream().filter(item -> item.status() == Future.Status.CANCELLED_AND_NOTIFIED))
                .hasSizeGreaterThan(25_000);
    }

    @Test
    void sweep_letsGoOfCancelledItemsBetweenLiveOnes() {
        List<WeakReference<Object>> cancelled = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            cancelled.addAll(addAndCancel(1_000));
            queue.add(item(1, i));
        }
        // All but those of the last sweep's threshold are gone, though nobody has polled anything.
        Eventually.await().pollDelay(Duration.ZERO).untilAsserted(() -> {
            System.gc();
            assertThat(cancelled.stream().filter(reference -> !reference.refersTo(null)))
                    .hasSizeLessThan(9_000);
        });
        assertThat(queue.countPending()).isEqualTo(60);
        assertThat(drain()).hasSize(60);
    }

    private List<WeakReference<Object>> addAndCancel(int count) {
        List<WeakReference<Object>> references = new ArrayList<>();
        for (WorkItem<Object> item : addAll(count)) {
            item.cancel();
            references.add(new WeakReference<>(item));
        }
        return references;
    }

    /** Adders, cancellers with their sweeps, and pollers at once: what is not cancelled is polled exactly once. */
    @Test
    void sweep_amongAddsAndPolls_losesNothing() throws Exception {
        long seed = System.nanoTime();
        System.out.println("sweeps with seed " + seed);
        for (int round = 0; round < 6; round++) {
            sweepAmongAddsAndPolls(new Random(seed + round), 2, 1 + round % 2, 60_000);
            assertThat(drain()).as("seed %d", seed).isEmpty();
            assertThat(queue.isEmpty()).isTrue();
        }
    }

    private void sweepAmongAddsAndPolls(Random random, int producers, int consumers, int each) throws Exception {
        // Few in each segment, or none in several segments on end.
        int keepEach = random.nextBoolean() ? 1 + random.nextInt(60) : 500 + random.nextInt(8_000);
        AtomicInteger producing = new AtomicInteger(producers);
        AtomicInteger cancelled = new AtomicInteger();
        ConcurrentLinkedQueue<List<Body>> received = new ConcurrentLinkedQueue<>();
        SubmitContract.inParallel(producers + consumers, number -> {
            if (number < producers) {
                List<WorkItem<Object>> batch = new ArrayList<>();
                Random order = new Random(number);
                for (int i = 0; i < each; i++) {
                    WorkItem<Object> item = item(number, i);
                    queue.add(item);
                    if (i % keepEach != 0) {
                        batch.add(item);
                    }
                    if (batch.size() == 5_000 || i == each - 1) {
                        if (order.nextBoolean()) {
                            Collections.shuffle(batch, order);
                        }
                        for (WorkItem<Object> victim : batch) {
                            cancelled.addAndGet(victim.cancel() ? 1 : 0);
                        }
                        batch.clear();
                    }
                }
                producing.decrementAndGet();
                return;
            }
            List<Body> mine = new ArrayList<>();
            while (true) {
                boolean last = producing.get() == 0;
                WorkItem<?> item = queue.poll();
                if (item == null) {
                    if (last) {
                        break;
                    }
                    Thread.yield();
                    continue;
                }
                // As a worker does: whoever claims it has it, and a cancelled one is dropped.
                Body body = (Body) item.task();
                if (item.claim(Frame.NOWHERE)) {
                    mine.add(body);
                } else {
                    item.drop();
                }
            }
            received.add(mine);
        });
        int total = received.stream().mapToInt(List::size).sum();
        assertThat(total + cancelled.get()).isEqualTo(producers * each);
        ensureOrder(received);
    }

    private static void ensureOrder(Iterable<List<Body>> received) {
        for (List<Body> mine : received) {
            int[] last = {-1, -1, -1};
            for (Body body : mine) {
                assertThat(body.number()).isGreaterThan(last[body.producer()]);
                last[body.producer()] = body.number();
            }
        }
    }
}
