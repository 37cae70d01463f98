// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.codec.Filters;
import concurrent.futures.codec.RemoteClasses;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StreamCorruptedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What runs in a worker process. The main thread reads what the parent says, and ends the process when the parent is
 * gone; another one runs the tasks.
 *
 * <p>What is used before the first task does without lambdas, concatenated strings, regular expressions, reflection and
 * handles of processes, each of which costs a worker some ten milliseconds the first time. What cannot be done without
 * is prepared by another thread.
 */
final class WorkerMain {
    /** The system property that only worker processes have. */
    static final String IN_WORKER = "concurrent.futures.process.worker";

    /** How long the hooks of an exit may take when there is no parent any more that would kill this. */
    private static final long LONGEST_EXIT = TimeUnit.SECONDS.toNanos(60);

    /** How long an exit may wait for others that send. */
    private static final long LONGEST_NOTICE = TimeUnit.MILLISECONDS.toNanos(100);

    private static final int ORPHANED = 1;

    /** Whether this process is about to exit, which is not to be cut short. Set once. */
    private static volatile boolean exiting;

    private WorkerMain() {}

    /**
     * Is called by the JVM: with the name of the worker, and the paths of the pipes and of the standard error unless the
     * pipes are its standard input and output. Without arguments it only shows that this program can be started.
     */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            return;
        }
        Filters.expectNone();
        new Preparation().start();
        Connection connection = connection(arguments);
        // Not a stream of the descriptor that tasks may close, with a stream of their own or by System.err.
        StandardOutput.replace(
                arguments.length > 1 ? new FileOutputStream(arguments[3]) : new FileOutputStream(FileDescriptor.err));
        work(connection, arguments[0]);
        die();
    }

    private static Connection connection(String[] arguments) throws IOException {
        if (arguments.length > 1) {
            return new Connection(
                    new FileInputStream(arguments[1]), new FileOutputStream(arguments[2]), Integer.MAX_VALUE);
        }
        System.setIn(InputStream.nullInputStream());
        return new Connection(
                new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out), Integer.MAX_VALUE);
    }

    private static void work(Connection connection, String name) throws IOException {
        Frame told = read(connection, Frame.Kind.MARK_FILE);
        if (told == null) {
            return;
        }
        MarkFile file = MarkFile.at(Path.of(new String(told.bytes(), StandardCharsets.UTF_8)));
        StartMark.Pen mark;
        Frame first;
        try {
            first = read(connection, Frame.Kind.INIT);
            if (first == null) {
                return;
            }
            mark = StartMark.Pen.open(file);
        } finally {
            file.remove();
        }
        try {
            Runtime.getRuntime().addShutdownHook(new Hook(connection));
            Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
            serve(connection, mark, name, first);
        } finally {
            die();
        }
    }

    /** The next frame, which has to be of a kind; null when the parent is gone. */
    private static @Nullable Frame read(Connection connection, Frame.Kind kind) throws IOException {
        Frame frame = connection.read();
        if (frame != null && frame.kind() != kind) {
            throw new StreamCorruptedException(kind + " was to come, but " + frame.kind() + " has");
        }
        return frame;
    }

    private static void serve(Connection connection, StartMark.Pen mark, String name, Frame first) throws IOException {
        RemoteClasses classes = new RemoteClasses(
                WorkerMain.class.getPackageName(), ClassLoader.getSystemClassLoader(), new Questions(connection));
        int limit = (int) first.id();
        connection.setLimit(limit);
        TaskThread tasks = new TaskThread(name, connection, mark, limit, classes);
        tasks.start();
        tasks.add(first);
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            switch (frame.kind()) {
                case CLASS -> classes.answered(frame.id(), frame.bytes());
                case SHUTDOWN -> exit(frame.id());
                case INTERRUPT -> {
                    Mishap.perhaps();
                    tasks.interrupt(frame.id());
                }
                default -> {
                    Mishap.perhaps();
                    if (!exiting) {
                        tasks.add(frame);
                    }
                }
            }
        }
    }

    private static void exit(long parent) {
        exiting = true;
        try {
            new ParentWatch(parent).start();
        } catch (OutOfMemoryError e) {
            // For lack of threads. The parent, as long as it is there, ends what takes too long.
        }
        System.exit(0);
    }

    /** Asks the parent for classes. Not a lambda: see above. */
    private record Questions(Connection connection) implements RemoteClasses.Asker {
        @Override
        public void ask(long question, String name) throws IOException {
            connection.send(Frame.Kind.CLASS_WANTED, question, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Tells the parent at once that this process exits, although the hooks of the user may take their time. The parent
     * answers, after which no thread waits for it in native code, for which the JVM would wait itself.
     */
    private static final class Hook extends Thread {
        private final Connection connection;

        Hook(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void run() {
            exiting = true;
            try {
                connection.trySend(new Frame(Frame.Kind.EXITING, 0, Frame.EMPTY), LONGEST_NOTICE);
            } catch (IOException e) {
                // The parent is gone.
            } catch (InterruptedException e) {
                // Then it hears of the end alone.
            }
        }
    }

    /** Whether this process is about to exit, so that no task is to begin. */
    static boolean isExiting() {
        return exiting;
    }

    /** Ends this process, and those that it has started, because there is nobody left to work for. */
    static void die() {
        if (exiting) {
            long end = System.nanoTime() + LONGEST_EXIT;
            for (long left = LONGEST_EXIT; left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
        try {
            Iterator<ProcessHandle> children =
                    ProcessHandle.current().descendants().iterator();
            while (children.hasNext()) {
                children.next().destroyForcibly();
            }
        } finally {
            fall();
        }
    }

    /** Ends this process on the spot. */
    static void fall() {
        Runtime.getRuntime().halt(ORPHANED);
    }
}
