// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hazelcast.client.config.ClientConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Options that exclude each other are refused, and not ignored. */
class ClusterOptionsTest {
    private static final String MEMBER = "127.0.0.1:1";
    private static final byte[] KEY = new byte[Seal.LEAST_KEY];

    @Test
    void addressBesideAConfiguration_isRefused() {
        assertThatThrownBy(() -> ClusterExecutor.builder()
                        .key(KEY)
                        .connect(MEMBER)
                        .hazelcast(new ClientConfig())
                        .build())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("connect");
    }

    @Test
    void clusterHereBesideOneElsewhere_isRefused() {
        assertThatThrownBy(() ->
                        ClusterExecutor.builder().embedded(1, 1).connect(MEMBER).build())
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("embedded");
    }

    @Test
    void clusterThatIsNotThere_isNamed() {
        ClusterExecutor.Builder builder =
                ClusterExecutor.builder().connectTimeout(Duration.ofMillis(100)).key(KEY);
        assertThatThrownBy(() -> builder.connect(MEMBER).build())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining(MEMBER);
        ClientConfig config = new ClientConfig().setClusterName("elsewhere");
        config.getNetworkConfig().addAddress(MEMBER);
        assertThatThrownBy(() -> ClusterExecutor.builder()
                        .connectTimeout(Duration.ofMillis(100))
                        .key(KEY)
                        .hazelcast(config)
                        .build())
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("elsewhere");
    }
}
