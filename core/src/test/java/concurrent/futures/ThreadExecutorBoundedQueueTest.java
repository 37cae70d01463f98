// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadExecutorBoundedQueueTest implements BoundedQueueContract {
    @Override
    public FutureExecutor newExecutor(int maxWorkers, int queueCapacity, WhenFull whenFull) {
        return ThreadExecutor.builder()
                .maxWorkers(maxWorkers)
                .queueCapacity(queueCapacity)
                .whenFull(whenFull)
                .build();
    }

    @Test
    void setMaxWorkers_more_makesRoom() throws Exception {
        try (ThreadExecutor executor =
                        ThreadExecutor.builder().maxWorkers(1).queueCapacity(1).build();
                Gate gate = new Gate()) {
            executor.submit(gate::pass);
            executor.submit(gate::pass);
            Promise<Future<?>> submitted = new Promise<>();
            Thread submitter = new Thread(() -> submitted.setResult(executor.submit(gate::pass)));
            submitter.start();
            Eventually.await().until(() -> submitter.getState() == Thread.State.WAITING);
            executor.setMaxWorkers(2);
            assertThat(submitted.get(20, TimeUnit.SECONDS).isDone()).isFalse();
            gate.awaitArrivals(2);
        }
    }
}
