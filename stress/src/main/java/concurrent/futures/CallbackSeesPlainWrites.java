// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** A callback sees what was written before the promise was completed, on whichever thread it runs. */
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "seen")
@State
public class CallbackSeesPlainWrites {
    private final Promise<Integer> promise = new Promise<>();
    private int plain;

    @Actor
    public void write() {
        plain = 2;
        promise.setResult(1);
    }

    @Actor
    public void listen(I_Result r) {
        promise.addDoneCallback(done -> r.r1 = plain);
    }
}
