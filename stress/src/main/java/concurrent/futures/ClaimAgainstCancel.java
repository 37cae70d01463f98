// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZL_Result;

/** A task is either begun or cancelled, whoever asks first. */
@JCStressTest
@Outcome(id = "true, false, RUNNING", expect = ACCEPTABLE, desc = "begun")
@Outcome(id = "false, true, CANCELLED_AND_NOTIFIED", expect = ACCEPTABLE, desc = "cancelled, and noticed")
@State
public class ClaimAgainstCancel {
    private final Promise<Integer> promise = new Promise<>();

    @Actor
    public void begin(ZZL_Result r) {
        r.r1 = promise.setRunningOrNotifyCancel();
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
