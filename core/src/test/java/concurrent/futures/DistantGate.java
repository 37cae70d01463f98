// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The way from another process to a {@link Gate} of a test. */
record DistantGate(String socket, long id) implements Serializable {
    private static final byte ARRIVE = 1;
    private static final byte AWAIT = 2;

    /** What the process of the test has for the others. */
    private static final class Keeper {
        static final Map<Long, Gate> GATES = new ConcurrentHashMap<>();
        static final AtomicLong IDS = new AtomicLong();
        static final String SOCKET = open();

        private static String open() {
            try {
                Path directory = Files.createTempDirectory("gate-");
                Path path = directory.resolve("socket");
                ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server.bind(UnixDomainSocketAddress.of(path));
                directory.toFile().deleteOnExit();
                path.toFile().deleteOnExit();
                Thread.ofPlatform().daemon().name("gates").start(() -> serve(server));
                return path.toString();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void serve(ServerSocketChannel server) {
            try {
                while (true) {
                    SocketChannel channel = server.accept();
                    Thread.ofVirtual().start(() -> answer(channel));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static void answer(SocketChannel channel) {
            try (channel) {
                ByteBuffer asked = ByteBuffer.allocate(1 + Long.BYTES);
                while (asked.hasRemaining() && channel.read(asked) >= 0) {
                    // Until all is there.
                }
                byte what = asked.flip().get();
                Gate gate = GATES.get(asked.getLong());
                if (what == ARRIVE) {
                    gate.arrive();
                } else {
                    gate.awaitOpen();
                }
                channel.write(ByteBuffer.allocate(1));
            } catch (IOException | InterruptedException | AssertionError e) {
                // Whoever waits is told by the end of the connection.
            }
        }
    }

    static DistantGate to(Gate gate) {
        long id = Keeper.IDS.incrementAndGet();
        Keeper.GATES.put(id, gate);
        return new DistantGate(Keeper.SOCKET, id);
    }

    private Object readResolve() {
        return new Gate(this);
    }

    void arrive() throws InterruptedException {
        boolean interrupted = Thread.interrupted();
        ask(ARRIVE);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void awaitOpen() throws InterruptedException {
        ask(AWAIT);
    }

    private void ask(byte what) throws InterruptedException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            channel.write(
                    ByteBuffer.allocate(1 + Long.BYTES).put(what).putLong(id).flip());
            if (channel.read(ByteBuffer.allocate(1)) < 0) {
                throw new AssertionError("waited in vain");
            }
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            throw new InterruptedException();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
