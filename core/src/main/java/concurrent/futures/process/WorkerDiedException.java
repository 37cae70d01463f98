// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.Serial;
import java.util.OptionalInt;

/**
 * The task was running in a worker process that has died: by {@code System.exit}, a crash of the JVM or of native code, a
 * signal, or because it was killed. The task has been begun and is not run again. Other tasks are not affected.
 */
public class WorkerDiedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** Exit codes above this are those of processes that a signal has ended, by the convention of shells. */
    private static final int SIGNALS = 128;

    private static final int MOST_SIGNALS = 64;

    /** The number of the process. */
    private final long pid;

    /** Its exit code. */
    private final int exitCode;

    /** The end of its standard error. */
    private final String standardError;

    /**
     * Creates an exception.
     *
     * @param message what has happened
     * @param pid the number of the process
     * @param exitCode its exit code
     * @param standardError the end of what it has written to its standard error
     */
    public WorkerDiedException(String message, long pid, int exitCode, String standardError) {
        super(message);
        this.pid = pid;
        this.exitCode = exitCode;
        this.standardError = standardError;
    }

    /** {@return the number of the process that has died} */
    public final long pid() {
        return pid;
    }

    /** {@return its exit code, which is 128 and the number of the signal if it was ended by one} */
    public final int exitCode() {
        return exitCode;
    }

    /** {@return the number of the signal that the exit code stands for; empty if it stands for none} */
    public final OptionalInt signal() {
        return signalOf(exitCode);
    }

    /**
     * {@return the end of what it has written to its standard error, 8 kB at most, with what others than {@code System.out}
     * have written to its standard output, such as native code}
     */
    public final String standardError() {
        return standardError;
    }

    static OptionalInt signalOf(int exitCode) {
        return exitCode > SIGNALS && exitCode <= SIGNALS + MOST_SIGNALS
                ? OptionalInt.of(exitCode - SIGNALS)
                : OptionalInt.empty();
    }
}
