// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A worker's process: how it is started and connected, and what is found when it is dead. */
final class Child {
    /*
     * Overview
     * --------
     * The process is started first. Its JVM takes its time until it reads from its standard input, in which the socket
     * where it is awaited is made. It is told there where that will be before it is made, so that one of the two can
     * remove it whenever the other one dies.
     *
     * The process proves that it is the one by a token that it reads from its standard input as well, which others
     * cannot see as they see a command line. Each connection to a socket in a directory for this user alone is asked
     * for it.
     */
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How often the wait for a connection looks whether the process is still there. */
    private static final long LOOK_MILLIS = 10;

    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    /** How a JVM that crashes begins to tell about it, on its standard output whatever its options say. */
    private static final String CRASH = "# A fatal error has been detected";

    private final Process process;
    private final MeetingPlace place;
    private final ServerSocketChannel server;
    private final StartMark mark;
    private final byte[] token = new byte[WorkerMain.TOKEN];
    private final Output standardOutput;
    private final Output standardError;
    private final int limit;

    /** Null before the process is connected. Used by the thread that reads from it. */
    private @Nullable Connection connection;

    /** Starts a process, which is not connected yet. */
    static Child launch(Settings settings, String worker) throws IOException {
        Process process = new Command(settings).start(worker);
        MeetingPlace place = MeetingPlace.somewhere();
        try {
            tell(process, place);
            place.make();
            return new Child(settings, worker, process, place);
        } catch (Throwable thrown) {
            ProcessTree.kill(process);
            place.remove();
            throw thrown;
        }
    }

    private static void tell(Process process, MeetingPlace place) {
        try {
            OutputStream input = process.getOutputStream();
            new DataOutputStream(input).writeUTF(place.toString());
            input.flush();
        } catch (IOException e) {
            // It has ended already, which is told when it does not connect.
        }
    }

    private Child(Settings settings, String worker, Process process, MeetingPlace place) throws IOException {
        this.process = process;
        this.place = place;
        this.limit = settings.maxMessage();
        RANDOM.nextBytes(token);
        mark = StartMark.create(place.mark());
        ServerSocketChannel opened = null;
        try {
            opened = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            opened.bind(place.socket());
        } catch (Throwable thrown) {
            if (opened != null) {
                opened.close();
            }
            throw thrown;
        }
        server = opened;
        standardOutput = Output.of(process, worker, /* error= */ false);
        standardError = Output.of(process, worker, /* error= */ true);
    }

    Process process() {
        return process;
    }

    StartMark mark() {
        return mark;
    }

    /** Waits until the process is connected, or has ended; whoever cannot wait that long kills it. */
    Connection connect() throws IOException {
        try (OutputStream input = process.getOutputStream()) {
            input.write(token);
        } catch (IOException e) {
            // It has ended already, which is told below.
        }
        try (server;
                Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            while (true) {
                SocketChannel channel = server.accept();
                if (channel != null) {
                    Connection greeted = greeted(channel);
                    if (greeted != null) {
                        connection = greeted;
                        return greeted;
                    }
                } else if (process.isAlive()) {
                    selector.select(LOOK_MILLIS);
                    selector.selectedKeys().clear();
                    Thread.interrupted();
                } else {
                    throw new IOException("it ended before it was connected");
                }
            }
        } finally {
            place.remove();
        }
    }

    /** The connection, if it is our process that has made it. */
    private @Nullable Connection greeted(SocketChannel channel) throws IOException {
        Connection made = new Connection(channel, WorkerMain.TOKEN);
        boolean ours = false;
        try {
            Frame hello = made.read();
            ours = hello != null && hello.kind() == Frame.Kind.HELLO && MessageDigest.isEqual(hello.bytes(), token);
        } finally {
            if (!ours) {
                made.close();
            }
        }
        made.setLimit(limit);
        return ours ? made : null;
    }

    /** Waits for the end of the process, and kills it if that takes longer. */
    void awaitEnd(long nanos) {
        ProcessTree.awaitEnd(process, nanos);
        standardError.awaitEnd(LAST_WORDS);
        standardOutput.awaitEnd(LAST_WORDS);
    }

    /** Lets go of what was used for a process that has ended, and tells what is known of it. */
    Death bury(@Nullable Throwable problem) {
        long begun = mark.last();
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (IOException e) {
            // It is of no use to anybody any more.
        }
        place.remove();
        return new Death(process.pid(), process.exitValue(), lastWords(), begun, problem, /* isWanted= */ false);
    }

    private String lastWords() {
        String words = standardError.tail();
        String printed = standardOutput.tail();
        int crash = printed.indexOf(CRASH);
        return crash < 0 ? words : (words + "\n" + printed.substring(crash)).strip();
    }
}
