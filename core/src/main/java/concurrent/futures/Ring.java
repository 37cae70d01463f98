// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Arrays;
import java.util.List;

/**
 * Waits that hold each other up, to be told to the user.
 *
 * @param links the futures, each of which is run by the thread that waits for the next one; the last one's thread waits
 *     for the first
 */
record Ring(List<Link> links) {
    private static final String PACKAGE = Ring.class.getPackageName() + ".";

    /**
     * A future that a thread waits for.
     *
     * @param future the future
     * @param holdup the wait of the thread that runs it
     */
    record Link(Future<?> future, Wait holdup) {}

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("this wait would never end, because it closes a ring:");
        Link waiting = links.get(links.size() - 1);
        for (Link awaited : links) {
            Thread thread = waiting.holdup().thread();
            boolean isInside = waiting.holdup().isInside(waiting.future());
            String whom = links.size() == 1 && !isInside
                    ? "that very future"
                    : awaited.future().name();
            text.append(System.lineSeparator())
                    .append("  " + thread.getName() + ", which runs "
                            + waiting.future().name()
                            + (isInside ? " and another one inside of it" : "") + ", waits for " + whom + " at "
                            + callSite(thread));
            waiting = awaited;
        }
        return text.toString();
    }

    /** Where the thread has called this library. */
    private static String callSite(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .filter(each -> !isInside(each.getClassName()))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    private static boolean isInside(String className) {
        return className.startsWith("java.")
                || className.startsWith("jdk.")
                || (className.startsWith(PACKAGE) && className.indexOf('.', PACKAGE.length()) < 0);
    }
}
