// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * An item that its adder takes back while another thread polls is claimed by one of them, and the one below it is not
 * lost.
 */
@JCStressTest
@Outcome(
        id = {"true, false, true", "false, true, true"},
        expect = ACCEPTABLE,
        desc = "one of them")
@State
public class TakeBackAgainstPoll {
    private static final SlotEngine ENGINE = new SlotEngine("stress", null, 1, item -> {});

    private final OwnQueue queue = new OwnQueue();
    private final WorkItem<Integer> below = item();
    private final WorkItem<Integer> last = item();

    private @Nullable WorkItem<?> polled;
    private @Nullable WorkItem<?> polledNext;

    public TakeBackAgainstPoll() {
        queue.push(below);
        queue.push(last);
    }

    private static WorkItem<Integer> item() {
        return new WorkItem<>(ENGINE, (Callable<Integer>) () -> 1);
    }

    @Actor
    public void takeBack(ZZZ_Result r) {
        queue.takeBack(last);
        boolean claimed = last.claim(Frame.NOWHERE);
        queue.takenBack(claimed);
        r.r1 = claimed;
    }

    @Actor
    public void poll(ZZZ_Result r) {
        polled = queue.poll();
        polledNext = queue.poll();
        r.r2 = (polled == last || polledNext == last) && last.claim(Frame.NOWHERE);
    }

    @Arbiter
    public void drain(ZZZ_Result r) {
        boolean found = polled == below || polledNext == below;
        boolean lastIsClaimed = last.isRunning();
        for (WorkItem<?> item = queue.poll(); item != null; item = queue.poll()) {
            found |= item == below;
            if (item == last && !lastIsClaimed) {
                r.r2 = last.claim(Frame.NOWHERE);
            }
        }
        r.r3 = found;
    }
}
