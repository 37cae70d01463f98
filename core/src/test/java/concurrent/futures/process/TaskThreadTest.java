// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Task;
import concurrent.futures.codec.Codec;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread of a worker interrupts the tasks that are to be interrupted, and no others. */
class TaskThreadTest {
    private static final int LIMIT = 1 << 16;

    /** Requests to interrupt are sent by several threads, and may overtake each other. */
    @Test
    void lateInterruptOfATaskThatHasEnded_doesNotHideTheOneOfATaskToCome(@TempDir Path directory) throws Exception {
        Path mark = directory.resolve("mark");
        StartMark.create(mark);
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(directory.resolve("socket"));
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(address);
            Connection here = new Connection(SocketChannel.open(address), LIMIT);
            Connection there = new Connection(server.accept(), LIMIT);
            TaskThread tasks = new TaskThread(
                    "tried", there, StartMark.Pen.open(mark), LIMIT, TaskThreadTest.class.getClassLoader());
            tasks.start();
            tasks.interrupt(5);
            tasks.interrupt(3);
            Task<Boolean> task = () -> Thread.interrupted();
            tasks.add(new Frame(Frame.Kind.TASK, 5, Codec.encodeTask(task, LIMIT, loader -> {})));
            Frame result = here.read();
            assertThat(result.kind()).isEqualTo(Frame.Kind.RESULT);
            assertThat(Codec.decode(result.bytes(), Codec.Source.own())).isEqualTo(true);
        }
    }
}
