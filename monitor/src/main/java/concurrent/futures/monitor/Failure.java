// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.jspecify.annotations.Nullable;

/**
 * A task that failed, with its exception as text: the exception itself would keep alive what it refers to.
 *
 * @param span the task
 * @param what the exception in a line
 * @param trace where it comes from
 */
record Failure(Span span, String what, String trace) {
    private static final int LONGEST_LINE = 300;
    private static final int LONGEST_TRACE = 4000;

    static Failure of(Span span) {
        Throwable exception = span.failure();
        return new Failure(span.withoutFailure(), line(exception), trace(exception));
    }

    /** Exceptions have code of users, which may throw something itself. */
    private static String line(@Nullable Throwable exception) {
        try {
            return cut(String.valueOf(exception), LONGEST_LINE);
        } catch (Throwable e) {
            return className(exception);
        }
    }

    private static String trace(@Nullable Throwable exception) {
        if (exception == null) {
            return "";
        }
        try {
            StringWriter text = new StringWriter();
            exception.printStackTrace(new PrintWriter(text));
            return cut(text.toString().replace("\t", "    "), LONGEST_TRACE);
        } catch (Throwable e) {
            return className(exception);
        }
    }

    private static String className(@Nullable Throwable exception) {
        return exception == null ? "" : exception.getClass().getName();
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "…";
    }

    void write(Json json) {
        json.beginObject().field("executor", span.executor()).field("id", span.id());
        json.field("task", span.task().index());
        json.field("time", (span.start() + span.run()) / 1000).field("worker", span.worker());
        json.field("what", what).field("trace", trace).endObject();
    }
}
