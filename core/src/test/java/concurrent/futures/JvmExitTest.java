// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The end of a JVM in which executors have been used and not been closed, each time in a JVM of its own. */
class JvmExitTest {
    /** Generous towards a busy machine, and far from the keepAlive of 60 s that a worker would stay. */
    private static final long SOON_MILLIS = 4_000;

    /** Work takes a while, so that main is over long before it is done. */
    private static void work() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(20);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    private static void endsSoonAfterAll(Class<?> main, int tasks) throws Exception {
        ChildJvm.Result result = ChildJvm.of(main).run();
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.output().lines().filter(line -> line.startsWith("task ")))
                .hasSize(tasks);
        assertThat(result.output().indexOf("main "))
                .as("main is over before the work")
                .isLessThan(result.output().lastIndexOf("task "));
        assertThat(result.millisSince("task")).isLessThan(SOON_MILLIS);
    }

    @Test
    void endOfMain_withWorkOnPlatformThreads_waitsForItAndNoLonger() throws Exception {
        endsSoonAfterAll(OnPlatformThreads.class, 20);
    }

    static final class OnPlatformThreads {
        public static void main(String[] args) {
            submit(new ThreadExecutor(2), 20);
            ChildJvm.tell("main");
        }
    }

    private static void submit(FutureExecutor executor, int tasks) {
        for (int i = 0; i < tasks; i++) {
            executor.submit(() -> {
                work();
                ChildJvm.tell("task");
            });
        }
    }

    @Test
    void endOfMain_withWorkOnVirtualThreads_waitsForItAndNoLonger() throws Exception {
        endsSoonAfterAll(OnVirtualThreads.class, 20);
    }

    static final class OnVirtualThreads {
        public static void main(String[] args) {
            submit(new VirtualThreadExecutor(2), 20);
            ChildJvm.tell("main");
        }
    }

    @Test
    void endOfMain_withWorkOnBoth_waitsForItAndNoLonger() throws Exception {
        endsSoonAfterAll(OnBoth.class, 30);
    }

    static final class OnBoth {
        public static void main(String[] args) {
            submit(new ThreadExecutor(1), 15);
            submit(new VirtualThreadExecutor(1), 14);
            // Shut down without waiting is no different.
            FutureExecutor shut = new FreshThreadExecutor(1);
            submit(shut, 1);
            shut.shutdown();
            ChildJvm.tell("main");
        }
    }

    @Test
    void endOfMain_withWorkThatSubmitsWork_waitsForAllOfIt() throws Exception {
        endsSoonAfterAll(Chained.class, 20);
    }

    static final class Chained {
        public static void main(String[] args) {
            chain(new ThreadExecutor(2), new VirtualThreadExecutor(), 20);
            ChildJvm.tell("main");
        }

        /** Each task submits the next one to the other executor. */
        private static void chain(FutureExecutor executor, FutureExecutor other, int left) {
            if (left > 0) {
                executor.submit(() -> {
                    work();
                    ChildJvm.tell("task");
                    chain(other, executor, left - 1);
                });
            }
        }
    }

    /** Executors that go idle and busy again and again must not let the JVM end in between, nor after. */
    @Test
    void endOfMain_afterManyIdleGaps_waitsForTheLastTask() throws Exception {
        endsSoonAfterAll(Gaps.class, 1);
    }

    static final class Gaps {
        public static void main(String[] args) throws Exception {
            ThreadExecutor platform = new ThreadExecutor(2);
            VirtualThreadExecutor virtual = new VirtualThreadExecutor();
            for (int i = 0; i < 60; i++) {
                platform.submit(() -> "platform").result();
                virtual.submit(() -> "virtual").result();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(i % 30));
            }
            submit(platform, 1);
            ChildJvm.tell("main");
        }
    }

    @Test
    void endOfMain_afterWorkersHaveExpired_waitsForTheWork() throws Exception {
        endsSoonAfterAll(Expired.class, 1);
    }

    static final class Expired {
        public static void main(String[] args) throws Exception {
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(2)
                    .keepAlive(Duration.ofMillis(1))
                    .build();
            for (int i = 0; i < 5; i++) {
                executor.submit(() -> "done").result();
                Eventually.await().until(() -> executor.liveWorkers() == 0);
            }
            submit(executor, 1);
            ChildJvm.tell("main");
        }
    }

    @Test
    void endOfMain_withIdleExecutorsNobodyClosed_isTheEnd() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Forgotten.class).run();
        assertThat(result.exit()).isZero();
        assertThat(result.millisSince("main")).isLessThan(SOON_MILLIS);
    }

    static final class Forgotten {
        static final ThreadExecutor PLATFORM = new ThreadExecutor(2);
        static final VirtualThreadExecutor VIRTUAL = new VirtualThreadExecutor();
        static final FreshThreadExecutor FRESH = new FreshThreadExecutor(2);

        public static void main(String[] args) throws Exception {
            PLATFORM.submit(() -> "platform").result();
            VIRTUAL.submit(() -> "virtual").result();
            FRESH.submit(() -> "fresh").result();
            ChildJvm.tell("main");
        }
    }

    @Test
    void endOfMain_withThreadsOfAFactoryThatAreNotDaemons_isTheEndToo() throws Exception {
        ChildJvm.Result result = ChildJvm.of(OwnFactory.class).run();
        assertThat(result.exit()).isZero();
        assertThat(result.output()).contains("daemon true");
        assertThat(result.millisSince("main")).isLessThan(SOON_MILLIS);
    }

    static final class OwnFactory {
        static final ThreadExecutor EXECUTOR = ThreadExecutor.builder()
                .threadFactory(task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(false);
                    return thread;
                })
                .build();

        public static void main(String[] args) throws Exception {
            System.out.println("daemon "
                    + EXECUTOR.submit(() -> Thread.currentThread().isDaemon()).result());
            ChildJvm.tell("main");
        }
    }

    @Test
    void endOfMain_byException_waitsForWorkAndTellsTheFailure() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Failing.class).run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output()).contains("task ", "main fails");
        assertThat(result.millisSince("task")).isLessThan(SOON_MILLIS);
    }

    static final class Failing {
        public static void main(String[] args) {
            submit(new ThreadExecutor(2), 1);
            throw new IllegalStateException("main fails");
        }
    }

    /** A task that its submitter runs, a daemon thread at that, is work as any other. */
    @Test
    void endOfMain_withWorkThatACallerRuns_waitsForIt() throws Exception {
        endsSoonAfterAll(InCaller.class, 1);
    }

    static final class InCaller {
        public static void main(String[] args) throws Exception {
            ThreadExecutor executor = ThreadExecutor.builder()
                    .maxWorkers(1)
                    .queueCapacity(1)
                    .whenFull(WhenFull.CALLER_RUNS)
                    .build();
            Gate gate = new Gate();
            Gate inCaller = new Gate();
            executor.submit(gate::pass);
            executor.submit(gate::pass);
            Thread caller = new Thread(() -> executor.submit(() -> {
                gate.open();
                inCaller.pass();
                work();
                work();
                ChildJvm.tell("task");
            }));
            caller.setDaemon(true);
            caller.start();
            inCaller.awaitArrivals(1);
            ChildJvm.tell("main");
            inCaller.open();
        }
    }

    /** A task that was cancelled, refused or interrupted is not work that is outstanding. */
    @Test
    void endOfMain_afterCancelAndShutdownNow_isTheEnd() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Stopped.class).run();
        assertThat(result.exit()).as(result.output()).isZero();
        assertThat(result.millisSince("main")).isLessThan(SOON_MILLIS);
    }

    static final class Stopped {
        public static void main(String[] args) throws Exception {
            for (FutureExecutor executor : new FutureExecutor[] {new ThreadExecutor(1), new VirtualThreadExecutor(1)}) {
                Gate gate = new Gate();
                Future<?> running = executor.submit(gate::pass);
                gate.awaitArrivals(1);
                Future<?> pending = executor.submit(gate::pass);
                executor.submit(gate::pass);
                pending.cancel();
                running.cancel(true);
                executor.shutdownNow();
            }
            ChildJvm.tell("main");
        }
    }

    @Test
    void systemExit_whileTasksRun_endsPromptly() throws Exception {
        ChildJvm.Result result = ChildJvm.of(Exiting.class).run();
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.millisSince("exit")).isLessThan(SOON_MILLIS);
    }

    static final class Exiting {
        public static void main(String[] args) throws Exception {
            Busy.main(args);
            ChildJvm.tell("exit");
            System.exit(7);
        }
    }

    @Test
    void systemExit_fromTask_endsPromptly() throws Exception {
        ChildJvm.Result result = ChildJvm.of(ExitingInTask.class).run();
        assertThat(result.exit()).isEqualTo(7);
        assertThat(result.millisSince("exit")).isLessThan(SOON_MILLIS);
    }

    static final class ExitingInTask {
        public static void main(String[] args) throws Exception {
            Busy.main(args);
            new ThreadExecutor(1).submit(() -> {
                ChildJvm.tell("exit");
                System.exit(7);
            });
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill command")
    void interruptSignal_whileTasksRun_endsPromptly() throws Exception {
        ChildJvm.Running child = ChildJvm.of(Busy.class).start().awaitOutput("busy");
        long signalled = System.currentTimeMillis();
        child.signal("INT");
        ChildJvm.Result result = child.end();
        assertThat(result.exit()).isEqualTo(130);
        assertThat(result.endMillis() - signalled).isLessThan(SOON_MILLIS);
    }

    /** Has tasks that never end, more of them queued, and is at the end of main. */
    static final class Busy {
        public static void main(String[] args) throws Exception {
            AtomicInteger started = new AtomicInteger();
            for (FutureExecutor executor : new FutureExecutor[] {new ThreadExecutor(2), new VirtualThreadExecutor(2)}) {
                for (int i = 0; i < 10; i++) {
                    executor.submit(() -> {
                        started.incrementAndGet();
                        while (true) {
                            LockSupport.park();
                            Thread.interrupted();
                        }
                    });
                }
            }
            while (started.get() < 4) {
                Thread.onSpinWait();
            }
            System.out.println("busy");
        }
    }
}
