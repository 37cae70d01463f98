// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.Callable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.Z_Result;

/** An interrupt with which a shutdown ends what runs does not reach what its thread does afterwards. */
@JCStressTest
@Outcome(id = "false", expect = ACCEPTABLE, desc = "not interrupted afterwards")
@State
public class InterruptAgainstTheEnd {
    private static final SlotEngine ENGINE = new SlotEngine("stress", null, 1, item -> {});

    private final WorkItem<Integer> item = new WorkItem<>(ENGINE, (Callable<Integer>) this::body);

    /** Whether somebody is about to interrupt, so that this and the end of the body come at the same moment. */
    private volatile boolean begun;

    /** Whether nobody interrupts any more. */
    private volatile boolean over;

    private int body() {
        while (!begun) {
            Thread.onSpinWait();
        }
        return 1;
    }

    @Actor
    public void run(Z_Result r) {
        item.run();
        while (!over) {
            Thread.onSpinWait();
        }
        r.r1 = Thread.interrupted();
    }

    @Actor
    public void interrupt() {
        begun = true;
        item.interruptRun();
        over = true;
    }
}
