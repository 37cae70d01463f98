// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import concurrent.futures.process.ProcessExecutor;
import java.time.Duration;

class ProcessExecutorContractTest implements ExecutorContract {
    @Override
    public FutureExecutor newExecutor() {
        return newExecutor(2);
    }

    @Override
    public FutureExecutor newExecutor(int maxWorkers) {
        return ProcessExecutor.builder()
                .maxWorkers(maxWorkers)
                .maxHeap(48L << 20)
                .jvmOptions("-XX:TieredStopAtLevel=1")
                .grace(Duration.ofSeconds(20))
                .build();
    }

    @Override
    public boolean runsTasksItself() {
        return false;
    }

    @Override
    public boolean sharesMemory() {
        return false;
    }

    @Override
    public int rounds() {
        return 3;
    }
}
