// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A listener that keeps all that it hears. */
final class EventLog implements ExecutorListener {
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<TaskEvent> finished = new CopyOnWriteArrayList<>();
    private final List<TaskEvent> started = new CopyOnWriteArrayList<>();
    private final List<WorkerEvent> workers = new CopyOnWriteArrayList<>();

    @Override
    public void submitted(TaskEvent task) {
        steps.add(task.id() + " submitted");
    }

    @Override
    public void started(TaskEvent task) {
        started.add(task);
        steps.add(task.id() + " started");
    }

    @Override
    public void finished(TaskEvent task) {
        finished.add(task);
        steps.add(task.id() + " " + task.outcome());
    }

    @Override
    public void workerStarted(WorkerEvent worker) {
        workers.add(worker);
        steps.add("worker started");
    }

    @Override
    public void workerEnded(WorkerEvent worker) {
        workers.add(worker);
        steps.add("worker ended");
    }

    /** The steps of all tasks, in the order in which they were told. */
    List<String> tasks() {
        return steps.stream().filter(each -> !each.startsWith("worker")).toList();
    }

    /** The steps of one task. */
    List<String> of(long id) {
        return steps.stream().filter(each -> each.startsWith(id + " ")).toList();
    }

    List<TaskEvent> started() {
        return started;
    }

    List<TaskEvent> finished() {
        return finished;
    }

    List<WorkerEvent> workers() {
        return workers;
    }
}
