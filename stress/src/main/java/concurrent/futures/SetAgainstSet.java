// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** Of two that complete a promise one succeeds, and it keeps that one's result. */
@JCStressTest
@Outcome(id = "true, false, 1", expect = ACCEPTABLE, desc = "the first")
@Outcome(id = "false, true, 2", expect = ACCEPTABLE, desc = "the second")
@State
public class SetAgainstSet {
    private final Promise<Integer> promise = new Promise<>();

    @Actor
    public void first(ZZI_Result r) {
        r.r1 = promise.trySetResult(1);
    }

    @Actor
    public void second(ZZI_Result r) {
        r.r2 = promise.trySetResult(2);
    }

    @Arbiter
    public void result(ZZI_Result r) {
        r.r3 = promise.resultNow();
    }
}
