// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import concurrent.futures.AsCompleted;
import concurrent.futures.DeadlockException;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.Futures;
import concurrent.futures.MapOptions;
import concurrent.futures.ReturnWhen;
import concurrent.futures.Task;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Tasks of many kinds, well and badly behaved. */
final class Tasks {
    /** So deep tasks submit others. */
    private static final int MOST_NESTED = 4;

    private static final List<Kind> ALL = List.of(Kind.values());
    private static final List<Kind> SIMPLE = ALL.subList(0, ALL.indexOf(Kind.SUBMIT_AND_WAIT));

    private final FutureExecutor executor;
    private final Queue<Ticket> tickets;
    private final Tally tally;

    Tasks(FutureExecutor executor, Queue<Ticket> tickets, Tally tally) {
        this.executor = executor;
        this.tickets = tickets;
        this.tally = tally;
    }

    Future<?> submit(RandomGenerator random) {
        return submit(random, MOST_NESTED);
    }

    private Future<?> submit(RandomGenerator random, int depth) {
        List<Kind> kinds = depth > 0 ? ALL : SIMPLE;
        Kind kind = kinds.get(random.nextInt(kinds.size()));
        Ticket ticket = new Ticket(kind.name());
        tickets.add(ticket);
        // Each task has a generator of its own, so that what it does depends on the seed alone.
        long seed = random.nextLong();
        Task<Object> task = () -> {
            ticket.begins();
            return perform(kind, depth - 1, new SplittableRandom(seed));
        };
        Future<Object> future = executor.submit(task);
        ticket.has(future);
        return future;
    }

    /** What a task does; from SUBMIT_AND_WAIT on, it submits others. */
    private enum Kind {
        NOTHING,
        NOTHING_EITHER,
        SLEEP,
        FAIL,
        FAIL_WITH_AN_ERROR,
        OVERFLOW,
        INTERRUPT_ITSELF,
        SUBMIT_AND_WAIT,
        SUBMIT_AND_WAIT_FOR_A_WHILE,
        SUBMIT_TWO_AND_WAIT_FOR_ONE,
        ITERATE,
        MAP,
        INVOKE_ANY
    }

    private Object perform(Kind kind, int depth, RandomGenerator random) throws Exception {
        return switch (kind) {
            case NOTHING, NOTHING_EITHER -> 0;
            case SLEEP -> {
                Thread.sleep(0, random.nextInt(300_000));
                yield 0;
            }
            case FAIL -> throw new java.io.IOException("a task that fails on purpose");
            case FAIL_WITH_AN_ERROR -> throw new OutOfMemoryError("an error on purpose");
            case OVERFLOW -> overflow(0);
            case INTERRUPT_ITSELF -> {
                tally.faults.increment();
                Thread.currentThread().interrupt();
                yield 0;
            }
            default -> performNested(kind, depth, random);
        };
    }

    @SuppressWarnings("InfiniteRecursion") // That is what it is for.
    private static int overflow(int level) {
        return 1 + overflow(level + 1);
    }

    private Object performNested(Kind kind, int depth, RandomGenerator random) throws Exception {
        try {
            return switch (kind) {
                case SUBMIT_AND_WAIT -> String.valueOf(submit(random, depth).exception());
                case SUBMIT_AND_WAIT_FOR_A_WHILE ->
                    String.valueOf(submit(random, depth).exception(Duration.ofNanos(random.nextInt(500_000))));
                case SUBMIT_TWO_AND_WAIT_FOR_ONE ->
                    Futures.await(List.of(submit(random, depth), submit(random, depth)), ReturnWhen.FIRST_COMPLETED)
                            .done()
                            .size();
                case ITERATE -> iterate(List.of(submit(random, depth), submit(random, depth)));
                case MAP ->
                    executor.map(i -> 2 * i, List.of(1, 2, 3), options(random)).count();
                default -> executor.invokeAny(List.<Callable<Integer>>of(() -> 1, () -> 2));
            };
        } catch (DeadlockException e) {
            throw new AssertionError("there are no rings here", e);
        } catch (RejectedExecutionException | CancellationException | TimeoutException e) {
            return e.toString();
        }
    }

    private static MapOptions options(RandomGenerator random) {
        return random.nextBoolean()
                ? MapOptions.defaults()
                : MapOptions.defaults().unordered();
    }

    private static int iterate(List<Future<?>> futures) {
        int count = 0;
        try (AsCompleted<?> completed = Futures.asCompleted(futures)) {
            for (Future<?> future : completed) {
                count += future.isDone() ? 1 : 0;
            }
        }
        return count;
    }
}
