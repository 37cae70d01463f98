// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A page that is written by hand but for the sections between the comments {@code begin: NAME} and {@code end: NAME},
 * each on a line of its own.
 */
final class Page {
    private static final String BEGIN = "<!-- begin: ";
    private static final String END = "<!-- end: ";
    private static final String CLOSE = " -->";

    private final UnaryOperator<String> sections;
    private final StringBuilder filled = new StringBuilder();
    private @Nullable String open; // the section that the current line is in

    private Page(UnaryOperator<String> sections) {
        this.sections = sections;
    }

    /** The page with each section replaced by the text that its name has. */
    static String fill(String page, UnaryOperator<String> sections) {
        Page filling = new Page(sections);
        page.lines().forEach(filling::line);
        if (filling.open != null) {
            throw new IllegalArgumentException("the section " + filling.open + " has no end");
        }
        return filling.filled.toString();
    }

    private void line(String line) {
        String begun = name(line, BEGIN);
        String ended = name(line, END);
        if (begun != null) {
            begin(begun, line);
        } else if (ended != null) {
            end(ended, line);
        } else if (open == null) {
            append(line);
        }
    }

    private void begin(String name, String line) {
        if (open != null) {
            throw new IllegalArgumentException("the section " + name + " begins before the end of " + open);
        }
        open = name;
        append(line);
        append("");
        append(sections.apply(name));
        append("");
    }

    private void end(String name, String line) {
        if (!Objects.equals(name, open)) {
            throw new IllegalArgumentException("the section " + name + " ends but has not begun");
        }
        open = null;
        append(line);
    }

    private void append(String line) {
        filled.append(line).append('\n');
    }

    /** The name in a marker, or null if the line is none. */
    private static @Nullable String name(String line, String start) {
        String marker = line.strip();
        return marker.startsWith(start) && marker.endsWith(CLOSE)
                ? marker.substring(start.length(), marker.length() - CLOSE.length())
                : null;
    }
}
