// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.MoreExecutors;
import com.google.common.util.concurrent.SettableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Guava's {@link SettableFuture}. */
@SuppressWarnings("unchecked") // What is given back is what was created here.
record GuavaPromises() implements PromiseKind {
    @Override
    public Object create() {
        return SettableFuture.create();
    }

    @Override
    public Object listener(Object promise, Consumer<Object> callback) {
        return (Runnable) () -> callback.accept(Futures.getUnchecked((SettableFuture<Object>) promise));
    }

    @Override
    public void listen(Object promise, Object listener) {
        ((SettableFuture<Object>) promise).addListener((Runnable) listener, MoreExecutors.directExecutor());
    }

    @Override
    public void complete(Object promise, Object result) {
        ((SettableFuture<Object>) promise).set(result);
    }

    @Override
    public Object await(Object promise) throws ExecutionException, InterruptedException {
        return ((SettableFuture<Object>) promise).get();
    }
}
