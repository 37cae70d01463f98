// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/**
 * Hears of the tasks and the workers of an executor to which it was {@linkplain FutureExecutor#addListener added}. All
 * methods do nothing by default.
 *
 * {@snippet file="concurrent/futures/snippets/WatchingSnippets.java" region="listener"}
 *
 * <p>Of a task that is submitted while the listener is there, it hears {@link #submitted}, {@link #started} and
 * {@link #finished}, once each and in this order, unless another listener cancels it while it is being submitted; of one that never begins
 * only the first and the last. Of tasks that
 * were submitted before it hears nothing.
 *
 * <p>A method is called on the thread that takes the step, which holds no lock of this library, and by several threads at the same time. It should be quick, and must not wait for tasks:
 * while it lasts, the thread does nothing else. Whatever it throws is logged, and neither the task nor another listener
 * hears of it. Arguments are never null.
 */
public interface ExecutorListener {
    /**
     * A task is about to be queued. Called on the submitting thread, when there is room for the task. If the executor is
     * shut down at that very moment, the submission is refused after this, and the task told to be cancelled.
     *
     * @param task the task
     */
    default void submitted(TaskEvent task) {}

    /**
     * A task is about to be called, on this thread, or elsewhere: then this is told when it is sent, or when the other
     * side tells of it. So is one that could not be sent, which fails next.
     *
     * @param task the task
     */
    default void started(TaskEvent task) {}

    /**
     * A task has ended: its future is done, and, if it was cancelled while it ran, or its time was over, its body has
     * come to its end as well. Called on the thread that ran it, after callbacks, so whoever waits for the future may go
     * on before; if it had not begun, on the thread that cancelled it, before callbacks. When the executor {@linkplain
     * FutureExecutor#isTerminated() has terminated}, this has been called for all tasks that were run; who has just
     * cancelled one that was not may still be about to.
     *
     * @param task the task
     */
    default void finished(TaskEvent task) {}

    /**
     * A worker is about to look for its first task. Executors on virtual threads, and those on threads of others, have no
     * workers to tell of.
     *
     * @param worker the worker
     */
    default void workerStarted(WorkerEvent worker) {}

    /**
     * A worker has ended, or is about to. Also called for those that began before this listener was added.
     *
     * @param worker the worker
     */
    default void workerEnded(WorkerEvent worker) {}

    /** The time for which a listener hears of an executor. */
    interface Registration extends AutoCloseable {
        /**
         * Ends it: the listener hears nothing more, except for what is being told at this moment. Does nothing if it has
         * ended before. May be called on any thread, the listener's own methods included.
         */
        @Override
        void close();
    }
}
