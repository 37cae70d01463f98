// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whoever waits for two promises hears of both, in whichever order they are completed. */
@JCStressTest
@Outcome(id = "2", expect = ACCEPTABLE, desc = "both")
@State
public class AwaitAgainstSet {
    private final Promise<Integer> first = new Promise<>();
    private final Promise<Integer> second = new Promise<>();

    @Actor
    public void set() {
        first.setResult(1);
        second.setResult(2);
    }

    @Actor
    public void await(I_Result r) {
        try {
            r.r1 = Futures.await(List.of(first, second)).done().size();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
