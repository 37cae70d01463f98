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

/** A listener that is removed while the promise is completed is told once at most, and the others once. */
@JCStressTest
@Outcome(
        id = {"0, 1", "1, 1"},
        expect = ACCEPTABLE,
        desc = "the one that stays is told")
@State
public class RemovalAgainstSet {
    private final Promise<Integer> promise = new Promise<>();
    private final Counting leaving = new Counting();
    private final Counting staying = new Counting();

    public RemovalAgainstSet() {
        promise.listen(staying);
        promise.listen(leaving);
    }

    /** Counts how often it is told. */
    private static final class Counting extends Listener {
        final AtomicInteger told = new AtomicInteger();

        @Override
        void done(Future<?> future) {
            told.incrementAndGet();
        }
    }

    @Actor
    public void remove() {
        promise.unlisten(leaving);
    }

    @Actor
    public void set() {
        promise.setResult(1);
    }

    @Arbiter
    public void count(II_Result r) {
        r.r1 = leaving.told.get();
        r.r2 = staying.told.get();
    }
}
