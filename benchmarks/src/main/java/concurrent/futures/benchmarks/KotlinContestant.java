// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Deferred;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.GlobalScope;
import org.jspecify.annotations.Nullable;

/** Kotlin's {@code async} on its default dispatcher, of which there is one in a JVM. */
final class KotlinContestant implements Contestant {
    private final CoroutineDispatcher dispatcher;

    KotlinContestant(int workers) {
        // The dispatcher reads this when it is first used. Limiting a greater one would cost it another queue.
        System.setProperty("kotlinx.coroutines.scheduler.core.pool.size", Integer.toString(workers));
        this.dispatcher = Dispatchers.getDefault();
    }

    @Override
    public Object submit(Callable<?> task) {
        return BuildersKt.async(
                GlobalScope.INSTANCE, dispatcher, CoroutineStart.DEFAULT, (scope, continuation) -> call(task));
    }

    private static Object call(Callable<?> task) {
        try {
            return task.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /** Spares Kotlin the event loop of {@code runBlocking} where there is nothing to wait for. */
    @Override
    public @Nullable Object result(Object handle) throws Exception {
        Deferred<?> deferred = (Deferred<?>) handle;
        return deferred.isCompleted()
                ? deferred.getCompleted()
                : BuildersKt.runBlocking(
                        EmptyCoroutineContext.INSTANCE, (scope, continuation) -> deferred.await(continuation));
    }

    @Override
    public boolean cancel(Object handle) {
        Deferred<?> deferred = (Deferred<?>) handle;
        deferred.cancel((CancellationException) null);
        return deferred.isCancelled();
    }

    /** Does nothing: the dispatcher's threads are daemons. */
    @Override
    public void close() {}
}
