// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The obvious line compiles without a cast or a type witness; that this class compiles is most of the test. */
class FuturesGenericsTest {
    private final Future<Integer> one = Futures.completed(1);
    private final Future<Double> half = Futures.completed(0.5);

    @Test
    void await_infersTheTypeOfTheResults() throws InterruptedException {
        List<Future<Integer>> futures = List.of(one);
        DoneAndNotDone<Integer> same = Futures.await(futures);
        DoneAndNotDone<Number> wider = Futures.await(futures, ReturnWhen.FIRST_COMPLETED);
        DoneAndNotDone<Object> widest = Futures.await(futures, ManyFutures.LONG, ReturnWhen.ALL_COMPLETED);
        for (Future<Integer> future : Futures.await(futures).done()) {
            int value = future.join();
            assertThat(value).isEqualTo(1);
        }
        var inferred = Futures.await(futures);
        Set<Future<Integer>> done = inferred.done();
        assertThat(done).containsExactlyElementsOf(same.done());
        assertThat(wider.done()).hasSize(1);
        assertThat(widest.done()).hasSize(1);
    }

    @Test
    void await_takesFuturesOfDifferentTypes() throws InterruptedException {
        DoneAndNotDone<Number> numbers = Futures.await(List.of(one, half));
        List<Future<? extends Number>> mixed = List.of(one, half);
        DoneAndNotDone<Number> again = Futures.await(mixed);
        Collection<Future<?>> unknown = List.of(one, half);
        DoneAndNotDone<Object> objects = Futures.await(unknown);
        var anything = Futures.await(unknown);
        assertThat(numbers.done()).hasSize(2);
        assertThat(again.done()).hasSize(2);
        assertThat(objects.done()).hasSize(2);
        assertThat(anything.done()).hasSize(2);
    }

    @Test
    void await_takesPromises() throws InterruptedException {
        Promise<Integer> promise = new Promise<>();
        promise.setResult(1);
        List<Promise<Integer>> promises = List.of(promise);
        DoneAndNotDone<Integer> split = Futures.await(promises);
        assertThat(split.done()).hasSize(1);
    }

    @Test
    void asCompleted_infersTheTypeOfTheResults() throws Exception {
        List<Future<Integer>> futures = List.of(one);
        int sum = 0;
        for (Future<Integer> future : Futures.asCompleted(futures)) {
            sum += future.result();
        }
        AsCompleted<Number> wider = Futures.asCompleted(List.of(one, half));
        wider.add(one);
        Future<Number> taken = wider.take();
        Stream<Future<Number>> rest = wider.stream();
        assertThat(rest.map(Future::join).toList()).hasSize(1);
        assertThat(taken.join()).isEqualTo(1);
        List<Integer> values =
                Futures.asCompleted(futures).stream().map(Future::join).toList();
        assertThat(values).containsExactly(sum);
    }

    @Test
    void asCompleted_takesFuturesOfUnknownType() {
        List<Future<?>> unknown = new ArrayList<>();
        try (ThreadExecutor executor = new ThreadExecutor(1)) {
            unknown.add(executor.submit(() -> {}));
            unknown.add(executor.submit(() -> 1));
            int count = 0;
            for (Future<?> future : Futures.asCompleted(unknown)) {
                assertThat(future.isDone()).isTrue();
                count++;
            }
            assertThat(count).isEqualTo(2);
        }
    }

    @Test
    void map_infersTheTypesOfItemsAndResults() {
        try (ThreadExecutor executor = new ThreadExecutor(2)) {
            List<Integer> lengths =
                    executor.map(String::length, List.of("a", "bc")).toList();
            Stream<Number> wider = executor.map(String::length, List.of("abc"));
            Mapper<Object, String> describe = String::valueOf;
            Stream<CharSequence> descriptions = executor.map(describe, List.of(1, 2));
            assertThat(lengths).containsExactly(1, 2);
            assertThat(wider).hasSize(1);
            assertThat(descriptions).hasSize(2);
        }
    }
}
