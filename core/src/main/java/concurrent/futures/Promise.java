// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A future that is completed by hand: what tests use, and what stands for work that is not a task of an executor.
 *
 * <p>Whoever runs the work asks {@link #setRunningOrNotifyCancel()} first, does nothing if that says false, and calls
 * {@link #setResult} or {@link #setException} at the end. A promise that was never said to run may be completed as
 * well.
 *
 * {@snippet file="concurrent/futures/snippets/FutureSnippets.java" region="promise"}
 *
 * @param <T> the type of the result
 */
public final class Promise<T extends @Nullable Object> extends Future<T> {
    /** Creates a pending promise. */
    public Promise() {}

    /**
     * Says that the work begins, after which {@link #cancel()} is refused.
     *
     * @return true if the work may begin; false if this was cancelled and there is nothing to do
     * @throws InvalidStateException if this is neither pending nor newly cancelled (which is logged as well)
     */
    public boolean setRunningOrNotifyCancel() {
        if (claim(Frame.NOWHERE)) {
            return true;
        }
        if (noticeCancel()) {
            return false;
        }
        InvalidStateException invalid = invalidState();
        Log.error("Future in unexpected state: " + invalid.getMessage());
        throw invalid;
    }

    /**
     * Completes this with a result.
     *
     * @param value the result, which may be null
     * @throws InvalidStateException if this is done or cancelled
     */
    public void setResult(T value) {
        if (!trySetResult(value)) {
            throw invalidState();
        }
    }

    /**
     * Completes this with an exception.
     *
     * @param exception the exception
     * @throws InvalidStateException if this is done or cancelled
     */
    public void setException(Throwable exception) {
        if (!trySetException(exception)) {
            throw invalidState();
        }
    }

    /**
     * Completes this with a result unless it is done or cancelled.
     *
     * @param value the result, which may be null
     * @return whether this call completed it
     */
    public boolean trySetResult(T value) {
        return settle(encode(value));
    }

    /**
     * Completes this with an exception unless it is done or cancelled.
     *
     * @param exception the exception
     * @return whether this call completed it
     */
    public boolean trySetException(Throwable exception) {
        return settle(new Failed(requireNonNull(exception, "exception")));
    }

    private InvalidStateException invalidState() {
        return new InvalidStateException(status() + ": " + this);
    }

    @Override
    String name() {
        return "Promise@" + Integer.toHexString(System.identityHashCode(this));
    }

    /** A promise that has been cancelled. */
    static <T extends @Nullable Object> Future<T> cancelled() {
        Promise<T> promise = new Promise<>();
        promise.cancel();
        return promise;
    }
}
