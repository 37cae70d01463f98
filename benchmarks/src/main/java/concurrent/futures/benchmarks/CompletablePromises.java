// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The JDK's {@link CompletableFuture}. */
@SuppressWarnings("unchecked") // What is given back is what was created here.
record CompletablePromises() implements PromiseKind {
    @Override
    public Object create() {
        return new CompletableFuture<>();
    }

    @Override
    public Object listener(Object promise, Consumer<Object> callback) {
        return (BiConsumer<Object, Throwable>) (result, exception) -> callback.accept(result);
    }

    @Override
    public void listen(Object promise, Object listener) {
        ((CompletableFuture<Object>) promise).whenComplete((BiConsumer<Object, Throwable>) listener);
    }

    @Override
    public void complete(Object promise, Object result) {
        ((CompletableFuture<Object>) promise).complete(result);
    }

    @Override
    public Object await(Object promise) {
        return ((CompletableFuture<Object>) promise).join();
    }
}
