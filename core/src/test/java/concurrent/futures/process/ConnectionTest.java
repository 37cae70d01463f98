// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** A connection holds on to resources of the system only as long as it is there. */
class ConnectionTest {
    private static final int MANY = 200;

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }

    @Test
    void connectionThatCannotBeMade_leavesNothingOpen() throws IOException {
        long before = openFiles();
        for (int i = 0; i < MANY; i++) {
            SocketChannel closed = SocketChannel.open(StandardProtocolFamily.UNIX);
            closed.close();
            assertThatThrownBy(() -> new Connection(closed, 0)).isInstanceOf(IOException.class);
        }
        assertThat(openFiles() - before).isLessThan(MANY);
    }
}
