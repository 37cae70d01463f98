// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers and workers of different keys have nothing to do with each other, and the log says so. */
class ClusterKeyTest {
    private static final byte[] KEY = "a key for the tests, of many bytes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] OTHER_KEY = "another key, which is not that one".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    static Path directory;

    private static Workers keyed;
    private static Workers open;

    @BeforeAll
    static void start() throws Exception {
        Path key = Files.write(directory.resolve("key"), KEY);
        keyed = Workers.start(directory, 1, 2, "--key-file", key.toString());
        open = Workers.start(directory, 1, 2);
    }

    @AfterAll
    static void close() {
        keyed.close();
        open.close();
    }

    private static void assertUnused(Workers workers, ClusterExecutor.Builder builder, String reason) {
        try (Logged log = new Logged()) {
            assertThatThrownBy(() -> builder.connect(workers.address()).build())
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("the worker " + workers.address())
                    .hasMessageContaining(reason)
                    .hasMessageContaining("key(byte[])")
                    .hasMessageContaining("--key-file");
            assertThat(log.warnings())
                    .singleElement()
                    .asString()
                    .contains("the worker " + workers.address())
                    .contains("cannot be used")
                    .contains(reason);
        }
    }

    @Test
    void rightKey_isUsed() throws Exception {
        try (ClusterExecutor executor = keyed.connect(ClusterExecutor.builder().key(KEY))) {
            assertThat(executor.submit(() -> 42).result(Eventually.PATIENCE)).isEqualTo(42);
        }
    }

    @Test
    void anotherKey_isNot() throws Exception {
        assertUnused(keyed, ClusterExecutor.builder().key(OTHER_KEY), "not of the key of this cluster");
    }

    @Test
    void driverWithoutAKey_isNot() throws Exception {
        assertUnused(keyed, ClusterExecutor.builder(), "seal");
    }

    @Test
    void workerWithoutAKey_isNot() throws Exception {
        assertUnused(open, ClusterExecutor.builder().key(KEY), "seal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.1:5701", "192.168.1.2", "example.invalid:5701", "0.0.0.0:5701", "[2001:db8::1]:5701"})
    void connectingElsewhereWithoutAKey_isRefusedWithAdvice(String address) {
        assertThatThrownBy(() -> ClusterExecutor.connect("127.0.0.1:5701", address))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("key(byte[])");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "10.0.0.*", "*.*.*.*", "0.0.0.0", "::", "fe80::1"})
    void workerThatOthersReachWithoutAKey_isRefusedWithAdvice(String address) {
        assertThatThrownBy(() -> ClusterWorker.builder().bind(address).start())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(address)
                .hasMessageContaining("key(byte[])");
    }

    @Test
    void workerThatJoinsOthersWithoutAKey_isRefusedWithAdvice() {
        assertThatThrownBy(() -> ClusterWorker.builder().join("10.0.0.1:5701").start())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10.0.0.1:5701")
                .hasMessageContaining("key(byte[])");
    }

    @Test
    void anyConfigurationOfHazelcastWithoutAKey_isRefusedWithAdvice() {
        assertThatThrownBy(() -> ClusterWorker.builder().hazelcast(new Config()).start())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key(byte[])");
        assertThatThrownBy(() ->
                        ClusterExecutor.builder().hazelcast(new ClientConfig()).build())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key(byte[])");
    }

    @Test
    void shortKey_isRefused() {
        assertThatThrownBy(() -> ClusterExecutor.builder().key(new byte[15]))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bytes");
        assertThatThrownBy(() -> ClusterWorker.builder().key(new byte[0]))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bytes");
    }
}
