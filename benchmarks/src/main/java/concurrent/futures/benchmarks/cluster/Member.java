// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import concurrent.futures.cluster.ClusterWorker;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A worker of the contest: it runs what either side sends. */
public final class Member {
    static final int FIRST_PORT = 45_701;
    static final int THREADS = 4;
    static final String PLAIN = "plain";
    static final String CLUSTER = "contest";

    /** Held so that it keeps its level. */
    private static final Logger LOGGER = Logger.getLogger("com.hazelcast");

    private Member() {}

    static void quiet() {
        LOGGER.setLevel(Level.WARNING);
    }

    /** The key of the contest, which is no secret. */
    static byte[] key() {
        return new byte[32];
    }

    static String address(int number) {
        return "127.0.0.1:" + (FIRST_PORT + number);
    }

    /**
     * Works until its input ends.
     *
     * @param arguments the number of the member
     * @throws Exception if something does not work
     */
    public static void main(String[] arguments) throws Exception {
        quiet();
        int number = Integer.parseInt(arguments[0]);
        Config config = new Config();
        config.setClusterName(CLUSTER);
        config.setProperty("hazelcast.socket.bind.any", "false");
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(FIRST_PORT + number).setPortAutoIncrement(false);
        network.setInterfaces(new InterfacesConfig().setEnabled(true).addInterface("127.0.0.1"));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(List.of(address(0)));
        config.addExecutorConfig(new ExecutorConfig(PLAIN, THREADS));
        config.getSerializationConfig().addDataSerializableFactory(Increment.FACTORY, new Increment.Factory());
        try (ClusterWorker worker = ClusterWorker.builder()
                .threads(THREADS)
                .key(key())
                .hazelcast(config)
                .start()) {
            System.out.println(worker.address());
            while (System.in.read() >= 0) {
                // Until the contest is over, or gone.
            }
        }
    }
}
