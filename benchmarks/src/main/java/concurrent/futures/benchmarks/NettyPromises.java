// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import io.netty.util.concurrent.FutureListener;
import io.netty.util.concurrent.ImmediateEventExecutor;
import io.netty.util.concurrent.Promise;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;

/** Netty's {@link Promise}, whose callbacks run on the thread that completes it, as those of the others do. */
@SuppressWarnings("unchecked") // What is given back is what was created here.
record NettyPromises() implements PromiseKind {
    @Override
    public Object create() {
        return ImmediateEventExecutor.INSTANCE.newPromise();
    }

    @Override
    public Object listener(Object promise, Consumer<Object> callback) {
        return (FutureListener<Object>) future -> callback.accept(future.getNow());
    }

    @Override
    public void listen(Object promise, Object listener) {
        ((Promise<Object>) promise).addListener((FutureListener<Object>) listener);
    }

    @Override
    public void complete(Object promise, Object result) {
        ((Promise<Object>) promise).setSuccess(result);
    }

    @Override
    public Object await(Object promise) throws ExecutionException, InterruptedException {
        return ((Promise<Object>) promise).get();
    }
}
