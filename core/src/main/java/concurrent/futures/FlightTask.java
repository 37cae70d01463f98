// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

/** The event of Flight Recorder for a task, from its begin to its end. */
@Name("concurrent.futures.Task")
@Label("Task")
@Description("A task of an executor, from its begin to its end")
@Category("Concurrent Futures")
@Enabled(false)
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // The fields are read by Flight Recorder.
final class FlightTask extends Event {
    @Label("Executor")
    private @Nullable String executor;

    @Label("Number")
    private long number;

    @Label("Task Name")
    private @Nullable String taskName;

    @Label("Outcome")
    private @Nullable String outcome;

    @Label("Queue Time")
    @Timespan(Timespan.NANOSECONDS)
    private long queueTime;

    @Label("Worker")
    private @Nullable String worker;

    @Label("Slot")
    private int slot;

    @Label("Exception")
    private @Nullable Class<?> exceptionClass;

    void fill(TaskEvent task) {
        executor = task.executor();
        number = task.id();
        taskName = task.name();
        outcome = String.valueOf(task.outcome());
        queueTime = task.queueTime().toNanos();
        worker = task.worker();
        slot = task.slot();
        Throwable exception = task.exception();
        exceptionClass = exception == null ? null : exception.getClass();
    }
}
