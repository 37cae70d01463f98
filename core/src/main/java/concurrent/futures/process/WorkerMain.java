// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import concurrent.futures.codec.Filters;
import concurrent.futures.codec.RemoteClasses;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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

    static final int TOKEN = 32;

    /** How long the hooks of an exit may take when there is no parent any more that would kill this. */
    private static final long LONGEST_EXIT = TimeUnit.SECONDS.toNanos(60);

    private static final int ORPHANED = 1;

    /** Whether this process is about to exit, which is not to be cut short. Set by the hook. */
    private static volatile boolean exiting;

    private WorkerMain() {}

    /** Is called by the JVM, with the name of the worker; without one in order to see whether it can be. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            return;
        }
        Filters.expectNone();
        new Preparation().start();
        DataInputStream input = new DataInputStream(System.in);
        MeetingPlace place = MeetingPlace.at(input.readUTF());
        Connection connection = null;
        try {
            byte[] token = input.readNBytes(TOKEN);
            StartMark.Pen mark = StartMark.Pen.open(place.mark());
            connection = new Connection(SocketChannel.open(place.socket()), Integer.MAX_VALUE);
            connection.send(Frame.Kind.HELLO, 0, token);
            work(connection, mark, arguments[0]);
        } finally {
            // There is something left only if the parent has died before it knew of the connection.
            place.remove();
            if (connection != null) {
                die();
            }
        }
    }

    private static void work(Connection connection, StartMark.Pen mark, String name) throws IOException {
        Runtime.getRuntime().addShutdownHook(new Hook(connection));
        Thread.currentThread().setPriority(Thread.MAX_PRIORITY);
        serve(connection, mark, name);
    }

    private static void serve(Connection connection, StartMark.Pen mark, String name) throws IOException {
        RemoteClasses classes = new RemoteClasses(
                WorkerMain.class.getPackageName(), ClassLoader.getSystemClassLoader(), new Questions(connection));
        TaskThread tasks = null;
        for (Frame frame = connection.read(); frame != null; frame = connection.read()) {
            switch (frame.kind()) {
                case INIT -> {
                    int limit = (int) frame.id();
                    connection.setLimit(limit);
                    tasks = new TaskThread(name, connection, mark, limit, classes);
                    tasks.start();
                    tasks.add(frame);
                }
                case CLASS -> classes.answered(frame.id(), frame.bytes());
                case SHUTDOWN -> System.exit(0);
                default -> {
                    Mishap.perhaps();
                    handle(tasks, frame);
                }
            }
        }
    }

    /** Asks the parent for classes. Not a lambda: see above. */
    private record Questions(Connection connection) implements RemoteClasses.Asker {
        @Override
        public void ask(long question, String name) throws IOException {
            connection.send(Frame.Kind.CLASS_WANTED, question, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void handle(@Nullable TaskThread tasks, Frame frame) throws IOException {
        if (tasks == null) {
            throw new IOException("a frame before the first one: " + frame.kind());
        }
        if (frame.kind() == Frame.Kind.INTERRUPT) {
            tasks.interrupt(frame.id());
        } else {
            tasks.add(frame);
        }
    }

    /**
     * Tells the parent at once that this process exits, although the hooks of the user may take their time. Closing
     * the connection does so, and has no thread wait in native code, for which the JVM would wait itself.
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
                connection.close();
            } catch (IOException e) {
                // Then the parent hears of it when the process has ended.
            }
        }
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
