// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A task of {@link FutureExecutor#map}: a function and the items that it is to be applied to. Its outcomes are the
 * results themselves, so that they are no more to store or to send than they would be otherwise, and a {@link Thrown} in
 * the place of each that is missing.
 *
 * @param <A> the type of the items
 * @param <R> the type of the results
 * @param fn the function
 * @param items the items
 */
record Chunk<A extends @Nullable Object, R extends @Nullable Object>(Mapper<? super A, ? extends R> fn, List<A> items)
        implements Task<List<@Nullable Object>> {

    /** Applies the function to each item; one that fails does not keep the others from being tried, a lack of memory does. */
    @Override
    @SuppressWarnings("NullAway") // An item may be null if its type says so.
    public List<@Nullable Object> call() {
        List<@Nullable Object> outcomes = new ArrayList<>(items.size());
        for (A item : items) {
            outcomes.add(outcome(item));
        }
        return outcomes;
    }

    private @Nullable Object outcome(A item) {
        try {
            return fn.apply(item);
        } catch (InterruptedException e) {
            // The interrupt was meant for the whole task, so the items that follow hear of it, too.
            Thread.currentThread().interrupt();
            return new Thrown(e);
        } catch (Throwable thrown) {
            if (thrown instanceof VirtualMachineError error && !(error instanceof StackOverflowError)) {
                // Whoever runs the task is to know that this JVM is in doubt.
                throw error;
            }
            return new Thrown(thrown);
        }
    }

    /**
     * Stands for the result of an item for which the function threw.
     *
     * @param exception what it threw
     */
    private record Thrown(Throwable exception) implements Serializable {}

    /** Gives the result that an outcome is to somebody, or throws the exception as {@link Future#join} does. */
    @SuppressWarnings({"unchecked", "NullAway"}) // It is what the function has returned.
    static <R extends @Nullable Object> void give(@Nullable Object outcome, Consumer<? super R> action) {
        if (outcome instanceof Thrown thrown) {
            throw Failed.<RuntimeException>rethrow(new Failed(thrown.exception()).forJoin());
        }
        action.accept((R) outcome);
    }
}
