// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.process.ProcessExecutor;
import concurrent.futures.process.WorkerDiedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Short tasks are sent to a worker ahead of time, and taken back if the one before them is a long one. */
class ProcessAheadTest {
    private static final int SHORT_TASKS = 300;
    private static final int FOLLOWERS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    private static ProcessExecutor executor(int workers) {
        return ProcessExecutor.builder()
                .maxWorkers(workers)
                .maxHeap(48L << 20)
                .jvmOptions("-XX:TieredStopAtLevel=1", "-Xss512k")
                .build();
    }

    /** Leaves a file that may be left once only. */
    private static int leave(String directory, int number) throws Exception {
        Files.createFile(Path.of(directory, Integer.toString(number)));
        return number;
    }

    /** A long task that waits at a gate, and others that were sent behind it. */
    private final class Convoy {
        final Gate gate = new Gate();
        final Future<?> leader;
        final List<Future<Integer>> followers = new ArrayList<>();

        Convoy(FutureExecutor executor, int round) throws Exception {
            List<Future<Integer>> many = new ArrayList<>();
            for (int i = 0; i < SHORT_TASKS; i++) {
                many.add(executor.submit(() -> 1));
            }
            for (Future<Integer> each : many) {
                each.result();
            }
            Gate closed = gate;
            String place = directory.toString();
            leader = executor.submit(closed::pass);
            for (int i = 0; i < FOLLOWERS; i++) {
                int number = round * FOLLOWERS + i;
                followers.add(executor.submit(() -> leave(place, number)));
            }
            gate.awaitArrivals(1);
        }

        Stream<Future<Integer>> sentAhead() {
            return followers.stream().filter(each -> each.status() == Future.Status.RUNNING);
        }

        void end() throws Exception {
            gate.open();
            leader.exception();
            for (Future<Integer> each : followers) {
                each.exception();
            }
        }
    }

    /** One in which there really are some: a busy machine may take too long for that. */
    private Convoy convoyWithSomeSentAhead(FutureExecutor executor) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        for (int round = 0; System.nanoTime() < end; round++) {
            Convoy convoy = new Convoy(executor, round);
            if (convoy.sentAhead().count() >= 3) {
                return convoy;
            }
            convoy.end();
        }
        throw new AssertionError("no task was sent ahead");
    }

    @Test
    void aTaskThatWasSentAhead_isCancelledWithoutBeingRun_andTheOthersAreRun() throws Exception {
        try (ProcessExecutor executor = executor(1)) {
            Convoy convoy = convoyWithSomeSentAhead(executor);
            Future<Integer> second = convoy.sentAhead().skip(1).findFirst().orElseThrow();
            assertThat(second.cancel(true)).isTrue();
            assertThat(second.ended().exception(PATIENCE)).isNull();
            convoy.gate.open();
            int left = 0;
            for (Future<Integer> each : convoy.followers) {
                if (each != second) {
                    assertThat(directory.resolve(Integer.toString(each.result(PATIENCE))))
                            .exists();
                    left++;
                }
            }
            assertThat(left).isEqualTo(FOLLOWERS - 1);
        }
    }

    @Test
    void behindALongTask_othersAreRunByAnotherWorker() throws Exception {
        try (ProcessExecutor executor = executor(2)) {
            for (int round = 0; round < 30; round++) {
                Convoy convoy = new Convoy(executor, round);
                for (Future<Integer> each : convoy.followers) {
                    each.result(PATIENCE);
                }
                assertThat(convoy.leader.isDone()).isFalse();
                convoy.end();
            }
        }
    }

    @Test
    void whenAWorkerDies_whatWasSentAheadIsRunElsewhere_once() throws Exception {
        try (ProcessExecutor executor = executor(1)) {
            executor.submit(() -> 1).result();
            Convoy convoy = convoyWithSomeSentAhead(executor);
            ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
            assertThat(convoy.leader.exception(PATIENCE)).isInstanceOf(WorkerDiedException.class);
            for (Future<Integer> each : convoy.followers) {
                each.result(PATIENCE);
            }
        }
    }

    @Test
    void aTaskWithATimeout_isNotStartedAheadOfTime() throws Exception {
        try (ProcessExecutor executor = executor(1)) {
            Convoy convoy = convoyWithSomeSentAhead(executor);
            Future<Integer> timed = executor.withTimeout(PATIENCE).submit(() -> 7);
            for (Future<Integer> each : convoy.followers) {
                assertThat(each.isDone()).isFalse();
            }
            assertThat(timed.status()).isEqualTo(Future.Status.PENDING);
            convoy.gate.open();
            assertThat(timed.result(PATIENCE)).isEqualTo(7);
        }
    }

    @Test
    void cancellingAtAnyMoment_runsEachOtherTaskOnce() throws Exception {
        String place = directory.toString();
        try (ProcessExecutor executor = executor(2)) {
            List<Future<Integer>> futures = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                int number = i;
                futures.add(executor.submit(() -> leave(place, number)));
                if (i % 7 == 0) {
                    futures.get(i / 2).cancel(true);
                }
            }
            for (int i = 0; i < futures.size(); i++) {
                Future<Integer> each = futures.get(i);
                if (!each.isCancelled()) {
                    assertThat(each.result(PATIENCE)).isEqualTo(i);
                }
            }
        }
    }
}
