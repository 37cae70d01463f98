// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The first result of several futures.
 *
 * @param <T> the type of their results
 */
final class AnyOf<T extends @Nullable Object> extends Combined<T, T> {
    private AnyOf(Iterable<? extends Future<? extends T>> fs) {
        super(fs);
    }

    static <T extends @Nullable Object> Future<T> of(Iterable<? extends Future<? extends T>> fs) {
        AnyOf<T> any = new AnyOf<>(fs);
        if (any.sources().isEmpty()) {
            throw new IllegalArgumentException("any of no futures");
        }
        return any.begin();
    }

    @Override
    void sourceDone(int index, Future<T> source) {
        if (source.state() == State.SUCCESS) {
            markFailuresSeen();
            end(source.word());
        } else if (unfinished.decrementAndGet() == 0) {
            end(failure());
        }
        if (isDone() && source.word() instanceof Failed failed) {
            // It is part of the failure, or nobody wants to know.
            failed.markSeen();
        }
    }

    /** There is a result, so nobody asks why others have none. */
    private void markFailuresSeen() {
        for (Future<T> each : sources()) {
            if (each.word() instanceof Failed failed) {
                failed.markSeen();
            }
        }
    }

    /** Nobody has a result. */
    private Object failure() {
        ExecutionException all = null;
        List<Future<T>> sources = sources();
        for (Future<T> source : sources) {
            if (!(source.word() instanceof Failed failed)) {
                continue;
            }
            Throwable exception = failed.exception();
            if (all == null) {
                all = new ExecutionException("none of " + sources.size() + " futures has a result", exception);
            } else if (all.getCause() != exception) {
                Suppression.add(all, exception);
            }
        }
        return all == null ? Cancelled.NOTICED : UnseenFailure.watched(this, new Failed(all));
    }
}
