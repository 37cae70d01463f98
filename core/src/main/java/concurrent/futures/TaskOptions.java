// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a view of an executor adds to each task.
 *
 * @param timeoutNanos how long it may run; {@link Long#MAX_VALUE} for any time
 * @param deadlineNanos how long after its submission it has to be done; {@link Long#MAX_VALUE} for no end
 * @param name what it is called; null for no name
 * @param priority tasks of a higher one are run before others
 * @param contexts what carries the context of the submitting thread, the outermost first
 * @param traced whether its failure tells where it was submitted
 */
record TaskOptions(
        long timeoutNanos,
        long deadlineNanos,
        @Nullable String name,
        int priority,
        List<UnaryOperator<Callable<@Nullable Object>>> contexts,
        boolean traced) {
    static final TaskOptions NONE = new TaskOptions(
            Long.MAX_VALUE, Long.MAX_VALUE, null, 0, List.of(), Boolean.getBoolean("concurrent.futures.debug"));

    TaskOptions withTimeout(long nanos) {
        return new TaskOptions(Math.min(timeoutNanos, nanos), deadlineNanos, name, priority, contexts, traced);
    }

    TaskOptions withDeadline(long nanos) {
        return new TaskOptions(timeoutNanos, Math.min(deadlineNanos, nanos), name, priority, contexts, traced);
    }

    TaskOptions withName(String newName) {
        return new TaskOptions(timeoutNanos, deadlineNanos, newName, priority, contexts, traced);
    }

    TaskOptions withPriority(int newPriority) {
        return new TaskOptions(timeoutNanos, deadlineNanos, name, newPriority, contexts, traced);
    }

    TaskOptions withContext(UnaryOperator<Callable<@Nullable Object>> context) {
        List<UnaryOperator<Callable<@Nullable Object>>> more = new ArrayList<>(contexts);
        more.add(context);
        return new TaskOptions(timeoutNanos, deadlineNanos, name, priority, List.copyOf(more), traced);
    }

    TaskOptions withTracing() {
        return new TaskOptions(timeoutNanos, deadlineNanos, name, priority, contexts, /* traced= */ true);
    }

    /** The call of a body together with the context of the current thread, which submits it. */
    Object carried(Object body) {
        if (contexts.isEmpty()) {
            return body;
        }
        Callable<@Nullable Object> call = Bodies.callable(body);
        for (int i = contexts.size() - 1; i >= 0; i--) {
            call = requireNonNull(contexts.get(i).apply(call), "what a context makes of a task");
        }
        return call;
    }
}
