// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The queues of single threads beside the shared one: adding, taking back, and polling by everybody. */
class BacklogTest {
    private final SlotEngine engine = new SlotEngine("test", null, 1, item -> {});
    private final Backlog backlog = engine.queue;

    private record Body(int number) implements Callable<Void> {
        @Override
        public Void call() {
            throw new AssertionError("nobody runs anything here");
        }
    }

    private WorkItem<Object> item(int number) {
        return new WorkItem<>(engine, new Body(number));
    }

    private List<WorkItem<Object>> pushAll(OwnQueue own, int count) {
        List<WorkItem<Object>> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(i));
            own.push(items.get(i));
        }
        return items;
    }

    /** Does what a thread does that runs what it waits for. */
    private static boolean runHere(OwnQueue own, WorkItem<?> item) {
        own.takeBack(item);
        boolean claimed = item.claim(Frame.NOWHERE);
        own.takenBack(claimed);
        return claimed;
    }

    private List<WorkItem<?>> drain() {
        List<WorkItem<?>> polled = new ArrayList<>();
        for (WorkItem<?> item = backlog.poll(); item != null; item = backlog.poll()) {
            polled.add(item);
        }
        return polled;
    }

    @Test
    void poll_findsWhatIsInAnyQueue_eachInOrder() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 3_000);
        WorkItem<Object> shared = item(-1);
        backlog.add(shared);
        assertThat(backlog.countPending()).isEqualTo(3_001);
        assertThat(backlog.poll(1)).isSameAs(pushed.get(0));
        List<WorkItem<?>> rest = drain();
        assertThat(rest.get(0)).isSameAs(shared);
        assertThat(rest.subList(1, 3_000)).isEqualTo(pushed.subList(1, 3_000));
        assertThat(backlog.isEmpty()).isTrue();
    }

    @Test
    void close_leavesWhatIsInTheQueueToOthers() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 10);
        backlog.close(own);
        assertThat(drain()).isEqualTo(pushed);
    }

    @Test
    void takeBack_ofTheLast_takesItOut() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 5);
        for (int i = 4; i >= 0; i--) {
            assertThat(runHere(own, pushed.get(i))).isTrue();
            assertThat(own.countEntries(5)).isEqualTo(i);
        }
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.poll()).isNull();
        WorkItem<Object> next = item(5);
        own.push(next);
        assertThat(drain()).containsExactly(next);
    }

    @Test
    void takeBack_ofAnother_leavesAllWhereItIs() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 5);
        runHere(own, pushed.get(2));
        assertThat(drain()).isEqualTo(pushed);
    }

    @Test
    void takeBack_alsoTakesOutWhatItCouldNotBefore() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 5);
        runHere(own, pushed.get(2));
        pushed.get(3).cancel();
        assertThat(runHere(own, pushed.get(3))).isFalse();
        runHere(own, pushed.get(4));
        assertThat(drain()).isEqualTo(pushed.subList(0, 2));
        assertThat(pushed.get(3).status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void takeBack_againAndAgain_addsNoSegment() {
        OwnQueue own = backlog.open();
        WorkItem<Object> below = item(0);
        own.push(below);
        for (int i = 0; i < 100_000; i++) {
            WorkItem<Object> item = item(i);
            own.push(item);
            runHere(own, item);
        }
        assertThat(backlog.poll()).isSameAs(below);
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(own.countEntries(1)).isZero();
    }

    @Test
    void takeBack_ofTheOnlyOne_leavesTheQueueEmpty() {
        OwnQueue own = backlog.open();
        for (int i = 0; i < 10_000; i++) {
            WorkItem<Object> item = item(i);
            assertThat(own.push(item)).as("it is news").isTrue();
            assertThat(runHere(own, item)).isTrue();
            assertThat(own.isEmpty()).isTrue();
        }
    }

    @Test
    void takeBack_ofWhatAnotherThreadHasClaimed_isForPollersToDrop() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 2);
        pushed.get(1).claim(Frame.NOWHERE);
        assertThat(runHere(own, pushed.get(1))).isFalse();
        WorkItem<Object> next = item(2);
        own.push(next);
        assertThat(drain()).containsExactly(pushed.get(0), pushed.get(1), next);
    }

    @Test
    void takeBack_atTheEndOfASegment_losesNothing() {
        for (int count : new int[] {1_023, 1_024, 1_025, 2_048}) {
            OwnQueue own = backlog.open();
            List<WorkItem<Object>> pushed = pushAll(own, count);
            assertThat(runHere(own, pushed.get(count - 1))).isTrue();
            WorkItem<Object> next = item(count);
            own.push(next);
            List<WorkItem<?>> polled = drain();
            assertThat(polled).hasSize(count).startsWith(pushed.get(0)).endsWith(next);
            backlog.close(own);
        }
    }

    /** A full last segment in which all is cancelled is not spent as long as its adder may come back to it. */
    @Test
    void sweep_ofAFullLastSegment_leavesItToItsAdder() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 1_024);
        pushed.forEach(WorkItem::cancel);
        own.sweep();
        WorkItem<Object> next = item(0);
        own.push(next);
        assertThat(drain()).containsExactly(next);
        assertThat(backlog.isEmpty()).isTrue();
    }

    /** A poller that has come in between has seen an empty queue, and waits to be told of what is there again. */
    @Test
    void push_ontoWhatCouldNotBeTakenBack_isNews() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 2);
        own.takeBack(pushed.get(1));
        assertThat(own.poll()).isSameAs(pushed.get(0));
        assertThat(own.poll()).isNull();
        pushed.get(1).claim(Frame.NOWHERE);
        own.takenBack(/* claimed= */ false);
        assertThat(own.push(item(2))).isTrue();
        assertThat(own.push(item(3))).isFalse();
    }

    /** An error, such as that of a full stack, may come before the item that is taken back can be claimed. */
    @Test
    void push_afterATakeBackThatWasLeftHalfway_losesNothing() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 2);
        own.takeBack(pushed.get(1));
        WorkItem<Object> next = item(2);
        own.push(next);
        assertThat(runHere(own, next)).isTrue();
        assertThat(drain()).containsExactly(pushed.get(0), pushed.get(1));
    }

    @Test
    void push_ontoSomething_isNoNews() {
        OwnQueue own = backlog.open();
        assertThat(own.push(item(0))).isTrue();
        assertThat(own.push(item(1))).isFalse();
        own.poll();
        assertThat(own.push(item(2))).isFalse();
        drain();
        assertThat(own.push(item(3))).isTrue();
    }

    @Test
    void cancelled_ofManyInOwnQueues_areSweptOut() {
        OwnQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 20_000);
        pushed.forEach(WorkItem::cancel);
        assertThat(own.countEntries(20_000)).isLessThan(10_000);
    }

    /** The owner adds, and takes back at random what it has added last, while others poll: each item comes out once. */
    @Test
    void push_andTakeBack_amongPolls_losesNothingAndGivesNothingTwice() throws Exception {
        long seed = System.nanoTime();
        for (int pollers = 1; pollers <= 3; pollers++) {
            OwnQueue own = backlog.open();
            Random random = new Random(seed);
            int each = 300_000;
            AtomicBoolean ended = new AtomicBoolean();
            ConcurrentLinkedQueue<List<WorkItem<?>>> received = new ConcurrentLinkedQueue<>();
            SubmitContract.inParallel(1 + pollers, number -> {
                List<WorkItem<?>> mine = new ArrayList<>();
                if (number == 0) {
                    for (int i = 0; i < each; i++) {
                        WorkItem<Object> item = item(i);
                        own.push(item);
                        if (random.nextInt(4) > 0) {
                            // As a thread does that waits for it: whoever claims it first has it.
                            if (runHere(own, item)) {
                                mine.add(item);
                            }
                        }
                    }
                    ended.set(true);
                } else {
                    boolean last;
                    do {
                        last = ended.get();
                        for (WorkItem<?> item = own.poll(); item != null; item = own.poll()) {
                            take(item, mine);
                        }
                    } while (!last);
                }
                received.add(mine);
            });
            assertThat(received.stream().mapToInt(List::size).sum())
                    .as("seed " + seed)
                    .isEqualTo(each);
            assertThat(own.isEmpty()).isTrue();
        }
    }

    private static void take(WorkItem<?> item, List<WorkItem<?>> mine) {
        if (item.claim(Frame.NOWHERE)) {
            mine.add(item);
        }
    }
}
