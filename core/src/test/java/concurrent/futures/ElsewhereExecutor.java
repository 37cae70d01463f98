// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An executor for tests that never calls {@link WorkItem#run()}: its own threads, which know nothing of the library,
 * stand for another process or machine, and report through {@code start}, {@code complete} and {@code fail}.
 */
final class ElsewhereExecutor extends AbstractFutureExecutor {
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final int servers;

    ElsewhereExecutor(int maxWorkers) {
        super("ElsewhereExecutor", maxWorkers);
        servers = maxWorkers;
        for (int i = 0; i < servers; i++) {
            Thread server = new Thread(this::serve, "elsewhere-" + i);
            server.setDaemon(true);
            server.start();
        }
    }

    @Override
    protected <T> void dispatch(WorkItem<T> item) {
        inbox.add(() -> run(item));
    }

    @Override
    protected void terminated() {
        for (int i = 0; i < servers; i++) {
            inbox.add(End.INSTANCE);
        }
    }

    private void serve() {
        try {
            for (Runnable letter = inbox.take(); letter != End.INSTANCE; letter = inbox.take()) {
                letter.run();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("an interrupt reached a server between two tasks", e);
        }
    }

    private static <T> void run(WorkItem<T> item) {
        Run run = new Run();
        if (!item.start(run::cancelled)) {
            return;
        }
        T value;
        try {
            value = item.task().call();
        } catch (Throwable thrown) {
            run.end();
            item.fail(thrown);
            return;
        }
        run.end();
        item.complete(value);
    }

    private enum End implements Runnable {
        INSTANCE;

        @Override
        public void run() {
            throw new AssertionError();
        }
    }

    /** One task on one server; an interrupt reaches it or nobody. */
    private static final class Run {
        private final Thread server = Thread.currentThread();
        private boolean over;

        synchronized void cancelled(boolean mayInterrupt) {
            if (mayInterrupt && !over) {
                server.interrupt();
            }
        }

        synchronized void end() {
            over = true;
            Thread.interrupted();
        }
    }
}
