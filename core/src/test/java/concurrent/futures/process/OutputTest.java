// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** One stream carries the standard output and the standard error of a worker. */
class OutputTest {
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final StandardOutput standardOutput = new StandardOutput(stream);
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final ByteArrayOutputStream complained = new ByteArrayOutputStream();

    /** Passes on what is in the stream. */
    private Output passOn() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        System.setOut(new PrintStream(printed, /* autoFlush= */ true, UTF_8));
        System.setErr(new PrintStream(complained, /* autoFlush= */ true, UTF_8));
        try {
            Output output = new Output("w", new ByteArrayInputStream(stream.toByteArray()), UTF_8);
            output.run();
            return output;
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static String lines(ByteArrayOutputStream of) {
        return of.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void partsOfLines_areJoined_eachWithItsOwn() throws Exception {
        standardOutput.write("on".getBytes(UTF_8));
        stream.write("er".getBytes(UTF_8));
        standardOutput.write("e\ntw".getBytes(UTF_8));
        stream.write("ror\n".getBytes(UTF_8));
        standardOutput.write('o');
        Output output = passOn();
        assertThat(lines(printed)).isEqualTo("[w] one\n[w] two\n");
        assertThat(lines(complained)).isEqualTo("[w] error\n");
        assertThat(output.tail()).isEqualTo("error");
    }

    @Test
    void longText_arrivesWhole() throws Exception {
        String text = "x\u00e9".repeat(5_000);
        standardOutput.write(text.getBytes(UTF_8));
        passOn();
        assertThat(lines(printed)).isEqualTo("[w] " + text + "\n");
    }

    @Test
    void partsAreShortEnoughForTheSystemToWriteThemAtOnce() throws Exception {
        int[] longest = new int[1];
        StandardOutput measured = new StandardOutput(new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes, int from, int length) {
                longest[0] = Math.max(longest[0], length);
            }
        });
        measured.write(new byte[10_000]);
        assertThat(longest[0]).isBetween(1, 512);
    }

    @Test
    void textThatContainsThePrefix_isPassedOn() throws Exception {
        byte[] prefix = StandardOutput.PREFIX;
        standardOutput.write(prefix);
        standardOutput.write("\n".getBytes(UTF_8));
        for (int length = 1; length < prefix.length; length++) {
            stream.write(prefix, 0, length);
        }
        passOn();
        assertThat(lines(printed)).isEqualTo("[w] " + new String(prefix, UTF_8) + "\n");
        StringBuilder parts = new StringBuilder("[w] ");
        for (int length = 1; length < prefix.length; length++) {
            parts.append(new String(Arrays.copyOf(prefix, length), UTF_8));
        }
        assertThat(lines(complained)).isEqualTo(parts + "\n");
    }

    /** As when the worker is killed while it prints. */
    @Test
    void streamThatEndsWithinAPart_isPassedOnAsFarAsItGoes() throws Exception {
        stream.write("before\n".getBytes(UTF_8));
        byte[] part = "printed".getBytes(UTF_8);
        stream.write(StandardOutput.PREFIX);
        stream.write(part.length + 1);
        stream.write(part);
        passOn();
        assertThat(lines(complained)).isEqualTo("[w] before\n");
        assertThat(lines(printed)).isEqualTo("[w] printed\n");
    }

    @Test
    void streamThatEndsBeforeAPart_isPassedOn() throws Exception {
        stream.write("before\n".getBytes(UTF_8));
        stream.write(StandardOutput.PREFIX);
        passOn();
        assertThat(lines(complained)).startsWith("[w] before\n");
        assertThat(lines(printed)).isEmpty();
    }
}
