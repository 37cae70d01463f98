// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A worker's process: how it is started and connected, and what is found when it is dead. */
final class Child {
    /*
     * Overview
     * --------
     * The process is started first, and the file of the mark is made while its JVM starts. Before that the process is told
     * where the file will be: so one of the two can remove it, whenever the other one dies.
     */
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    private final Process process;
    private final MarkFile file;
    private final StartMark mark;
    private final Connection connection;
    private final Output output;

    /** Starts a process, which may take a while to answer. */
    static Child launch(Settings settings, String worker) throws IOException {
        MarkFile file = MarkFile.somewhere();
        Process process = new Command(settings).start(worker);
        try {
            return new Child(settings, worker, process, file);
        } catch (Throwable thrown) {
            ProcessTree.kill(process);
            file.remove();
            throw thrown;
        }
    }

    private Child(Settings settings, String worker, Process process, MarkFile file) throws IOException {
        this.process = process;
        this.file = file;
        output = Output.of(process, worker);
        connection = new Connection(process.getInputStream(), process.getOutputStream(), settings.maxMessage());
        tell(Frame.Kind.MARK_FILE, 0, file.toString().getBytes(StandardCharsets.UTF_8));
        mark = StartMark.create(file);
    }

    Process process() {
        return process;
    }

    StartMark mark() {
        return mark;
    }

    Connection connection() {
        return connection;
    }

    /** Sends what the process needs before it is ready. */
    void tell(Frame.Kind kind, long id, byte[] payload) {
        try {
            connection.send(kind, id, payload);
        } catch (IOException e) {
            // It has ended, which whoever reads from it notices; or it is killed when its time to start is over.
        }
    }

    /** Has something short done when the process has ended. */
    void whenEnded(Runnable then) {
        var unused = process.onExit().thenRun(then);
    }

    /** Waits for the end of the process, and kills it if that takes longer. */
    void awaitEnd(long nanos) {
        ProcessTree.awaitEnd(process, nanos);
        output.awaitEnd(LAST_WORDS);
    }

    /** Lets go of what was used for a process that has ended, and tells what is known of it. */
    Death bury(@Nullable Throwable problem) {
        long begun = mark.last();
        try {
            connection.close();
        } catch (IOException e) {
            // It is of no use to anybody any more.
        }
        file.remove();
        return new Death(process.pid(), process.exitValue(), output.tail(), begun, problem, /* isWanted= */ false);
    }
}
