// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StreamCorruptedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Frames arrive as they were sent, whatever their sizes, and after one that could not be sent whole there is no other one. */
class ConnectionTest {
    private static final int LIMIT = 1 << 20;

    /** Around the sizes of the buffers and of what is read and written at once. */
    private static final int[] SIZES = {
        0, 1, 8_165, 8_166, 8_179, 8_180, 8_191, 8_192, 8_193, 16_384, 65_535, 65_536, 65_537, 200_000
    };

    private final Random random = new Random(1);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final Connection sender = new Connection(InputStream.nullInputStream(), sent, LIMIT);

    private Connection receiver(InputStream input) {
        return new Connection(input, OutputStream.nullOutputStream(), LIMIT);
    }

    private Connection receiver() {
        return receiver(new ByteArrayInputStream(sent.toByteArray()));
    }

    private Frame frame(long id, int size) {
        byte[] payload = new byte[size];
        random.nextBytes(payload);
        return new Frame(Frame.Kind.TASK, id, payload);
    }

    private static void isSame(Frame read, Frame frame) {
        assertThat(read.kind()).isEqualTo(frame.kind());
        assertThat(read.id()).isEqualTo(frame.id());
        assertThat(read.bytes()).isEqualTo(frame.bytes());
    }

    /** A stream that gives a few bytes at a time. */
    private static final class Trickle extends ByteArrayInputStream {
        private final Random random = new Random(2);

        Trickle(byte[] bytes) {
            super(bytes);
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return super.read(into, from, Math.min(length, 1 + random.nextInt(9_000)));
        }
    }

    @Test
    void framesOfAllSizes_arriveAsTheyWereSent() throws Exception {
        List<Frame> frames = new ArrayList<>();
        for (int first : SIZES) {
            for (int second : SIZES) {
                frames.add(frame(random.nextLong(), first));
                frames.add(frame(random.nextLong(), second));
                sender.send(frames.subList(frames.size() - 2, frames.size()));
            }
        }
        for (Connection receiver : List.of(receiver(), receiver(new Trickle(sent.toByteArray())))) {
            for (Frame frame : frames) {
                isSame(receiver.read(), frame);
            }
            assertThat(receiver.hasNext()).isFalse();
            assertThat(receiver.read()).isNull();
        }
    }

    @Test
    void hasNext_onlyIfAllOfItIsHere() throws Exception {
        sender.send(List.of(frame(1, 10), frame(2, 10), frame(3, 9_000)));
        Connection receiver = receiver();
        receiver.read();
        assertThat(receiver.hasNext()).isTrue();
        receiver.read();
        assertThat(receiver.hasNext()).isFalse();
    }

    @Test
    void frameThatIsTooLarge_isRefused() throws Exception {
        sender.send(List.of(frame(1, LIMIT + 1)));
        Connection receiver = receiver();
        assertThatThrownBy(receiver::read).isInstanceOf(StreamCorruptedException.class);
    }

    @Test
    void endWithinAFrame_isToldFromTheEnd() throws Exception {
        for (int size : SIZES) {
            sent.reset();
            sender.send(List.of(frame(1, size)));
            byte[] whole = sent.toByteArray();
            for (int length : new int[] {1, 12, whole.length - 1}) {
                Connection receiver = receiver(new ByteArrayInputStream(whole, 0, length));
                assertThatThrownBy(receiver::read).isInstanceOf(EOFException.class);
            }
        }
    }

    @Test
    void afterAFrameThatWasTornOff_nothingIsSent() {
        OutputStream narrow = new OutputStream() {
            private int room = 100_000;

            @Override
            public void write(int next) throws IOException {
                if (--room < 0) {
                    room = Integer.MAX_VALUE;
                    throw new IOException("on purpose");
                }
                sent.write(next);
            }
        };
        Connection tearing = new Connection(InputStream.nullInputStream(), narrow, LIMIT);
        assertThatThrownBy(() -> tearing.send(List.of(frame(1, 150_000)))).hasMessage("on purpose");
        int before = sent.size();
        assertThatThrownBy(() -> tearing.send(List.of(frame(2, 1))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("could not be sent whole");
        assertThat(sent.size()).isEqualTo(before);
    }

    @Test
    void interruptOfTheReader_isLost() throws Exception {
        sender.send(List.of(frame(1, 1)));
        Connection receiver = receiver();
        Thread.currentThread().interrupt();
        assertThat(receiver.read()).isNotNull();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
