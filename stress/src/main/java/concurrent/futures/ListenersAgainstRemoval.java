// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Removing a listener takes no other one with it. */
@JCStressTest
@Outcome(id = "1", expect = ACCEPTABLE, desc = "the one that stays is told, once")
@State
public class ListenersAgainstRemoval {
    private final Promise<Integer> promise = new Promise<>();
    private final AtomicInteger told = new AtomicInteger();

    /** Counts how often it is told. */
    private final class Counting extends Listener {
        @Override
        void done(Future<?> future) {
            told.incrementAndGet();
        }
    }

    /** Is not counted, because it may be told or not. */
    private static final class Leaving extends Listener {
        @Override
        void done(Future<?> future) {
            // Nobody asks.
        }
    }

    @Actor
    public void comeAndGo() {
        Listener leaving = new Leaving();
        promise.listen(leaving);
        promise.unlisten(leaving);
    }

    @Actor
    public void stayAndComeAndGo() {
        promise.listen(new Counting());
        Listener leaving = new Leaving();
        promise.listen(leaving);
        promise.unlisten(leaving);
    }

    @Arbiter
    public void complete(I_Result r) {
        promise.setResult(1);
        r.r1 = told.get();
    }
}
