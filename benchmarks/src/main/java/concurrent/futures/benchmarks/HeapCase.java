// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What {@link HeapPerItem} measures.
 *
 * @param name what the reports call it
 * @param ballast what is made for a contestant
 * @param most the greatest number of items
 * @param contestants who takes part
 */
record HeapCase(String name, Function<String, Ballast> ballast, int most, List<String> contestants) {
    static final List<HeapCase> ALL = List.of(pendingTask(), callback(), await());

    private static final int LEAST = 1_000;
    private static final int STEP = 10;

    /** Each virtual thread that waits holds its stack: nearly a kilobyte. */
    private static final int MOST_VIRTUAL_THREADS = 1_000_000;

    static HeapCase named(String name) {
        return ALL.stream()
                .filter(heapCase -> heapCase.name.equals(name))
                .findAny()
                .orElseThrow();
    }

    /** {@return the numbers of items to measure with} */
    List<Integer> sizes(String contestant) {
        int last = contestant.equals(Contestants.VIRTUAL_THREADS) ? MOST_VIRTUAL_THREADS : most;
        return Stream.iterate(LEAST, n -> n <= last, n -> n * STEP).toList();
    }

    private static HeapCase pendingTask() {
        return new HeapCase(
                "pending task",
                PendingTasks::new,
                10_000_000,
                List.of(
                        Contestants.FUTURES,
                        Contestants.FUTURES_VIRTUAL,
                        Contestants.THREAD_POOL,
                        Contestants.FORK_JOIN,
                        Contestants.FORK_JOIN_ASYNC,
                        Contestants.COMPLETABLE_ON_FORK_JOIN,
                        Contestants.COMPLETABLE_ON_THREAD_POOL,
                        Contestants.VIRTUAL_THREADS,
                        Contestants.GUAVA,
                        Contestants.NETTY,
                        Contestants.KOTLIN,
                        Contestants.JBOSS));
    }

    private static HeapCase callback() {
        return new HeapCase(
                "callback",
                AddedCallbacks::new,
                1_000_000,
                List.of(
                        Contestants.FUTURES,
                        PromiseKinds.COMPLETABLE,
                        Contestants.GUAVA,
                        Contestants.NETTY,
                        Contestants.KOTLIN));
    }

    private static HeapCase await() {
        return new HeapCase(
                "await",
                AwaitedPromises::new,
                1_000_000,
                List.of(Contestants.FUTURES, PromiseKinds.COMPLETABLE, Contestants.GUAVA));
    }
}
