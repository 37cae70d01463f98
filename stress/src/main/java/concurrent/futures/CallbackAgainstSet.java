// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Callbacks that are added while a promise is completed are called once each. */
@JCStressTest
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each once")
@State
public class CallbackAgainstSet {
    private final Promise<Integer> promise = new Promise<>();
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();

    @Actor
    public void add() {
        promise.addDoneCallback(done -> first.incrementAndGet());
        promise.addDoneCallback(done -> second.incrementAndGet());
    }

    @Actor
    public void set() {
        promise.setResult(1);
    }

    @Arbiter
    public void count(II_Result r) {
        r.r1 = first.get();
        r.r2 = second.get();
    }
}
