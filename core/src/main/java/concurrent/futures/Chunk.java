// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task of {@link FutureExecutor#map}: a function and the items that it is to be applied to.
 *
 * @param <A> the type of the items
 * @param <R> the type of the results
 * @param fn the function
 * @param items the items
 */
record Chunk<A extends @Nullable Object, R extends @Nullable Object>(Mapper<? super A, ? extends R> fn, List<A> items)
        implements Task<List<Chunk.Outcome<R>>> {

    /** Applies the function to each item; one that fails does not keep the others from being tried. */
    @Override
    @SuppressWarnings("NullAway") // An item may be null if its type says so.
    public List<Outcome<R>> call() {
        List<Outcome<R>> outcomes = new ArrayList<>(items.size());
        for (A item : items) {
            outcomes.add(outcome(item));
        }
        return outcomes;
    }

    private Outcome<R> outcome(A item) {
        try {
            return new Outcome<>(fn.apply(item), null);
        } catch (InterruptedException e) {
            // The interrupt was meant for the whole task, so the items that follow hear of it, too.
            Thread.currentThread().interrupt();
            return new Outcome<>(null, e);
        } catch (Throwable thrown) {
            return new Outcome<>(null, thrown);
        }
    }

    /**
     * What became of one item.
     *
     * @param <R> the type of the results
     * @param value the result; without meaning if there is an exception
     * @param exception what the function threw; null if it returned
     */
    record Outcome<R extends @Nullable Object>(
            @Nullable R value, @Nullable Throwable exception) implements Serializable {

        /** The result, or the exception as {@link Future#join} throws it. */
        @SuppressWarnings("NullAway") // The value is null only if the function returned that.
        R get() {
            if (exception != null) {
                throw Failed.<RuntimeException>rethrow(new Failed(exception).forJoin());
            }
            return value;
        }
    }
}
