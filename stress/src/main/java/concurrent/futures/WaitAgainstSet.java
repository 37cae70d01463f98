// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Whoever waits gets the result, and sees what was written before it was set. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "all")
@State
public class WaitAgainstSet {
    private final Promise<Integer> promise = new Promise<>();
    private int plain;

    @Actor
    public void write() {
        plain = 2;
        promise.setResult(1);
    }

    @Actor
    public void read(II_Result r) {
        r.r1 = promise.join();
        r.r2 = plain;
    }
}
