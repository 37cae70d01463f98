// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A wait that may be over at the same moment gives the result or times out. */
@JCStressTest
@Outcome(
        id = {"1", "timeout"},
        expect = ACCEPTABLE,
        desc = "one of both")
@State
public class TimedWaitAgainstSet {
    private static final long NANOS = 2_000;

    private final Promise<Integer> promise = new Promise<>();

    @Actor
    public void await(L_Result r) {
        try {
            r.r1 = promise.get(NANOS, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            r.r1 = "timeout";
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void set() {
        promise.setResult(1);
    }
}
