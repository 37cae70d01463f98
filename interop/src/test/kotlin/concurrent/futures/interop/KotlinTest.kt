// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.interop

import concurrent.futures.Action
import concurrent.futures.Future
import concurrent.futures.FutureExecutor
import concurrent.futures.Futures
import concurrent.futures.Task
import concurrent.futures.ThreadExecutor
import java.io.IOException
import java.util.concurrent.Future.State
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.future.asCompletableFuture
import kotlinx.coroutines.future.await
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.suspendCancellableCoroutine
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.catchThrowable
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

// @start region="interrupting"
suspend fun <T> Future<T>.awaitOrInterrupt(): T = suspendCancellableCoroutine { continuation ->
    addDoneCallback {
        when (state()) {
            State.SUCCESS -> continuation.resume(resultNow())
            State.FAILED -> continuation.resumeWithException(exceptionNow())
            else -> continuation.cancel()
        }
    }
    continuation.invokeOnCancellation { cancel(true) }
}
// @end

/** Lambdas of Kotlin as tasks, and our futures in coroutines. */
@Timeout(30)
class KotlinTest {
    private val executor: FutureExecutor = ThreadExecutor(1)

    @AfterEach
    fun shutDown() {
        executor.shutdownNow()
    }

    private fun fetch(url: String): String = if (url.isEmpty()) throw IOException("no page") else "page of $url"

    /** A bare lambda would be ambiguous, as what it returns does not help Kotlin to choose among the four overloads. */
    @Test
    fun lambdas_sayWhatTheyAre() {
        val url = "a"
        val seen = mutableListOf<String>()
        // @start region="submit"
        val page: Future<String> = executor.submit(Task { fetch(url) })
        val nothing: Future<*> = executor.submit(Action { seen += fetch(url) })
        // @end
        assertThat(page.result()).isEqualTo("page of a")
        assertThat(nothing.result()).isNull()
        assertThat(seen).containsExactly("page of a")
    }

    @Test
    fun failures_passUnwrapped() {
        val failing = executor.submit(Task { fetch("") })
        assertThat(catchThrowable { failing.result() }).isExactlyInstanceOf(IOException::class.java)
        assertThat(catchThrowable { runBlocking { failing.toCompletableFuture().await() } })
            .isExactlyInstanceOf(IOException::class.java)
        assertThat(catchThrowable { runBlocking { failing.awaitOrInterrupt() } })
            .isExactlyInstanceOf(IOException::class.java)
    }

    @Test
    fun results_areAwaited() = runBlocking<Unit> {
        val future = executor.submit(Task { fetch("a") })
        // @start region="await"
        val page: String = future.toCompletableFuture().await()
        // @end
        assertThat(page).isEqualTo("page of a")
        assertThat(executor.submit(Task { fetch("b") }).awaitOrInterrupt()).isEqualTo("page of b")
    }

    @Test
    fun cancelledCoroutine_cancelsTheFuture_butDoesNotInterruptTheTask() = runBlocking<Unit> {
        val endless = Endless()
        val future = executor.submit(endless)
        val job = launch(start = CoroutineStart.UNDISPATCHED) { future.toCompletableFuture().await() }
        endless.awaitBegin()
        job.cancelAndJoin()
        assertThat(future.isCancelled).isTrue()
        assertThat(future.ended().isDone).isFalse()
    }

    @Test
    fun cancelledCoroutine_interruptsTheTask_whereTheAwaitSaysSo() = runBlocking<Unit> {
        val endless = Endless()
        val future = executor.submit(endless)
        val job = launch(start = CoroutineStart.UNDISPATCHED) { future.awaitOrInterrupt() }
        endless.awaitBegin()
        job.cancelAndJoin()
        endless.awaitInterrupt()
        assertThat(future.isCancelled).isTrue()
    }

    @Test
    fun coroutines_areFuturesOfOurs_andCancelledByThem() = runBlocking<Unit> {
        assertThat(future(async(Dispatchers.Default) { "page" }).result()).isEqualTo("page")

        val endless = async(start = CoroutineStart.UNDISPATCHED) { awaitCancellation() }
        future(endless).cancel(true)
        endless.join()
        assertThat(endless.isCancelled).isTrue()
    }

    private fun future(deferred: Deferred<String>): Future<String> {
        // @start region="from"
        val future: Future<String> = Futures.from(deferred.asCompletableFuture())
        // @end
        return future
    }
}
