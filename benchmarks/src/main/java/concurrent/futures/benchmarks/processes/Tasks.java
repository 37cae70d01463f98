// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.util.List;

/** What workers do. */
final class Tasks {
    private Tasks() {}

    static Integer one() {
        return 1;
    }

    static Integer increment(Integer number) {
        return number + 1;
    }

    static byte[] echo(byte[] bytes) {
        return bytes;
    }

    static List<Integer> echo(List<Integer> list) {
        return list;
    }

    static Long pid() {
        return ProcessHandle.current().pid();
    }

    /** Heeds nothing. */
    static Integer spin() {
        while (System.nanoTime() != 0) {
            Thread.onSpinWait();
        }
        return 0;
    }

    static Integer sleep(int millis) throws InterruptedException {
        Thread.sleep(millis);
        return 0;
    }
}
