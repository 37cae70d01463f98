// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever temporary files are to be, a worker and its pool meet. */
class MeetingPlaceTest {
    private static final String TEMPORARY = "java.io.tmpdir";

    /** The limit of the system is one of bytes. */
    @Test
    void placeWithLongCharacters_isNotTooLong(@TempDir Path directory) throws Exception {
        assumeThat(System.getProperty("native.encoding")).isEqualTo("UTF-8");
        String before = System.getProperty(TEMPORARY);
        Path temporary = Files.createDirectory(directory.resolve("\u4e2d".repeat(20)));
        System.setProperty(TEMPORARY, temporary.toString());
        try {
            MeetingPlace place = MeetingPlace.somewhere();
            place.make();
            try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
                assertThat(server.bind(place.socket()).getLocalAddress()).isEqualTo(place.socket());
            } finally {
                place.remove();
            }
        } finally {
            System.setProperty(TEMPORARY, before);
        }
    }
}
