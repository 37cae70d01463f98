// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whoever waits for several futures misses none, whenever they are completed. */
@ExtendWith(Schedules.class)
final class AwaitScheduleTest {
    private final Promise<String> a = new Promise<>();
    private final Promise<String> b = new Promise<>();

    @Test
    void all() throws Exception {
        Threads.together(
                () -> assertThat(Futures.await(List.of(a, b)).notDone()).isEmpty(), //
                () -> a.setResult("a"),
                b::cancel);
    }

    @Test
    void theFirst() throws Exception {
        Threads.together(
                () -> assertThat(Futures.await(List.of(a, b), ReturnWhen.FIRST_COMPLETED)
                                .done())
                        .isNotEmpty(),
                () -> a.setResult("a"),
                () -> b.setResult("b"));
    }

    @Test
    void theFirstThatFails() throws Exception {
        Threads.together(
                () -> assertThat(Futures.await(List.of(a, b), ReturnWhen.FIRST_EXCEPTION)
                                .done())
                        .contains(b),
                () -> a.setResult("a"),
                () -> b.setException(new IllegalStateException("b")));
    }

    @Test
    void oneAfterTheOther() throws Exception {
        Threads.together(
                () -> assertThat(Futures.asCompleted(List.of(a, b))).containsExactlyInAnyOrder(a, b), //
                () -> a.setResult("a"),
                () -> b.setResult("b"));
    }

    @Test
    void theLast() throws Exception {
        Threads.together(() -> assertThat(Futures.asCompleted(List.of(a))).containsExactly(a), () -> a.setResult("a"));
    }
}
