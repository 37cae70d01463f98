// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.process.ProcessExecutor;
import java.io.File;
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
    /** Generous towards a busy machine; see the time that is printed. */
    private static final Duration SOON = Duration.ofSeconds(2);

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

    /** Has a worker kept busy until it is to end, and asks for its result then. */
    static final class Interrupted {
        public static void main(String[] arguments) throws Exception {
            ProcessExecutor executor = newExecutor(1);
            File sign = File.createTempFile("sign", "");
            Future<String> future = executor.submit(() -> {
                System.out.println("pid " + pid());
                while (sign.exists()) {
                    Thread.onSpinWait();
                }
                return "result of the task";
            });
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Files.delete(sign.toPath());
                    System.out.println(future.result());
                } catch (Exception e) {
                    e.printStackTrace();
                }
            }));
            Thread.sleep(300_000);
        }
    }

    /** Starts workers and waits for nothing. */
    static final class Starting {
        public static void main(String[] arguments) throws Exception {
            ProcessExecutor executor = newExecutor(2);
            executor.submit(() -> {});
            executor.submit(() -> {});
            Thread.sleep(300_000);
        }
    }

    /** Kills workers as soon as there are any, then closes its executor and tells what is left. */
    static final class Killing {
        public static void main(String[] arguments) throws Exception {
            for (int round = 0; round < 5; round++) {
                try (ProcessExecutor executor = newExecutor(1)) {
                    Future<Integer> future = executor.submit(() -> 42);
                    Eventually.await().until(() -> children().anyMatch(Killing::isWorker));
                    children().forEach(ProcessHandle::destroyForcibly);
                    System.out.println("result " + future.result());
                    executor.submit(() -> Runtime.getRuntime().halt(1)).exception();
                }
            }
            System.out.println("children " + children().count() + " zombies " + zombies());
        }

        private static Stream<ProcessHandle> children() {
            return ProcessHandle.current().children();
        }

        /** What it is not yet while the JDK helps it into being. */
        private static boolean isWorker(ProcessHandle child) {
            return child.info().commandLine().orElse("").contains("WorkerMain");
        }

        private static long zombies() throws IOException {
            try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
                return processes
                        .map(process -> process.resolve("stat"))
                        .filter(ProcessLifetimeTest::isZombieOfThisProcess)
                        .count();
            }
        }
    }

    private static boolean isZombieOfThisProcess(Path stat) {
        try {
            String status = Files.readString(stat);
            return status.substring(status.lastIndexOf(')')).startsWith(") Z " + pid() + " ");
        } catch (IOException e) {
            return false;
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
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("all processes ended " + time.toMillis() + " ms after their parent was killed");
        assertThat(time).isLessThan(SOON);
        assertThat(filesOfOurs(directory)).isEmpty();
    }

    @Test
    void parentKilledWhileWorkersStart_leavesNothingBehind(@TempDir Path directory) throws Exception {
        for (int round = 0; round < 5; round++) {
            ChildJvm.Running parent = jvm(Starting.class, directory).start();
            Eventually.await().until(() -> !filesOfOurs(directory).isEmpty());
            List<ProcessHandle> workers = parent.descendants();
            parent.signal("KILL");
            Eventually.await().until(() -> workers.stream().noneMatch(worker -> isAlive(worker.pid())));
            Eventually.await().until(() -> filesOfOurs(directory).isEmpty());
        }
    }

    @Test
    void workersThatAreKilled_leaveNeitherFilesNorZombies(@TempDir Path directory) throws Exception {
        ChildJvm.Result result = jvm(Killing.class, directory).run();
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output().lines().filter(line -> line.equals("result 42")))
                .hasSize(5);
        assertThat(result.output()).contains("children 0 zombies 0");
        assertThat(filesOfOurs(directory)).isEmpty();
    }

    @Test
    void interruptOfTheTerminal_isForTheParentToHeed(@TempDir Path directory) throws Exception {
        ChildJvm.Running parent =
                jvm(Interrupted.class, directory).inGroupOfItsOwn().start();
        parent.awaitOutput("pid ");
        long worker = pids(parent.printed()).get(0);
        parent.signalGroup("INT");
        ChildJvm.Result result = parent.end();
        assertThat(result.output()).contains("result of the task").doesNotContain("Exception");
        assertThat(result.exit()).as("of a program that SIGINT ends").isEqualTo(130);
        Eventually.await().until(() -> !isAlive(worker));
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
