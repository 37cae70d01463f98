// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** What the tests of the verbs over many futures share. */
final class ManyFutures {
    /** Longer than anything here takes; a wait of this length stands for one that must not be needed. */
    static final Duration LONG = Duration.ofSeconds(30);

    private ManyFutures() {}

    static List<Promise<Integer>> promises(int count) {
        List<Promise<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            promises.add(new Promise<>());
        }
        return promises;
    }

    static <T> Promise<T> running() {
        Promise<T> promise = new Promise<>();
        promise.setRunningOrNotifyCancel();
        return promise;
    }

    static <T> Promise<T> cancelled() {
        Promise<T> promise = new Promise<>();
        promise.cancel();
        return promise;
    }

    static <T> Promise<T> cancelledAndNotified() {
        Promise<T> promise = cancelled();
        promise.setRunningOrNotifyCancel();
        return promise;
    }

    /** Whether no wait, not even one that has ended, has left a listener on the future. */
    static boolean isBare(Future<?> future) {
        return !(future.word() instanceof Open open) || open.newest() == null;
    }

    static void assertBare(Iterable<? extends Future<?>> futures) {
        assertThat(futures)
                .allSatisfy(future ->
                        assertThat(isBare(future)).as("no listener is left").isTrue());
    }

    static boolean isParked(Thread thread) {
        return switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        };
    }

    /** Looks often, since most of what the tests wait for is a matter of microseconds. */
    static ConditionFactory eventually() {
        return Awaitility.await().atMost(LONG).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1));
    }

    static void awaitCollected(Reference<?> reference) {
        eventually().atMost(Duration.ofSeconds(10)).until(() -> {
            System.gc();
            return reference.refersTo(null);
        });
    }

    static void awaitPassed(long nanoTime) {
        eventually().until(() -> System.nanoTime() - nanoTime > 0);
    }

    static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    /** A call on a thread of its own, in no executor. */
    static final class Background<T> {
        final Thread thread;
        private final FutureTask<T> task;

        private Background(Callable<T> body) {
            task = new FutureTask<>(body);
            thread = new Thread(task, "background");
            thread.setDaemon(true);
            thread.start();
        }

        static <T> Background<T> start(Callable<T> body) {
            return new Background<>(body);
        }

        T get() throws Exception {
            try {
                return task.get(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (java.util.concurrent.ExecutionException e) {
                if (e.getCause() instanceof Exception cause) {
                    throw cause;
                }
                throw e;
            }
        }

        boolean isDone() {
            return task.isDone();
        }

        void awaitParked() {
            eventually().until(() -> task.isDone() || isParked(thread));
            assertThat(task.isDone()).as("still waiting").isFalse();
        }

        /** Whether it goes on waiting, looked at for long enough to notice if it had been woken. */
        void assertStaysParked() {
            awaitParked();
            eventually().during(Duration.ofMillis(10)).until(() -> !task.isDone());
            awaitParked();
        }
    }

    /** Holds up those who want to pass until it is opened or closed, whichever is last in a test. */
    static final class Gate implements AutoCloseable {
        private final CountDownLatch open = new CountDownLatch(1);
        private final AtomicInteger entered = new AtomicInteger();

        void pass() throws InterruptedException {
            entered.incrementAndGet();
            open.await();
        }

        <T> T passWith(T value) throws InterruptedException {
            pass();
            return value;
        }

        int entered() {
            return entered.get();
        }

        void awaitEntered(int count) {
            eventually().until(() -> entered.get() >= count);
        }

        void open() {
            open.countDown();
        }

        @Override
        public void close() {
            open();
        }
    }

    /** The items 0, 1, 2, … that counts how many have been read. */
    static final class Counted implements Iterable<Integer> {
        private final AtomicInteger read = new AtomicInteger();
        private final int size;
        private final Function<Integer, Integer> item;

        private Counted(int size, Function<Integer, Integer> item) {
            this.size = size;
            this.item = item;
        }

        static Counted upTo(int size) {
            return new Counted(size, i -> i);
        }

        static Counted infinite() {
            return new Counted(Integer.MAX_VALUE, i -> i);
        }

        static Counted of(int size, Function<Integer, Integer> item) {
            return new Counted(size, item);
        }

        int read() {
            return read.get();
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return read.get() < size;
                }

                @Override
                public Integer next() {
                    return item.apply(read.getAndIncrement());
                }
            };
        }
    }
}
