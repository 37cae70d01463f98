// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A future is completed once, and everybody who waits for that hears of it. */
@ExtendWith(Schedules.class)
final class CompletionScheduleTest {
    private final Promise<String> promise = new Promise<>();
    private final AtomicInteger successes = new AtomicInteger();
    private final AtomicInteger calls = new AtomicInteger();

    @Test
    void oneOfSeveralCompletesIt() throws Exception {
        Threads.together(
                () -> count(promise.cancel()), //
                () -> count(promise.trySetResult("a")),
                () -> count(promise.trySetException(new IllegalStateException("b"))));
        assertThat(successes.get()).isEqualTo(1);
    }

    @Test
    void whatIsClaimedIsNotCancelled() throws Exception {
        Threads.together(() -> count(promise.cancel()), () -> count(promise.setRunningOrNotifyCancel()));
        assertThat(successes.get()).isEqualTo(1);
    }

    @Test
    void eachCallbackIsCalledOnce() throws Exception {
        Threads.together(
                () -> promise.setResult("a"), //
                () -> promise.addDoneCallback(done -> calls.incrementAndGet()),
                () -> promise.addDoneCallback(done -> calls.incrementAndGet()));
        assertThat(calls.get()).isEqualTo(2);
    }

    @Test
    void aListenerThatLeavesTakesNoOtherWithIt() throws Exception {
        Listener leaving = new Callback(done -> {});
        promise.listen(leaving);
        Threads.together(
                () -> promise.unlisten(leaving), () -> promise.addDoneCallback(done -> calls.incrementAndGet()));
        promise.setResult("a");
        assertThat(calls.get()).isEqualTo(1);
    }

    @Test
    void everyWaiterIsWoken() throws Exception {
        Threads.together(
                () -> promise.setResult("a"), //
                () -> count("a".equals(promise.result())),
                () -> count(promise.exception() == null));
        assertThat(successes.get()).isEqualTo(2);
    }

    @Test
    void aWaiterHearsOfTheCancellation() throws Exception {
        Threads.together(promise::cancel, () -> {
            try {
                promise.result();
            } catch (CancellationException expected) {
                count(true);
            }
        });
        assertThat(successes.get()).isEqualTo(1);
    }

    private void count(boolean success) {
        if (success) {
            successes.incrementAndGet();
        }
    }
}
