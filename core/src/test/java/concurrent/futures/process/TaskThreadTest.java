// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Task;
import concurrent.futures.codec.Codec;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The thread of a worker interrupts the tasks that are to be interrupted, and no others. */
class TaskThreadTest {
    private static final int LIMIT = 1 << 16;

    /** Requests to interrupt are sent by several threads, and may overtake each other. */
    @Test
    void lateInterruptOfATaskThatHasEnded_doesNotHideTheOneOfATaskToCome(@TempDir Path directory) throws Exception {
        MarkFile mark = MarkFile.at(directory.resolve("mark"));
        StartMark.create(mark);
        try (PipedInputStream results = new PipedInputStream();
                PipedOutputStream output = new PipedOutputStream(results)) {
            Connection here = new Connection(results, OutputStream.nullOutputStream(), LIMIT);
            Connection there = new Connection(InputStream.nullInputStream(), output, LIMIT);
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
