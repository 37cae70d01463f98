// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;

/** The JDK's {@link FutureTask}, which is completed by running it. It has no callbacks. */
@SuppressWarnings("unchecked") // What is given back is what was created here.
record FutureTaskPromises() implements PromiseKind {
    @Override
    public Object create() {
        return new FutureTask<>(Work.NOTHING);
    }

    @Override
    public Object listener(Object promise, Consumer<Object> callback) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void listen(Object promise, Object listener) {
        throw new UnsupportedOperationException();
    }

    /** The result is always that of {@link Work#NOTHING}. */
    @Override
    public void complete(Object promise, Object result) {
        ((FutureTask<Object>) promise).run();
    }

    @Override
    public Object await(Object promise) throws ExecutionException, InterruptedException {
        return ((FutureTask<Object>) promise).get();
    }
}
