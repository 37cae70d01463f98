// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.Duration;

/** Passes on what a worker prints, all of which comes on its standard error; see {@link StandardOutput}. */
final class Output implements Runnable {
    private static final int BUFFER = 4 << 10;

    private final InputStream from;
    private final Lines out;
    private final Lines error;
    private final Thread thread;

    /** How many bytes of a prefix have been read. Used by the thread alone. */
    private int matched;

    /** How many bytes follow that are of the standard output. Used by the thread alone. */
    private int left;

    /** Passes on what is read from a stream once it runs. */
    Output(String worker, InputStream from, Charset charset) {
        this.from = from;
        this.out = new Lines(worker, charset, /* error= */ false);
        this.error = new Lines(worker, charset, /* error= */ true);
        this.thread = new Thread(null, this, worker + "-output", 0, /* inheritInheritableThreadLocals= */ false);
        thread.setDaemon(true);
    }

    /** That in which a process prints in whose place there is no console. */
    static Charset charset() {
        return Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    }

    /** Passes on what a process prints. */
    static Output of(Process process, String worker) {
        Output output = new Output(worker, process.getErrorStream(), charset());
        output.thread.start();
        return output;
    }

    /** The end of what was printed on the standard error. */
    String tail() {
        return error.tail();
    }

    /** Waits for what is still on the way, but not for long: processes that the worker has started may hold the pipe. */
    void awaitEnd(Duration most) {
        try {
            thread.join(most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) {
                for (int i = 0; i < read; i++) {
                    add(buffer[i]);
                }
            }
        } catch (IOException e) {
            // The process is gone, and so is what it had to say.
        }
        giveBack();
        out.end();
        error.end();
    }

    private void add(byte next) {
        if (left > 0) {
            left--;
            out.add(next);
        } else if (matched == StandardOutput.PREFIX.length) {
            matched = 0;
            left = Byte.toUnsignedInt(next);
        } else {
            match(next);
        }
    }

    private void match(byte next) {
        if (next != StandardOutput.PREFIX[matched]) {
            giveBack();
        }
        if (next == StandardOutput.PREFIX[matched]) {
            matched++;
        } else {
            error.add(next);
        }
    }

    /** What has been taken for the begin of a prefix is none. */
    private void giveBack() {
        for (int i = 0; i < matched; i++) {
            error.add(StandardOutput.PREFIX[i]);
        }
        matched = 0;
    }
}
