// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options: refused at the call that sets them, and usable for more than one executor. */
class ThreadExecutorBuilderTest {
    private final ThreadExecutor.Builder builder = ThreadExecutor.builder();

    @Test
    void numbersOutOfRange_areRefusedAtOnce() {
        for (int none : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.maxWorkers(none))
                    .withMessage("max_workers must be greater than 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> builder.queueCapacity(none))
                    .withMessageContaining("queueCapacity");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.keepAlive(Duration.ofSeconds(-1)))
                .withMessageContaining("keepAlive");
    }

    @Test
    void nulls_areRefusedByName() {
        refusesNull("threadNamePrefix", () -> builder.threadNamePrefix(null));
        refusesNull("initializer", () -> builder.initializer(null));
        refusesNull("keepAlive", () -> builder.keepAlive(null));
        refusesNull("whenFull", () -> builder.whenFull(null));
        refusesNull("threadFactory", () -> builder.threadFactory(null));
    }

    private static void refusesNull(String argument, Runnable call) {
        assertThatNullPointerException().isThrownBy(call::run).withMessageContaining(argument);
    }

    @Test
    void build_twice_makesTwoExecutors() throws Exception {
        builder.maxWorkers(1).queueCapacity(1).whenFull(WhenFull.REJECT);
        try (ThreadExecutor one = builder.build();
                ThreadExecutor other = builder.maxWorkers(2).build();
                Gate gate = new Gate()) {
            one.submit(gate::pass);
            one.submit(gate::pass);
            // The queue of the one being full is nothing to the other, nor is the later change to the one.
            assertThat(other.submit(() -> "other").result()).isEqualTo("other");
            assertThat(one.maxWorkers()).isEqualTo(1);
            assertThat(other.maxWorkers()).isEqualTo(2);
            assertThat(one.toString().split("\\[")[0])
                    .isNotEqualTo(other.toString().split("\\[")[0]);
        }
    }
}
