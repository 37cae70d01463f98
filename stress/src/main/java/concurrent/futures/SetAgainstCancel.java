// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A promise is either completed or cancelled, and both sides know which. */
@JCStressTest
@Outcome(id = "true, false, FINISHED", expect = ACCEPTABLE, desc = "completed")
@Outcome(id = "false, true, CANCELLED", expect = ACCEPTABLE, desc = "cancelled")
@State
public class SetAgainstCancel {
    private final Promise<Integer> promise = new Promise<>();

    @Actor
    public void set(ZZL_Result r) {
        r.r1 = promise.trySetResult(1);
    }

    @Actor
    public void cancel(ZZL_Result r) {
        r.r2 = promise.cancel();
    }

    @Arbiter
    public void status(ZZL_Result r) {
        r.r3 = promise.status();
    }
}
