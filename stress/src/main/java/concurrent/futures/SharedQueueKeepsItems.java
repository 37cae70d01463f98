// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** What several add is polled once, whoever polls. */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "all, and none twice")
@State
public class SharedQueueKeepsItems {
    private static final SlotEngine ENGINE = new SlotEngine("stress", null, 1, item -> {});

    private final SharedQueue queue = new SharedQueue();
    private final WorkItem<Integer> first = item();
    private final WorkItem<Integer> second = item();

    private @Nullable WorkItem<?> polled;
    private @Nullable WorkItem<?> polledAsWell;

    private static WorkItem<Integer> item() {
        return new WorkItem<>(ENGINE, (Callable<Integer>) () -> 1);
    }

    @Actor
    public void addAndPoll() {
        queue.add(first);
        polled = queue.poll();
    }

    @Actor
    public void addAndPollAsWell() {
        queue.add(second);
        polledAsWell = queue.poll();
    }

    @Arbiter
    public void drain(ZZ_Result r) {
        List<WorkItem<?>> all = new ArrayList<>();
        for (WorkItem<?> item : new WorkItem<?>[] {polled, polledAsWell, queue.poll(), queue.poll(), queue.poll()}) {
            if (item != null) {
                all.add(item);
            }
        }
        r.r1 = all.size() == 2;
        r.r2 = Set.copyOf(all).equals(Set.of(first, second));
    }
}
