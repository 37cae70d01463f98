// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** An executor that adds options to each task, and otherwise is the one behind it. */
final class View extends BaseExecutor {
    /** Whoever can reach the view can reach the executor, which thus is not shut down by itself. */
    private final BaseExecutor executor;

    private final TaskOptions options;

    View(BaseExecutor executor, TaskOptions options) {
        this.executor = executor;
        this.options = options;
    }

    @Override
    Engine engine() {
        return executor.engine();
    }

    @Override
    public FutureExecutor unwrapped() {
        return executor.unwrapped();
    }

    @Override
    TaskOptions options() {
        return options;
    }

    @Override
    Object prepared(Object body) {
        return executor.prepared(body);
    }

    @Override
    int chunkSize(int items) {
        return executor.chunkSize(items);
    }

    @Override
    BaseExecutor withOptions(TaskOptions more) {
        return new View(executor, more);
    }

    @Override
    <T extends @Nullable Object> WorkItem<T> newItem(Object body, @Nullable OptionedItem<?> around) {
        return new OptionedItem<>(engine(), prepared(options.carried(body)), options, around);
    }
}
