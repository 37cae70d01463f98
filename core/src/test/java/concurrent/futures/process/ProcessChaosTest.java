// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.Futures;
import concurrent.futures.ReturnWhen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Workers die at random moments under load, by signals and at random points of their conversation with the pool, while
 * tasks are cancelled and time out: no future is lost, none hangs, no task runs twice, and a death fails one task at most.
 *
 * <p>{@code -Dchaos.kills=10000 -Dchaos.seed=…} sets how many workers are killed by a signal, and the seed.
 */
class ProcessChaosTest {
    private static final Pattern WORKER = Pattern.compile("\\S+-worker-\\d+");
    private static final int KILLS = Integer.getInteger("chaos.kills", 200);
    private static final int TASKS_BETWEEN_KILLS = 30;
    private static final int LARGE = 200_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final long seed = Long.getLong("chaos.seed", System.nanoTime());
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    /** Futures by the number of their tasks, of which not all have been looked at. */
    private final List<Future<byte[]>> futures = new ArrayList<>();

    /** The processes that have taken a task with them. */
    private final Set<String> fatal = new HashSet<>();

    private int checked;
    private int died;
    private int cancelled;
    private int late;

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS) // As long as ten thousand kills may take.
    void deathsAtRandom_loseNothing() throws Exception {
        System.out.println("ProcessChaosTest with seed " + seed);
        try (ProcessExecutor executor = Processes.small(2)
                .maxTasksPerWorker(400)
                .grace(Duration.ofMillis(50))
                .jvmOptions("-XX:TieredStopAtLevel=1", "-Xss512k", "-D" + Mishap.PROPERTY + "=2000")
                .build()) {
            executor.submit(() -> 0).exception();
            for (int kills = 0; kills < KILLS; ) {
                submit(executor);
                LockSupport.parkNanos(random.nextInt(40_000_000));
                futures.get(futures.size() - 1 - random.nextInt(TASKS_BETWEEN_KILLS))
                        .cancel(random.nextBoolean());
                kills += kill() ? 1 : 0;
                executor.submit(() -> 0).exception(PATIENCE);
                if (futures.size() - checked > 1_000) {
                    check();
                }
            }
            check();
            assertThat(executor.isBroken()).isFalse();
        }
        System.out.println(KILLS + " kills, " + futures.size() + " tasks, of which " + died + " died with "
                + "their workers, " + cancelled + " were cancelled and " + late + " timed out");
    }

    private void submit(ProcessExecutor executor) {
        String place = directory.toString();
        for (int i = 0; i < TASKS_BETWEEN_KILLS; i++) {
            int number = futures.size();
            int length = random.nextInt(20) == 0 ? LARGE : 1;
            int micros = random.nextInt(10) == 0 ? random.nextInt(20_000) : 0;
            boolean timed = random.nextInt(30) == 0;
            futures.add((timed ? executor.withTimeout(Duration.ofMillis(5)) : executor)
                    .submit(() -> answer(place, number, length, micros)));
        }
    }

    /** Takes a while, leaves a file that may be left once only, and returns bytes that tell its number. */
    private static byte[] answer(String place, int number, int length, int micros) throws Exception {
        Files.createFile(Path.of(place, Integer.toString(number)));
        LockSupport.parkNanos(micros * 1_000L);
        byte[] answer = new byte[length];
        answer[length - 1] = (byte) number;
        return answer;
    }

    private boolean kill() {
        List<ProcessHandle> workers = ProcessHandle.current().children().toList();
        return !workers.isEmpty() && workers.get(random.nextInt(workers.size())).destroyForcibly();
    }

    /** Looks at the outcomes of all tasks that have not been looked at. */
    private void check() throws Exception {
        List<Future<byte[]>> left = futures.subList(checked, futures.size());
        assertThat(Futures.await(left, PATIENCE, ReturnWhen.ALL_COMPLETED).notDone())
                .as("seed %d", seed)
                .isEmpty();
        for (; checked < futures.size(); checked++) {
            Future<byte[]> each = futures.get(checked);
            if (each.isCancelled()) {
                cancelled++;
            } else if (each.exception() == null) {
                byte[] answer = each.result();
                assertThat(answer[answer.length - 1]).isEqualTo((byte) checked);
                assertThat(Files.deleteIfExists(directory.resolve(Integer.toString(checked))))
                        .isTrue();
            } else {
                failed(each.exception());
            }
        }
    }

    /** The name of the worker that has died: numbers of processes come again after some ten thousand. */
    private static String worker(WorkerDiedException death) {
        Matcher name = WORKER.matcher(String.valueOf(death.getMessage()));
        assertThat(name.find()).isTrue();
        return name.group();
    }

    private void failed(Throwable thrown) {
        if (thrown instanceof WorkerDiedException death) {
            died++;
            assertThat(fatal.add(worker(death)))
                    .as("%s has failed one task, seed %d", death.getMessage(), seed)
                    .isTrue();
        } else {
            assertThat(thrown).as("seed %d", seed).isInstanceOf(TimeoutException.class);
            late++;
        }
    }
}
