// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.ExecutorListener;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.TaskEvent;
import concurrent.futures.TaskOutcome;
import concurrent.futures.ThreadExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What watching costs: tasks that do nothing, as many as go through, watched in several ways. Its argument is a number of
 * rounds; it is run as {@link Endurance} is.
 */
final class Load {
    private static final int TASKS = 300_000;

    private Load() {}

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[0]);
        for (int round = 0; round < rounds; round++) {
            try (FutureExecutor executor = new ThreadExecutor(2)) {
                print("unwatched", run(executor));
                try (ExecutorListener.Registration unused = executor.addListener(new ExecutorListener() {})) {
                    print("a listener that does nothing", run(executor));
                }
                try (Monitor unused = Monitor.record(executor)) {
                    print("recorded", run(executor));
                }
                try (Monitor monitor = Monitor.start(executor);
                        BufferedReader page = Browser.in(monitor).lines("GET /events")) {
                    AtomicLong characters = new AtomicLong();
                    var unusedToo = Thread.ofPlatform().daemon().start(() -> read(page, characters));
                    print("page open", run(executor));
                    System.out.printf("%40s %,d characters sent%n", "", characters.get());
                }
            }
            print("calls of a recorder, in processor time", calls());
            Runtime runtime = Runtime.getRuntime();
            System.gc();
            System.out.printf("heap %,d MB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
        }
    }

    private static void read(BufferedReader page, AtomicLong characters) {
        try {
            for (String line = page.readLine(); line != null; line = page.readLine()) {
                characters.addAndGet(line.length());
            }
        } catch (IOException e) {
            // The monitor is closed.
        }
    }

    /** Nanoseconds of a processor that the three calls for a task take, with counters that nobody else writes to. */
    private static double calls() {
        try (FutureExecutor executor = new ThreadExecutor(1);
                Recorder recorder = new Recorder("load", List.of(executor))) {
            ExecutorListener listener = recorder.executor(0);
            Future<?> future = Futures.completed(null);
            long now = System.nanoTime();
            TaskEvent submitted = new TaskEvent("e", 1, "nothing", null, -1, null, now, 0, 0, null, future);
            long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            for (long id = 0; id < TASKS; id++) {
                listener.submitted(submitted);
                listener.started(new TaskEvent("e", id, "nothing", "w", 0, null, now, now, 0, null, future));
                listener.finished(new TaskEvent(
                        "e", id, "nothing", "w", 0, TaskOutcome.SUCCEEDED, now, now, now + 1000, null, future));
                if (id % (TASKS / 12) == 0) {
                    recorder.tick((view, tick) -> {});
                }
            }
            return (double) (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin) / TASKS;
        }
    }

    /** Nanoseconds for each task. */
    private static double run(FutureExecutor executor) throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(TASKS);
        FutureExecutor named = executor.withName("nothing");
        long begin = System.nanoTime();
        for (int i = 0; i < TASKS; i++) {
            var unused = named.submit(() -> ended.countDown());
        }
        ended.await();
        return (double) (System.nanoTime() - begin) / TASKS;
    }

    private static void print(String how, double nanos) {
        System.out.printf("%-40s %,8.0f ns a task, %,12.0f tasks/s%n", how, nanos, 1e9 / nanos);
    }
}
