// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/** What is submitted while all is cancelled is refused, cancelled or run; nobody waits for it for ever. */
@JCStressTest
@Outcome(
        id = {"1, true", "refused, true", "cancelled, true"},
        expect = ACCEPTABLE,
        desc = "one of these")
@State
public class SubmitAgainstShutdownNow {
    private final FutureExecutor executor = new ThreadExecutor(1);

    @Actor
    public void submit(LZ_Result r) {
        try {
            r.r1 = Patience.resultOf(executor.submit(() -> 1));
        } catch (RejectedExecutionException e) {
            r.r1 = "refused";
        } catch (CancellationException e) {
            r.r1 = "cancelled";
        }
    }

    @Actor
    public void shutdown() {
        executor.shutdownNow();
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
