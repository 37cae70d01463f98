// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.ReturnWhen;
import concurrent.futures.ThreadExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** The life of one executor: some threads do random things to it, and then everything is checked. */
final class Round {
    private static final int MOST_SUBMITTERS = 4;
    private static final int MOST_STEPS = 400;
    private static final Duration LONG = Duration.ofSeconds(60);

    private final long seed;
    private final RandomGenerator random;
    private final Tally tally;
    private final String prefix;
    private final FutureExecutor executor;
    private final Tasks tasks;
    private final Queue<Ticket> tickets = new ConcurrentLinkedQueue<>();

    /** What a submitter has met that none should. */
    private final AtomicReference<@Nullable Throwable> mistake = new AtomicReference<>();

    Round(long seed, Tally tally) {
        this.seed = seed;
        this.tally = tally;
        this.random = newRandom(seed);
        this.prefix = "soak-" + Long.toUnsignedString(seed);
        this.executor = RandomExecutors.open(random, prefix, tally);
        this.tasks = new Tasks(executor, tickets, tally);
    }

    private static RandomGenerator newRandom(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    void run() throws Exception {
        List<Thread> submitters = new ArrayList<>();
        int steps = random.nextInt(MOST_STEPS);
        for (int i = random.nextInt(1, MOST_SUBMITTERS + 1); i > 0; i--) {
            RandomGenerator own = newRandom(random.nextLong());
            submitters.add(Thread.ofPlatform().name(prefix + "-submitter").start(() -> {
                try {
                    submit(own, steps);
                } catch (Throwable thrown) {
                    mistake.compareAndSet(null, thrown);
                }
            }));
        }
        if (random.nextBoolean()) {
            // In the middle of it all.
            Thread.sleep(random.nextInt(3));
            end();
        }
        for (Thread submitter : submitters) {
            ensure(submitter.join(LONG), "a submitter hangs");
        }
        if (mistake.get() != null) {
            throw new AssertionError("a submitter failed", mistake.get());
        }
        end();
        ensure(executor.awaitTermination(LONG.toSeconds(), TimeUnit.SECONDS), "the executor does not end");
        for (Ticket ticket : tickets) {
            ticket.check(tally);
        }
        ensureNoThreadIsLeft();
    }

    private void end() {
        switch (random.nextInt(4)) {
            case 0 -> executor.shutdown(/* cancelPending= */ true);
            case 1 -> executor.shutdownNow();
            default -> executor.shutdown();
        }
    }

    private void submit(RandomGenerator own, int steps) {
        List<Future<?>> mine = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            try {
                step(own, mine);
            } catch (RejectedExecutionException e) {
                // The ticket knows.
            } catch (InterruptedException e) {
                // From a task that this thread has run itself.
            }
        }
    }

    /** Submits a task, or does something to one of those that have been submitted. */
    private void step(RandomGenerator own, List<Future<?>> mine) throws InterruptedException {
        if (mine.isEmpty() || own.nextInt(3) > 0) {
            mine.add(tasks.submit(own));
            return;
        }
        Future<?> one = mine.get(own.nextInt(mine.size()));
        switch (own.nextInt(8)) {
            case 0 -> one.cancel();
            case 1 -> one.cancel(/* mayInterruptIfRunning= */ true);
            case 2 -> one.cancel(/* mayInterruptIfRunning= */ false);
            case 3 ->
                one.addDoneCallback(done -> {
                    tally.faults.increment();
                    throw new IllegalStateException("a callback that fails on purpose");
                });
            case 4 -> resize(own);
            case 5 -> Futures.await(mine, Duration.ofNanos(own.nextInt(100_000)), ReturnWhen.FIRST_COMPLETED);
            case 6 -> Thread.sleep(0, own.nextInt(200_000));
            default -> {
                try {
                    one.exception(Duration.ofNanos(own.nextInt(100_000)));
                } catch (TimeoutException | java.util.concurrent.CancellationException e) {
                    // Either is fine.
                }
            }
        }
    }

    private void resize(RandomGenerator own) {
        if (executor instanceof ThreadExecutor threads) {
            threads.setMaxWorkers(own.nextInt(1, 9));
        }
    }

    private void ensureNoThreadIsLeft() throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (countThreads() > 0) {
            ensure(System.nanoTime() - end < 0, "threads are left");
            Thread.sleep(1);
        }
    }

    private long countThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .count();
    }

    private void ensure(boolean condition, String otherwise) {
        if (!condition) {
            StringBuilder text = new StringBuilder(otherwise + " in round " + seed + ": " + executor);
            tickets.stream().filter(Ticket::isOpen).limit(10).forEach(each -> text.append("\n  " + each));
            for (Map.Entry<Thread, StackTraceElement[]> each :
                    Thread.getAllStackTraces().entrySet()) {
                text.append("\n" + each.getKey());
                for (StackTraceElement element : each.getValue()) {
                    text.append("\n    " + element);
                }
            }
            throw new AssertionError(text.toString());
        }
    }
}
