// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.List;
import java.util.stream.Stream;

/** The names under which the libraries take part. */
final class Contestants {
    /** The main contestant. Others of ours have a word more, such as {@code concurrent-futures virtual}. */
    static final String OURS = "concurrent-futures";

    static final String OURS_VIRTUAL = OURS + " virtual";

    static final Group THREAD_POOL = Group.of("ThreadPoolExecutor");
    static final Group FORK_JOIN = Group.of("ForkJoinPool");
    static final Group ANY_FORK_JOIN =
            new Group("the better ForkJoinPool", List.of("ForkJoinPool", "ForkJoinPool async"));
    static final Group COMPLETABLE_FUTURE = new Group(
            "the better CompletableFuture",
            List.of("CompletableFuture on ForkJoinPool", "CompletableFuture on ThreadPoolExecutor"));
    static final Group BEST_OF_JDK = new Group(
            "the best of the JDK's",
            Stream.of(THREAD_POOL, ANY_FORK_JOIN, COMPLETABLE_FUTURE)
                    .map(Group::names)
                    .flatMap(List::stream)
                    .toList());
    static final Group COMPLETION_SERVICE = new Group(
            "the better ExecutorCompletionService",
            List.of(
                    "ExecutorCompletionService",
                    "ExecutorCompletionService on ForkJoinPool",
                    "ExecutorCompletionService on ThreadPoolExecutor"));
    static final Group MAP_CONCURRENT = Group.of("Gatherers.mapConcurrent");
    static final Group VIRTUAL_THREADS = new Group(
            "the better virtual threads",
            List.of("virtual threads", "virtual threads permit in submitter", "virtual threads permit in task"));
    static final Group NOBODY = new Group("none", List.of());

    /** All peers, in an order that gives each of them a color of its own. */
    private static final List<String> PEERS = List.of(
            "ThreadPoolExecutor",
            "ForkJoinPool",
            "CompletableFuture on ForkJoinPool",
            "virtual threads",
            "ExecutorCompletionService",
            "Gatherers.mapConcurrent",
            "Guava",
            "Kotlin",
            "ForkJoinPool async",
            "CompletableFuture on ThreadPoolExecutor",
            "Netty",
            "JBoss",
            "parallel stream",
            "parallel-collectors",
            "ExecutorCompletionService on ForkJoinPool",
            "ExecutorCompletionService on ThreadPoolExecutor",
            "RecursiveTask",
            "parallel-collectors batching",
            "sequential stream",
            "virtual threads permit in submitter",
            "virtual threads permit in task",
            "CompletableFuture",
            "FutureTask",
            "CPython");

    private Contestants() {}

    /** Peers of whom the best counts, and what to call them together. */
    record Group(String text, List<String> names) {
        static Group of(String name) {
            return new Group(name, List.of(name));
        }

        /** Who was the best, and of how many that took part. */
        String text(String best, Contest contest) {
            long count = contest.peers().stream()
                    .filter(peer -> names.contains(peer.contestant()))
                    .count();
            return count > 1 ? "%s, the best of %d".formatted(best, count) : best;
        }
    }

    /** Whether it is this library, in one way or another. */
    static boolean isOurs(String contestant) {
        return contestant.startsWith(OURS);
    }

    /** A number that stays the same for a peer from figure to figure. */
    static int index(String peer) {
        int index = PEERS.indexOf(peer);
        return index >= 0 ? index : PEERS.size() + Math.floorMod(peer.hashCode(), PEERS.size());
    }
}
