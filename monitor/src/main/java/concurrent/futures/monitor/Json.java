// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON. What is text is escaped such that it can stand in a script of an HTML page as well: nothing in it ends the
 * script, or a line of it.
 */
final class Json {
    private static final char FIRST_PRINTABLE = ' ';
    private static final int DELETE = 0x7f;

    private final StringBuilder out = new StringBuilder();
    private boolean first = true;

    /* ---------------- Structure ---------------- */

    Json beginObject() {
        return begin('{');
    }

    Json endObject() {
        return end('}');
    }

    Json beginArray() {
        return begin('[');
    }

    Json endArray() {
        return end(']');
    }

    /** The name of what comes next. */
    Json name(String name) {
        separate();
        quote(name);
        out.append(':');
        first = true;
        return this;
    }

    /* ---------------- Values ---------------- */

    Json value(@Nullable String text) {
        separate();
        if (text == null) {
            out.append("null");
        } else {
            quote(text);
        }
        return this;
    }

    Json value(long number) {
        separate();
        out.append(number);
        return this;
    }

    /** A number with at most three places after the point. */
    Json value(double number) {
        if (number == Math.rint(number) || !Double.isFinite(number)) {
            return value((long) number);
        }
        separate();
        out.append(String.format(Locale.ROOT, "%.3f", number));
        return this;
    }

    Json value(boolean truth) {
        separate();
        out.append(truth);
        return this;
    }

    Json field(String name, @Nullable String text) {
        return name(name).value(text);
    }

    Json field(String name, long number) {
        return name(name).value(number);
    }

    Json field(String name, double number) {
        return name(name).value(number);
    }

    Json field(String name, boolean truth) {
        return name(name).value(truth);
    }

    /** Microseconds, with nanoseconds after the point, of a time in nanoseconds. */
    Json micros(String name, long nanos) {
        name(name);
        separate();
        out.append(nanos / 1000).append('.');
        long rest = Math.abs(nanos % 1000);
        out.append((char) ('0' + rest / 100))
                .append((char) ('0' + rest / 10 % 10))
                .append((char) ('0' + rest % 10));
        return this;
    }

    int length() {
        return out.length();
    }

    @Override
    public String toString() {
        return out.toString();
    }

    /* ---------------- Characters ---------------- */

    private Json begin(char bracket) {
        separate();
        out.append(bracket);
        first = true;
        return this;
    }

    private Json end(char bracket) {
        out.append(bracket);
        first = false;
        return this;
    }

    private void separate() {
        if (!first) {
            out.append(',');
        }
        first = false;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (isPlain(c)) {
                out.append(c);
            } else {
                escape(c);
            }
        }
        out.append('"');
    }

    private static boolean isPlain(char c) {
        return c >= FIRST_PRINTABLE && c < DELETE && c != '<' && c != '>' && c != '&' && c != '\'';
    }

    private void escape(char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(Character.forDigit(c >> shift & 0xf, 16));
        }
    }
}
