// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** What is submitted during a shutdown is refused or run, and the executor ends in any case. */
@JCStressTest
@Outcome(
        id = {"1, true", "refused, true"},
        expect = ACCEPTABLE,
        desc = "one of both")
@State
public class SubmitAgainstShutdown {
    private final FutureExecutor executor = new ThreadExecutor(1);

    @Actor
    public void submit(LZ_Result r) {
        try {
            r.r1 = Patience.resultOf(executor.submit(() -> 1));
        } catch (RejectedExecutionException e) {
            r.r1 = "refused";
        }
    }

    @Actor
    public void shutdown() {
        executor.shutdown();
    }

    @Arbiter
    public void end(LZ_Result r) {
        try {
            r.r2 = executor.awaitTermination(Patience.SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
