// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.codec.Wording;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How a worker has ended.
 *
 * @param pid the number of its process; -1 if there was none
 * @param exitCode the exit code; -1 if there was no process
 * @param standardError the end of what it has written there
 * @param begun the number of the task that it has begun last; -1 if that is not known
 * @param problem what the pool has noticed; null if it has only noticed the end
 * @param isWanted whether the pool has brought it about
 */
record Death(
        long pid,
        int exitCode,
        String standardError,
        long begun,
        @Nullable Throwable problem,
        boolean isWanted) {
    private static final int LAST_LINES = 30;

    /** The death of a worker that never was. */
    static Death unborn(Throwable problem) {
        return new Death(-1, -1, "", 0, problem, /* isWanted= */ false);
    }

    /** The death of a worker of which nothing else is known. */
    static Death unknown(Throwable problem) {
        return new Death(-1, -1, "", -1, problem, /* isWanted= */ false);
    }

    /** The same, brought about by the pool. */
    Death wanted() {
        return new Death(pid, exitCode, standardError, begun, problem, /* isWanted= */ true);
    }

    /** Whether that task is known not to have begun. */
    boolean isBefore(long task) {
        return begun >= 0 && begun < task;
    }

    /** What has happened, in words. */
    String told() {
        StringBuilder told = new StringBuilder();
        if (pid >= 0) {
            told.append("process ").append(pid).append(" ended with ").append(code());
        }
        if (problem != null) {
            String message = Wording.message(problem);
            told.append(told.isEmpty() ? "" : "; ").append(message == null ? Wording.text(problem) : message);
        }
        if (!standardError.isEmpty()) {
            told.append("; the end of its standard error:\n").append(lastLines());
        }
        return told.toString();
    }

    private String code() {
        return "exit code " + exitCode + (WorkerDiedException.signalOf(exitCode).isPresent() ? signal() : "");
    }

    private String signal() {
        int number = exitCode - 128;
        String name = switch (number) {
            case 1 -> "SIGHUP";
            case 2 -> "SIGINT";
            case 3 -> "SIGQUIT";
            case 4 -> "SIGILL";
            case 6 -> "SIGABRT";
            case 7 -> "SIGBUS";
            case 8 -> "SIGFPE";
            case 9 -> "SIGKILL";
            case 11 -> "SIGSEGV";
            case 15 -> "SIGTERM";
            default -> "signal " + number;
        };
        return " (" + name + ")";
    }

    private String lastLines() {
        String[] lines = standardError.split("\n", -1);
        int from = Math.max(0, lines.length - LAST_LINES);
        return String.join("\n", Arrays.asList(lines).subList(from, lines.length));
    }

    /** The exception for the task that was running; says so if it was the executor that has ended the worker. */
    WorkerDiedException exception(String worker) {
        String what = isWanted ? " was ended by its executor" : " has died";
        WorkerDiedException exception = new WorkerDiedException(
                "the worker " + worker + what + " while it ran this task: " + told(), pid, exitCode, standardError);
        if (problem != null) {
            exception.initCause(problem);
        }
        return exception;
    }
}
