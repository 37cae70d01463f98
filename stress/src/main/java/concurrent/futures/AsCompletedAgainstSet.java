// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Futures that are completed while they are being iterated over are given out once each. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "in the order of their completion")
@State
public class AsCompletedAgainstSet {
    private final Promise<Integer> first = new Promise<>();
    private final Promise<Integer> second = new Promise<>();

    @Actor
    public void set() {
        first.setResult(1);
        second.setResult(2);
    }

    @Actor
    public void iterate(II_Result r) {
        try (AsCompleted<Integer> completed = Futures.asCompleted(List.of(first, second))) {
            r.r1 = completed.take().resultNow();
            r.r2 = completed.take().resultNow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
