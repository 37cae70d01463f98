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
    private final SlotEngine engine = new SlotEngine("test", null, 1, item -> {}, () -> {});
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

    private List<WorkItem<Object>> pushAll(TaskQueue own, int count) {
        List<WorkItem<Object>> items = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            items.add(item(i));
            own.push(items.get(i));
        }
        return items;
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
        TaskQueue own = backlog.open();
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
        TaskQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 10);
        backlog.close(own);
        assertThat(drain()).isEqualTo(pushed);
    }

    @Test
    void retract_ofTheLast_takesItOut() {
        TaskQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 5);
        for (int i = 4; i >= 0; i--) {
            own.retract(pushed.get(i));
            assertThat(backlog.countPending()).isEqualTo(i);
        }
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.poll()).isNull();
        own.push(pushed.get(3));
        assertThat(drain()).containsExactly(pushed.get(3));
    }

    @Test
    void retract_ofAnother_leavesAllWhereItIs() {
        TaskQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 5);
        own.retract(pushed.get(2));
        assertThat(drain()).isEqualTo(pushed);
    }

    @Test
    void retract_alsoTakesOutWhatItCouldNotBefore() {
        TaskQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 5);
        own.retract(pushed.get(2));
        own.retract(pushed.get(3));
        pushed.get(2).cancel();
        pushed.get(3).cancel();
        own.retract(pushed.get(4));
        assertThat(drain()).isEqualTo(pushed.subList(0, 2));
        assertThat(pushed.get(3).status()).isEqualTo(Future.Status.CANCELLED_AND_NOTIFIED);
    }

    @Test
    void retract_againAndAgain_addsNoSegment() {
        TaskQueue own = backlog.open();
        WorkItem<Object> below = item(0);
        own.push(below);
        for (int i = 0; i < 100_000; i++) {
            WorkItem<Object> item = item(i);
            own.push(item);
            own.retract(item);
        }
        assertThat(backlog.poll()).isSameAs(below);
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(own.countEntries(1)).isZero();
    }

    @Test
    void cancelled_ofManyInOwnQueues_areSweptOut() {
        TaskQueue own = backlog.open();
        List<WorkItem<Object>> pushed = pushAll(own, 20_000);
        pushed.forEach(WorkItem::cancel);
        assertThat(own.countEntries(20_000)).isLessThan(10_000);
    }

    /** The owner adds, and takes back at random what it has added last, while others poll: each item comes out once. */
    @Test
    void push_andRetract_amongPolls_losesNothingAndGivesNothingTwice() throws Exception {
        long seed = System.nanoTime();
        for (int pollers = 1; pollers <= 3; pollers++) {
            TaskQueue own = backlog.open();
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
                            own.retract(item);
                            take(item, mine);
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
