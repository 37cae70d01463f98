// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.Callable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** An interrupt that is meant for a task does not reach what its thread does afterwards. */
@JCStressTest
@Outcome(
        id = {"true, false, false", "false, true, false"},
        expect = ACCEPTABLE,
        desc = "cancelled or not, and not interrupted afterwards")
@State
public class CancelAgainstTheEnd {
    private static final SlotEngine ENGINE = new SlotEngine("stress", null, 1, item -> {});

    private final WorkItem<Integer> item = new WorkItem<>(ENGINE, (Callable<Integer>) () -> 1);

    /** Whether nobody interrupts any more. */
    private volatile boolean over;

    @Actor
    public void run(ZZZ_Result r) {
        item.run();
        while (!over) {
            Thread.onSpinWait();
        }
        r.r3 = Thread.interrupted();
        r.r2 = item.state() == java.util.concurrent.Future.State.SUCCESS;
    }

    @Actor
    public void cancel(ZZZ_Result r) {
        r.r1 = item.cancel(/* mayInterruptIfRunning= */ true);
        over = true;
    }
}
