// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Notices the end of a process although the thread that reads from it does not: something that the process has started, and
 * left behind, keeps its streams open.
 */
final class EndWatch {
    /** What a process has sent before its end is read sooner, once it is asked for, even if the machine is busy. */
    private static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(1);

    private final Connection connection;
    private final BooleanSupplier isKnown;
    private final Consumer<Throwable> then;

    private EndWatch(Connection connection, BooleanSupplier isKnown, Consumer<Throwable> then) {
        this.connection = connection;
        this.isKnown = isKnown;
        this.then = then;
    }

    /**
     * Watches a process from when it has ended on.
     *
     * @param isKnown whether somebody has noticed the end
     * @param then is told otherwise, on a thread of its own
     */
    static void begin(Child child, BooleanSupplier isKnown, Consumer<Throwable> then) {
        EndWatch watch = new EndWatch(child.connection(), isKnown, then);
        child.whenEnded(() -> watch.look(/* before= */ 0, /* silences= */ 0));
    }

    /** Looks whether the thread that reads has waited since it was looked at before, which was so that many times. */
    private void look(long before, int silences) {
        long waits = connection.waits();
        boolean isSilent = (waits & 1) == 1 && waits == before;
        // Once may be because this JVM was stopped itself.
        if (isSilent && silences > 0) {
            Thread.startVirtualThread(
                    () -> then.accept(new IOException("something that it has started keeps its streams open")));
        } else if (!isKnown.getAsBoolean()) {
            Clock.after(LONGEST_SILENCE, () -> look(waits, isSilent ? silences + 1 : 0));
        }
    }
}
