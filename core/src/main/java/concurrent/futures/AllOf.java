// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of several futures, or the first failure.
 *
 * @param <S> the type of their results
 */
final class AllOf<S extends @Nullable Object> extends Combined<S, List<S>> {
    private AllOf(Iterable<? extends Future<? extends S>> fs) {
        super(fs);
    }

    static <S extends @Nullable Object> Future<List<S>> of(Iterable<? extends Future<? extends S>> fs) {
        AllOf<S> all = new AllOf<>(fs);
        if (all.sources().isEmpty()) {
            all.settle(List.of());
        }
        return all.begin();
    }

    @Override
    void sourceDone(int index, Future<S> source) {
        Object word = source.word();
        if (word instanceof Failed failed) {
            fail(failed);
        } else if (word instanceof Cancelled) {
            end(Cancelled.NOTICED);
        } else if (unfinished.decrementAndGet() == 0) {
            List<S> results = new ArrayList<>();
            sources().forEach(each -> results.add(each.resultNow()));
            end(Collections.unmodifiableList(results));
        }
    }

    private void fail(Failed failed) {
        if (!isDone() && end(failed.passedOnTo(this))) {
            return;
        }
        // Nobody will look at it here.
        Throwable further = failed.exception();
        if (word() instanceof Failed first) {
            Suppression.add(first.peek(), further);
        }
    }
}
