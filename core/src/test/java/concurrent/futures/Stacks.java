// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a test that waited in vain has to show. */
final class Stacks {
    private Stacks() {}

    /** What every platform thread is doing. */
    static String ofAllThreads() {
        return Thread.getAllStackTraces().entrySet().stream()
                .map(Stacks::format)
                .collect(Collectors.joining("\n", "\n--- all threads ---\n", "\n"));
    }

    private static String format(Map.Entry<Thread, StackTraceElement[]> entry) {
        Thread thread = entry.getKey();
        return Stream.of(entry.getValue())
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining("\n", '"' + thread.getName() + "\" " + thread.getState() + "\n", ""));
    }
}
