// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import org.jspecify.annotations.Nullable;

/** What an exception says, whose class may be one of the user: then each of its methods may fail, or give anything. */
public final class Wording {
    private Wording() {}

    /**
     * {@return the message of an exception, or what keeps it from being told}
     *
     * @param thrown the exception
     */
    public static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable failing) {
            return described(thrown, failing);
        }
    }

    /**
     * {@return an exception as text, or what keeps it from being told}
     *
     * @param thrown the exception
     */
    public static String text(Throwable thrown) {
        try {
            return String.valueOf(thrown.toString());
        } catch (Throwable failing) {
            return described(thrown, failing);
        }
    }

    /** The class and the message, as an exception tells them that does not do so in another way. */
    static String classAndMessage(Throwable thrown) {
        String type = thrown.getClass().getName();
        try {
            String message = thrown.getLocalizedMessage();
            return message == null ? type : type + ": " + message;
        } catch (Throwable failing) {
            return described(thrown, failing);
        }
    }

    private static String described(Throwable thrown, Throwable failing) {
        return thrown.getClass().getName() + ", whose message fails with "
                + failing.getClass().getName();
    }
}
