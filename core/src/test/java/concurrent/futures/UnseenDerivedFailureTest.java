// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** A failure that reaches several futures is told of once, if nobody has looked at any of them. */
@Timeout(60)
@Isolated("there is one handler for all")
class UnseenDerivedFailureTest {
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final FutureExecutor executor = new ThreadExecutor(1);

    private static final class OnPurpose extends RuntimeException {
        private static final long serialVersionUID = 1;

        OnPurpose(String message) {
            super(message);
        }
    }

    @BeforeEach
    void listen() {
        Futures.onUnseenFailure((name, thrown) -> {
            Throwable root = thrown.getCause() == null ? thrown : thrown.getCause();
            if (root instanceof OnPurpose) {
                heard.add(root.getMessage());
            }
        });
    }

    @AfterEach
    void close() {
        Futures.onUnseenFailure(Log::failureUnseen);
        executor.close();
    }

    private Future<Integer> failed(String message) {
        Future<Integer> future = executor.submit(() -> {
            throw new OnPurpose(message);
        });
        while (!future.isDone()) {
            Thread.onSpinWait();
        }
        return future;
    }

    /** Runs something that leaves futures to be collected, and waits until what is to be heard has been. */
    private void collect(Supplier<List<Future<?>>> maker) {
        List<WeakReference<Object>> references = maker.get().stream()
                .map(each -> new WeakReference<Object>(each))
                .toList();
        references.forEach(Garbage::awaitCollected);
        // Cleaners run one after the other.
        Garbage.awaitCollected(Garbage.reference(object -> Reclaim.register(object, () -> {})));
    }

    @Test
    void chainThatIsDropped_isToldOnce() {
        collect(() -> {
            Future<Integer> first = failed("chain");
            Future<Integer> second = first.thenApply(n -> n);
            return List.of(first, second, second.thenApply(n -> n));
        });
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("chain");
    }

    @Test
    void lookAtAnyOfThem_isEnough() {
        collect(() -> {
            Future<Integer> first = failed("source looked at later");
            Future<Integer> second = first.thenApply(n -> n);
            first.exceptionNow();
            return List.of(first, second);
        });
        collect(() -> {
            Future<Integer> first = failed("one of two looked at");
            Future<Integer> dropped = first.thenApply(n -> n);
            Future<Integer> seen = first.thenApply(n -> n);
            seen.exceptionNow();
            return List.of(first, dropped, seen);
        });
        collect(() -> List.of(failed("handled").handle((value, exception) -> 0)));
        collect(() -> {
            Future<Integer> all =
                    Futures.all(List.of(failed("first"), failed("second"))).thenApply(List::size);
            all.exceptionNow();
            return List.of(all);
        });
        assertThat(heard).isEmpty();
    }

    @Test
    void combinedFailures_thatAreDropped_areToldOnce() {
        collect(() -> List.of(Futures.all(List.of(failed("all 1"), failed("all 2")))));
        collect(() -> List.of(Futures.any(List.of(failed("any 1"), failed("any 2")))));
        Eventually.await().until(() -> heard.size() >= 2);
        assertThat(heard).containsExactly("all 1", "any 1");
    }

    @Test
    void functionThatFails_isToldOf_whereverItRuns() {
        collect(() -> List.of(Futures.completed(1).thenApply(n -> {
            throw new OnPurpose("inline");
        })));
        collect(() -> List.of(Futures.completed(1)
                .thenApply(
                        n -> {
                            throw new OnPurpose("foreign");
                        },
                        (java.util.concurrent.Executor) Runnable::run)));
        collect(() -> {
            Future<Integer> ours = Futures.completed(1)
                    .thenApply(
                            n -> {
                                throw new OnPurpose("ours");
                            },
                            executor);
            while (!ours.isDone()) {
                Thread.onSpinWait();
            }
            return List.of(ours);
        });
        Eventually.await().until(() -> heard.size() >= 3);
        assertThat(heard).containsExactly("inline", "foreign", "ours");
    }

    @Test
    void failuresBesideASuccess_areNotTold() throws Exception {
        collect(() -> List.of(Futures.any(List.of(failed("before the success"), Futures.completed(1)))));
        collect(() -> {
            try (TaskGroup group = TaskGroup.open(executor, TaskGroup.Policy.FIRST_SUCCESS)) {
                Future<Integer> failing = group.submit(() -> {
                    throw new OnPurpose("in a group");
                });
                group.submit(() -> 1);
                group.join();
                return List.of(failing);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(heard).isEmpty();
    }

    @Test
    void oneHandledFailure_howeverLongItsChain_doesNotPushOutAnother() {
        collect(() -> {
            Future<Integer> real = failed("real");
            Future<Integer> long1 = failed("handled");
            for (int i = 0; i < 1_100; i++) {
                long1 = long1.thenApply(n -> n);
            }
            long1.exceptionNow();
            return List.of(real);
        });
        Eventually.await().until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly("real");
    }
}
