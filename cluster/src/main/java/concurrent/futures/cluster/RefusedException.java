// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.Serial;

/** A worker has answered that it does not do what it was asked. */
final class RefusedException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1;

    /** What it has answered: the name of an exception, and its message. */
    private final String answer;

    RefusedException(String answer) {
        super("it refuses: " + answer);
        this.answer = answer;
    }

    /** Whether that exception is of this class, and not of one below it. */
    boolean isBecauseOf(Class<? extends Throwable> type) {
        return answer.equals(type.getName()) || answer.startsWith(type.getName() + ":");
    }
}
