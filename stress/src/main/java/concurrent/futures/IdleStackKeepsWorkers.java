// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Workers that park while another is woken are all found again. */
@JCStressTest
@Outcome(id = "3, 3", expect = ACCEPTABLE, desc = "all three, each once")
@State
public class IdleStackKeepsWorkers {
    private static final WorkerPool POOL = new WorkerPool(ThreadExecutor.builder(), Thread::new, "stress");

    private final IdleStack idle = new IdleStack();
    private @Nullable Worker popped;

    public IdleStackKeepsWorkers() {
        idle.push(new Worker(POOL));
    }

    @Actor
    public void push() {
        idle.push(new Worker(POOL));
    }

    @Actor
    public void pushAndPop() {
        idle.push(new Worker(POOL));
        popped = idle.pop();
    }

    @Arbiter
    public void drain(II_Result r) {
        java.util.Set<Worker> workers = new java.util.HashSet<>();
        int count = 0;
        if (popped != null) {
            workers.add(popped);
            count++;
        }
        for (Worker worker = idle.pop(); worker != null; worker = idle.pop()) {
            workers.add(worker);
            count++;
        }
        r.r1 = count;
        r.r2 = workers.size();
    }
}
