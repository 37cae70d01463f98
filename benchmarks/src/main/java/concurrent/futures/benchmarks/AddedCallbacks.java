// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import org.jspecify.annotations.Nullable;

/** Callbacks on one promise, all the same: what counts is what the promise makes of them. */
final class AddedCallbacks implements Ballast {
    private final PromiseKind kind;
    private @Nullable Object promise;

    AddedCallbacks(String contestant) {
        this.kind = PromiseKinds.of(contestant);
    }

    @Override
    public void prepare(int n) {
        promise = kind.create();
    }

    @Override
    public void load(int n) {
        Object promise = this.promise;
        if (promise == null) {
            return;
        }
        Object listener = kind.listener(promise, result -> {});
        for (int i = 0; i < n; i++) {
            kind.listen(promise, listener);
        }
    }

    @Override
    public void unload() {
        promise = null;
    }
}
