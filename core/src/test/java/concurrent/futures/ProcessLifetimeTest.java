// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.process.ProcessExecutor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a JVM ends that has workers, they end with it and leave nothing behind. */
class ProcessLifetimeTest {
    private static ProcessExecutor newExecutor(int maxWorkers) {
        return ProcessExecutor.builder()
                .maxWorkers(maxWorkers)
                .maxHeap(48L << 20)
                .jvmOptions("-XX:TieredStopAtLevel=1")
                .build();
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    /** Has two workers that hang, one of them with a child of its own. */
    static final class Hanging {
        public static void main(String[] arguments) throws Exception {
            ProcessExecutor executor = newExecutor(2);
            executor.submit(() -> {
                Process child = new ProcessBuilder("sleep", "300").start();
                System.out.println("pid " + pid());
                System.out.println("pid " + child.pid());
                Thread.sleep(300_000);
            });
            executor.submit(() -> {
                System.out.println("pid " + pid());
                while (true) {
                    Thread.onSpinWait();
                }
            });
            Thread.sleep(300_000);
        }
    }

    /** Forgets to close an executor, whose work is done before the end. */
    static final class Forgetful {
        public static void main(String[] arguments) throws Exception {
            newExecutor(1).submit(() -> {
                Thread.sleep(300);
                System.out.println("pid " + pid());
                System.out.println("done");
            });
        }
    }

    /** Exits while a worker has work. */
    static final class Exiting {
        public static void main(String[] arguments) throws Exception {
            ProcessExecutor executor = newExecutor(1);
            System.out.println(
                    "pid " + executor.submit(ProcessLifetimeTest::pid).result());
            executor.submit(() -> Thread.sleep(300_000));
            System.exit(3);
        }
    }

    private static List<Long> pids(String output) {
        return output.lines()
                .filter(line -> line.contains("pid "))
                .map(line ->
                        Long.parseLong(line.substring(line.indexOf("pid ") + 4).strip()))
                .toList();
    }

    /** An orphan that is dead is listed until whoever adopted it takes note of that. */
    private static boolean isAlive(long pid) {
        try {
            String status = Files.readString(Path.of("/proc/" + pid + "/stat"));
            return status.charAt(status.lastIndexOf(')') + 2) != 'Z';
        } catch (IOException e) {
            return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
        }
    }

    private static ChildJvm jvm(Class<?> main, Path directory) {
        return ChildJvm.of(main).with("-Djava.io.tmpdir=" + directory).with("-Xmx64m");
    }

    private static List<Path> filesOfOurs(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().startsWith("concurrent-futures-"))
                    .toList();
        }
    }

    @Test
    void killedParent_takesWorkersAndTheirChildrenWithIt(@TempDir Path directory) throws Exception {
        ChildJvm.Running parent = jvm(Hanging.class, directory).start();
        Eventually.await().until(() -> pids(parent.printed()).size() == 3);
        List<Long> pids = pids(parent.printed());
        assertThat(pids).allMatch(ProcessLifetimeTest::isAlive);
        parent.signal("KILL");
        long begin = System.nanoTime();
        Eventually.await().until(() -> pids.stream().noneMatch(ProcessLifetimeTest::isAlive));
        System.out.println("workers ended "
                + Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms after their parent was killed");
        assertThat(filesOfOurs(directory)).isEmpty();
    }

    @Test
    void forgottenExecutor_keepsTheJvmForItsWork_andNotForLonger(@TempDir Path directory) throws Exception {
        ChildJvm.Result result = jvm(Forgetful.class, directory).run();
        assertThat(result.exit()).isZero();
        assertThat(result.output()).contains("done");
        List<Long> pids = new ArrayList<>(pids(result.output()));
        assertThat(pids).hasSize(1);
        Eventually.await().until(() -> !isAlive(pids.get(0)));
        assertThat(filesOfOurs(directory)).isEmpty();
    }

    @Test
    void exitOfTheParent_takesWorkersWithIt(@TempDir Path directory) throws Exception {
        ChildJvm.Result result = jvm(Exiting.class, directory).run();
        assertThat(result.exit()).isEqualTo(3);
        long pid = pids(result.output()).get(0);
        Eventually.await().atMost(20, TimeUnit.SECONDS).until(() -> !isAlive(pid));
        assertThat(filesOfOurs(directory)).isEmpty();
    }
}
