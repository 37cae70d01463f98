// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker without a key is reached from its own machine alone, whatever Hazelcast is told besides. */
class ClusterBindTest {
    private static final int SOON_MILLIS = 2_000;

    @BeforeAll
    static void quieten() {
        Workers.quieten();
    }

    @AfterEach
    void forget() {
        System.clearProperty("hazelcast.local.localAddress");
        System.clearProperty("hazelcast.socket.server.bind.any");
        System.clearProperty("hazelcast.socket.bind.any");
    }

    private static List<InetAddress> addressesForOthers() throws IOException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                .toList();
    }

    private static boolean listensAt(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), SOON_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hazelcast.local.localAddress=0.0.0.0",
                "hazelcast.socket.server.bind.any=true",
                "hazelcast.socket.bind.any=true"
            })
    void propertiesOfTheJvm_openNothing(String property) throws Exception {
        List<InetAddress> addresses = addressesForOthers();
        Assumptions.assumeFalse(addresses.isEmpty(), "this machine has a network");
        String[] parts = property.split("=", -1);
        System.setProperty(parts[0], parts[1]);
        try (ClusterWorker worker = ClusterWorker.builder().port(0).start()) {
            String[] place = worker.address().split(":", -1);
            int port = Integer.parseInt(place[1]);
            assertThat(place[0]).isEqualTo("127.0.0.1");
            assertThat(listensAt(InetAddress.getLoopbackAddress(), port)).isTrue();
            assertThat(addresses).noneMatch(address -> listensAt(address, port));
        }
    }

    @Test
    void nameOfThisMachine_isResolved() {
        try (ClusterWorker worker =
                ClusterWorker.builder().bind("localhost").port(0).start()) {
            assertThat(worker.address()).startsWith("127.0.0.1:");
        }
    }

    @Test
    void moreThreadsThanAnybodyHas_areRefused() {
        assertThatThrownBy(() -> ClusterWorker.builder().threads(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("threads must be greater than 0 and at most 65536");
    }

    @Test
    void connectToNobody_isRefused() {
        assertThatThrownBy(() -> ClusterExecutor.connect())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embedded()");
    }
}
