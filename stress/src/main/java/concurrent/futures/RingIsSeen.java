// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Of two threads that close a ring at the same moment at least one sees it, and not both. */
@JCStressTest
@Outcome(
        id = {"true, false", "false, true"},
        expect = ACCEPTABLE,
        desc = "one of them")
@State
public class RingIsSeen {
    private static final FutureExecutor EXECUTOR = new ThreadExecutor(2);

    private final Promise<Future<Object>> first = new Promise<>();
    private final Promise<Future<Object>> second = new Promise<>();

    @Actor
    public void one(ZZ_Result r) {
        try {
            first.setResult(EXECUTOR.submit(() -> waitFor(second)));
            r.r1 = Patience.resultOf(first.result()) == Boolean.TRUE;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Actor
    public void other(ZZ_Result r) {
        try {
            second.setResult(EXECUTOR.submit(() -> waitFor(first)));
            r.r2 = Patience.resultOf(second.result()) == Boolean.TRUE;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whether this thread hears of the ring; the other one gets its answer then. */
    private static Object waitFor(Promise<Future<Object>> other) throws Exception {
        try {
            other.result().result();
            return false;
        } catch (DeadlockException e) {
            return true;
        }
    }
}
