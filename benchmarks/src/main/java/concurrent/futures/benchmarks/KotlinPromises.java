// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.function.Consumer;
import kotlin.Unit;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlin.jvm.functions.Function1;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CompletableDeferred;
import kotlinx.coroutines.CompletableDeferredKt;
import kotlinx.coroutines.Job;

/** Kotlin's {@link CompletableDeferred}. */
@SuppressWarnings("unchecked") // What is given back is what was created here.
record KotlinPromises() implements PromiseKind {
    @Override
    public Object create() {
        return CompletableDeferredKt.CompletableDeferred((Job) null);
    }

    @Override
    public Object listener(Object promise, Consumer<Object> callback) {
        return (Function1<Throwable, Unit>) exception -> {
            callback.accept(((CompletableDeferred<Object>) promise).getCompleted());
            return Unit.INSTANCE;
        };
    }

    @Override
    public void listen(Object promise, Object listener) {
        ((CompletableDeferred<Object>) promise).invokeOnCompletion((Function1<Throwable, Unit>) listener);
    }

    @Override
    public void complete(Object promise, Object result) {
        ((CompletableDeferred<Object>) promise).complete(result);
    }

    /** Spares Kotlin the event loop of {@code runBlocking} where there is nothing to wait for. */
    @Override
    public Object await(Object promise) throws InterruptedException {
        CompletableDeferred<Object> deferred = (CompletableDeferred<Object>) promise;
        return deferred.isCompleted()
                ? deferred.getCompleted()
                : BuildersKt.runBlocking(
                        EmptyCoroutineContext.INSTANCE, (scope, continuation) -> deferred.await(continuation));
    }
}
