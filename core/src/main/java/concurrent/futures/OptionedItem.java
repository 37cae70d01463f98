// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.invoke.VarHandle;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A work item with options, its own or some that it inherits.
 *
 * @param <T> the type of the result
 */
final class OptionedItem<T extends @Nullable Object> extends WorkItem<T> {
    private final TaskOptions options;
    private final Deadline deadline;

    /** Rings at the deadline; null if there is none. */
    private final @Nullable Alarm deadlineAlarm;

    /** Rings when this has run for too long; null if it may run for any time. */
    private final @Nullable Alarm timeoutAlarm;

    private final @Nullable Origin origin;

    /** Tells of the steps of this; null if nobody wants to know, or all has been told. Taken by whoever takes the last. */
    private @Nullable Watch watch;

    /** Made by the submitting thread, which is perhaps inside of another task, of a body that carries its context. */
    OptionedItem(Engine engine, Object body, TaskOptions options, @Nullable OptionedItem<?> around) {
        super(engine, body);
        this.options = options;
        Deadline own = Deadline.afterNanos(options.deadlineNanos());
        this.deadline = around == null ? own : own.earlierOf(around.deadline);
        this.deadlineAlarm = deadline.never() ? null : new Alarm(this, "was not done by its deadline");
        boolean timed = !Deadline.afterNanos(options.timeoutNanos()).never();
        this.timeoutAlarm = timed ? new Alarm(this, "was not done within its timeout") : null;
        Origin outer = around == null ? null : around.origin;
        this.origin = options.traced() || outer != null ? new Origin(engine.name(), outer) : null;
        this.watch = engine.watchers.newWatch();
        // Whoever is handed this through a data race and cancels it tells of that.
        VarHandle.storeStoreFence();
    }

    /** Whether tasks that are submitted inside of this inherit something. */
    private boolean hasHeirs() {
        return deadlineAlarm != null || origin != null;
    }

    @Override
    public @Nullable String taskName() {
        return options.name();
    }

    @Override
    public boolean isTimed() {
        return timeoutAlarm != null;
    }

    @Override
    Deadline deadline() {
        return deadline;
    }

    @Override
    int priority() {
        return options.priority();
    }

    @Override
    void accepted() {
        if (deadlineAlarm != null) {
            deadlineAlarm.setTo(deadline);
        }
    }

    @Override
    void submitting() {
        Watch seen = watch;
        if (seen != null) {
            seen.submitted(this);
        }
    }

    @Override
    @Nullable
    Watch watch() {
        return watch;
    }

    @Override
    void begun(@Nullable ThreadFrame frame, @Nullable String worker) {
        Watch seen = watch;
        if (seen != null) {
            seen.started(this, frame, worker);
        }
        // It may be run by its submitter, in the middle of its submission.
        accepted();
        if (timeoutAlarm != null) {
            timeoutAlarm.setTo(Deadline.afterNanos(options.timeoutNanos()));
        }
    }

    @Override
    void letGo() {
        if (deadlineAlarm != null) {
            deadlineAlarm.turnOff();
        }
        if (timeoutAlarm != null) {
            timeoutAlarm.turnOff();
        }
    }

    @Override
    void returned() {
        Watch seen = watch;
        if (seen != null) {
            seen.returned();
        }
    }

    @Override
    void wasRun(@Nullable ThreadFrame frame) {
        Watch seen = watch;
        if (seen == null) {
            return;
        }
        watch = null;
        if (frame == null) {
            seen.finished(this, null);
            return;
        }
        // Neither is an interrupt that the body has left behind meant for listeners.
        boolean interrupted = Thread.interrupted();
        try {
            frame.telling(/* userCode= */ true);
        } finally {
            seen.finished(this, frame);
            if (interrupted) {
                frame.thread().interrupt();
            }
        }
    }

    /** Fails this because it has not done something in time. */
    void expire(String what) {
        Engine owner = engine;
        Overdue overdue = overdue(what);
        if (!expire(overdue)) {
            overdue.markSeen();
            if (owner != null) {
                overdue.uncount(owner.watchers);
            }
        }
    }

    @Override
    void expireUnaccepted() {
        settle(overdue("was not accepted before its deadline"));
        drop();
    }

    private Overdue overdue(String what) {
        Overdue overdue = new Overdue(new TimeoutException(name() + " " + what));
        prepare(overdue);
        return overdue;
    }

    @Override
    void failing(Throwable thrown) {
        if (origin != null) {
            origin.addTo(thrown);
        }
    }

    @Override
    Object call(Object body) throws Exception {
        try {
            return callInheriting(body);
        } finally {
            returned();
        }
    }

    private Object callInheriting(Object body) throws Exception {
        if (!hasHeirs()) {
            return callNamed(body);
        }
        Inheritance outer = Inheritance.begin(this);
        try {
            return callNamed(body);
        } finally {
            Inheritance.restored(outer);
        }
    }

    private Object callNamed(Object body) throws Exception {
        if (options.name() == null) {
            return super.call(body);
        }
        String threadName = rename(options.name());
        try {
            return super.call(body);
        } finally {
            Thread.currentThread().setName(threadName);
        }
    }

    /** Adds the name of the task to that of the thread, whose former name this returns. */
    private static String rename(String name) {
        Thread thread = Thread.currentThread();
        String former = thread.getName();
        thread.setName(former + ": " + name);
        return former;
    }

    @Override
    String name() {
        return options.name() == null ? super.name() : super.name() + " \"" + options.name() + "\"";
    }
}
