// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** Workers that are about to park, or to end, do not miss what is submitted at that moment. */
@JCStressTest
@Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "both have run")
@State
public class SubmitWakesAWorker {
    private static final FutureExecutor EXECUTOR = ThreadExecutor.builder()
            .maxWorkers(2)
            .keepAlive(java.time.Duration.ofNanos(20_000))
            .build();

    @Actor
    public void first(LL_Result r) {
        r.r1 = Patience.resultOf(EXECUTOR.submit(() -> 1));
    }

    @Actor
    public void second(LL_Result r) {
        r.r2 = Patience.resultOf(EXECUTOR.submit(() -> 2));
    }
}
