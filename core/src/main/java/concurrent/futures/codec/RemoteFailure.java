// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.Serial;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of another process that cannot be carried to this one: it tells the class and the message, and
 * has the stack trace, the cause and the suppressed exceptions of the original.
 */
final class RemoteFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1;

    /** So many causes and suppressed exceptions are told, one below the other. */
    private static final int MOST_LEVELS = 16;

    /** The class and the message of the original. */
    private final String what;

    /** Why this stands for the original; empty if that is not known yet, or this is the cause of another one. */
    private final String why;

    private RemoteFailure(String what, String why) {
        this.what = what;
        this.why = why;
    }

    static RemoteFailure of(Throwable original) {
        return of(original, MOST_LEVELS, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static RemoteFailure of(Throwable original, int levels, Set<Throwable> seen) {
        if (original instanceof RemoteFailure already) {
            return already;
        }
        seen.add(original);
        RemoteFailure copy = new RemoteFailure(Wording.classAndMessage(original), "");
        copy.setStackTrace(original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null && levels > 0 && !seen.contains(cause)) {
            copy.initCause(of(cause, levels - 1, seen));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (levels > 0 && !seen.contains(suppressed)) {
                copy.addSuppressed(of(suppressed, levels - 1, seen));
            }
        }
        return copy;
    }

    /** The same, telling why it is not the original. */
    RemoteFailure because(@Nullable String reason) {
        RemoteFailure copy = new RemoteFailure(what, reason == null ? "" : reason);
        copy.setStackTrace(getStackTrace());
        if (getCause() != null) {
            copy.initCause(getCause());
        }
        for (Throwable suppressed : getSuppressed()) {
            copy.addSuppressed(suppressed);
        }
        return copy;
    }

    @Override
    public String getMessage() {
        return why.isEmpty() ? what : what + " (a copy, because " + why + ")";
    }

    /** Its own class says nothing. */
    @Override
    public String toString() {
        return String.valueOf(getMessage());
    }
}
