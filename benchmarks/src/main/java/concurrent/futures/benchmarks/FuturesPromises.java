// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.DoneCallback;
import concurrent.futures.Promise;
import java.util.function.Consumer;

/** Our {@link Promise}. */
@SuppressWarnings("unchecked") // What is given back is what was created here.
record FuturesPromises() implements PromiseKind {
    @Override
    public Object create() {
        return new Promise<>();
    }

    @Override
    public Object listener(Object promise, Consumer<Object> callback) {
        return (DoneCallback<Object>) future -> callback.accept(future.resultNow());
    }

    @Override
    public void listen(Object promise, Object listener) {
        ((Promise<Object>) promise).addDoneCallback((DoneCallback<Object>) listener);
    }

    @Override
    public void complete(Object promise, Object result) {
        ((Promise<Object>) promise).setResult(result);
    }

    @Override
    public Object await(Object promise) {
        return ((Promise<Object>) promise).join();
    }
}
