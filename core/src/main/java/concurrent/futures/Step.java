// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Derived} future is made from the outcome of another one. Can be serialized if the user's function can.
 *
 * @param onResult whether the function is called for a result; otherwise that is passed on
 * @param onFailure whether it is called for an exception or a cancellation; otherwise those are passed on
 * @param isFuture whether it returns a future that tells the outcome, instead of the result itself
 * @param call the user's function
 */
record Step(boolean onResult, boolean onFailure, boolean isFuture, Handler<@Nullable Object, @Nullable Object> call)
        implements Serializable {

    @SuppressWarnings("unchecked") // A future gives its function what it has itself.
    static Step apply(Mapper<?, ?> fn) {
        return new Step(
                true,
                false,
                false,
                (value, exception) -> ((Mapper<@Nullable Object, @Nullable Object>) fn).apply(value));
    }

    @SuppressWarnings("unchecked") // As above.
    static Step compose(Mapper<?, ?> fn) {
        return new Step(
                true,
                false,
                true,
                (value, exception) -> ((Mapper<@Nullable Object, @Nullable Object>) fn).apply(value));
    }

    @SuppressWarnings("unchecked") // As above.
    static Step handle(Handler<?, ?> handler) {
        return new Step(true, true, false, (Handler<@Nullable Object, @Nullable Object>) handler);
    }

    @SuppressWarnings("unchecked") // As above.
    static Step exceptionally(Mapper<?, ?> fn) {
        return new Step(
                false,
                true,
                false,
                (value, exception) -> ((Mapper<@Nullable Object, @Nullable Object>) fn).apply(exception));
    }

    boolean isFor(Future<?> done) {
        return done.state() == java.util.concurrent.Future.State.SUCCESS ? onResult : onFailure;
    }

    /**
     * The function and what it is called with: all that another process would need.
     *
     * @param step what has the function
     * @param value the result of the source
     * @param exception why the source has none
     */
    record Call(Step step, @Nullable Object value, @Nullable Throwable exception) implements Task<@Nullable Object> {
        @Override
        public @Nullable Object call() throws Exception {
            return step.call.handle(value, exception);
        }
    }

    Call on(Future<?> done) {
        return switch (done.state()) {
            case SUCCESS -> new Call(this, done.resultNow(), null);
            case FAILED -> new Call(this, null, done.exceptionNow());
            default -> new Call(this, null, new CancellationException(done.toString()));
        };
    }
}
