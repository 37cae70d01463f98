// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The time a whole job may take, counted from when the command line was read. */
record TimeLimit(String text, Duration duration, Instant start) {
    private static final Pattern SHORT = Pattern.compile("(\\d+)(ms|s|m|h)");

    static TimeLimit none() {
        return new TimeLimit("none", ChronoUnit.FOREVER.getDuration(), Instant.now());
    }

    /** What is left of it: what a wait takes as its timeout. */
    Duration left() {
        return duration.minus(Duration.between(start, Instant.now()));
    }

    @Override
    public String toString() {
        return text;
    }

    /** Reads 500ms, 30s, 2m, 1h and ISO 8601 as in PT30S. */
    static final class Converter implements ITypeConverter<TimeLimit> {
        @Override
        public TimeLimit convert(String text) {
            Duration duration = parse(text);
            if (!duration.isPositive()) {
                throw new TypeConversionException("a time limit must be greater than 0");
            }
            return new TimeLimit(text, duration, Instant.now());
        }

        private static Duration parse(String text) {
            try {
                Matcher matcher = SHORT.matcher(text);
                return matcher.matches()
                        ? Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)))
                        : Duration.parse(text.toUpperCase(Locale.ROOT));
            } catch (DateTimeParseException | NumberFormatException | ArithmeticException e) {
                throw new TypeConversionException("'" + text + "' is not a time such as 500ms, 30s, 2m or PT30S");
            }
        }

        private static ChronoUnit unit(String letters) {
            return switch (letters) {
                case "ms" -> ChronoUnit.MILLIS;
                case "s" -> ChronoUnit.SECONDS;
                case "m" -> ChronoUnit.MINUTES;
                default -> ChronoUnit.HOURS;
            };
        }
    }
}
