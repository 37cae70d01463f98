// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.FutureFixtures.Shelf;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Null is refused at the call, by name, and nothing is half-done. */
class FutureBadInputTest {
    private final Promise<String> pending = new Promise<>();
    private final Future<String> done = Futures.completed("value");
    private final WorkItem<String> item = new Shelf().item(() -> "value");

    @TestFactory
    Stream<DynamicTest> null_isRefusedByName() {
        WorkItem<String> started = new Shelf().item(() -> "value");
        started.start(mayInterrupt -> {});
        return Stream.of(
                refuses("timeout", () -> pending.result(null)),
                refuses("timeout", () -> done.result(null)),
                refuses("timeout", () -> pending.exception(null)),
                refuses("timeout", () -> done.exception(null)),
                refuses("unit", () -> pending.get(1, null)),
                refuses("unit", () -> done.get(1, null)),
                refuses("callback", () -> pending.addDoneCallback(null)),
                refuses("callback", () -> done.addDoneCallback(null)),
                refuses("exception", () -> pending.setException(null)),
                refuses("exception", () -> pending.trySetException(null)),
                refuses("exception", () -> ((Promise<String>) done).setException(null)),
                refuses("exception", () -> ((Promise<String>) done).trySetException(null)),
                refuses("exception", () -> Futures.failed(null)),
                refuses("stage", () -> Futures.from(null)),
                refuses("onCancel", () -> item.start(null)),
                refuses("exception", () -> started.fail(null)));
    }

    private static DynamicTest refuses(String argument, ThrowingCallable call) {
        return DynamicTest.dynamicTest(
                argument,
                () -> assertThatThrownBy(call)
                        .isExactlyInstanceOf(NullPointerException.class)
                        .hasMessage(argument));
    }

    @Test
    void afterARefusal_thePromiseIsAsBefore() {
        assertThatThrownBy(() -> pending.setException(null)).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> pending.addDoneCallback(null)).isInstanceOf(NullPointerException.class);

        assertThat(pending.word()).isSameAs(Pending.PENDING);
        assertThat(pending.trySetResult("value")).isTrue();
    }

    @Test
    void afterARefusal_theItemIsAsBefore() {
        assertThatThrownBy(() -> item.start(null)).isInstanceOf(NullPointerException.class);

        assertThat(item.status()).isEqualTo(Future.Status.PENDING);
        assertThat(item.start(mayInterrupt -> {})).isTrue();
        assertThatThrownBy(() -> item.fail(null)).isInstanceOf(NullPointerException.class);
        assertThat(item.isRunning()).isTrue();
        assertThat(item.complete("value")).isTrue();
    }
}
