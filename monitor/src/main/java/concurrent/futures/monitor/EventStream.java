// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The messages on their way to one page, as server-sent events. A page that does not read for a while misses some, and
 * then gets all there is anew.
 */
final class EventStream {
    private static final int MOST_WAITING = 16;
    private static final byte[] END = {};

    private final ArrayBlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private volatile boolean behind = true;
    private volatile boolean ended;

    /** Sends a message, soon. Called by one thread; waits for nothing. */
    void send(byte[] event) {
        if (!behind && !waiting.offer(event)) {
            behind = true;
        }
    }

    /** Ends the stream behind what has been sent. */
    void end() {
        ended = true;
        var unused = waiting.offer(END); // where there is no room, there is something else to wake the writer
    }

    /**
     * Writes messages until the page goes away.
     *
     * @param whole gives a message with all there is, and from then on sends what is new
     */
    void writeTo(OutputStream out, Supplier<byte[]> whole) throws IOException, InterruptedException {
        while (!ended || !waiting.isEmpty()) {
            if (behind) {
                waiting.clear();
                byte[] all = whole.get();
                out.write(all);
                out.flush();
            }
            byte[] event = waiting.poll(1, TimeUnit.SECONDS);
            if (event != null && event != END && !behind) {
                out.write(event);
                out.flush();
            }
        }
    }

    /** From now on, messages follow on what the page knows. Called while no message is made. */
    void caughtUp() {
        behind = false;
    }

    static byte[] event(String message) {
        return ("data: " + message + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
