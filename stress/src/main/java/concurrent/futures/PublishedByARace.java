// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** A promise that is handed over by a plain write shows a state of its own, never an empty one. */
@JCStressTest
@Outcome(
        id = {"null", "PENDING", "FINISHED"},
        expect = ACCEPTABLE,
        desc = "some stage of its life")
@State
public class PublishedByARace {
    private @Nullable Promise<Integer> shared;

    @Actor
    public void publish() {
        Promise<Integer> promise = new Promise<>();
        shared = promise;
        promise.setResult(1);
    }

    @Actor
    public void look(L_Result r) {
        Promise<Integer> seen = shared;
        r.r1 = seen == null ? "null" : seen.status();
    }
}
