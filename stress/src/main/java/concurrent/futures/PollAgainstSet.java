// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Whoever finds a promise done sees what was written before it was completed. */
@JCStressTest
@Outcome(id = "false, -1", expect = ACCEPTABLE, desc = "not done yet")
@Outcome(id = "true, 2", expect = ACCEPTABLE, desc = "done")
@State
public class PollAgainstSet {
    private final Promise<Integer> promise = new Promise<>();
    private int plain;

    @Actor
    public void write() {
        plain = 2;
        promise.setResult(1);
    }

    @Actor
    public void read(ZI_Result r) {
        r.r1 = promise.isDone();
        r.r2 = r.r1 ? plain : -1;
    }
}
