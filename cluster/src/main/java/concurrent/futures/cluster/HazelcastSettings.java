// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JavaSerializationFilterConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import com.hazelcast.core.IndeterminateOperationStateException;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.core.OperationTimeoutException;
import com.hazelcast.nio.serialization.HazelcastSerializationException;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/** What this library needs of Hazelcast, and what it keeps it from doing by itself. */
final class HazelcastSettings {
    static final String CLUSTER = "concurrent-futures";
    static final String LOOPBACK = "127.0.0.1";
    static final int PORT = 5701;

    /** The attribute of members that are workers. */
    static final String WORKER = "concurrent.futures.worker";

    /** The executor for what is answered at once. */
    static final String PROMPT = "concurrent.futures.prompt";

    /** The executor for what may have to wait: each driver has one request there at a time, or two for a moment. */
    static final String PATIENT = "concurrent.futures.patient";

    /** Where Hazelcast has exceptions, and nothing else. */
    private static final String HAZELCAST_FAILURES = "com.hazelcast.spi.exception.";

    /** The other exceptions that members tell each other of. */
    private static final List<Class<? extends Throwable>> FAILURES = List.of(
            Throwable.class,
            Error.class,
            Exception.class,
            RuntimeException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            NullPointerException.class,
            SecurityException.class,
            UnsupportedOperationException.class,
            IOException.class,
            CancellationException.class,
            ExecutionException.class,
            RejectedExecutionException.class,
            TimeoutException.class,
            HazelcastException.class,
            HazelcastInstanceNotActiveException.class,
            HazelcastSerializationException.class,
            IndeterminateOperationStateException.class,
            MemberLeftException.class,
            OperationTimeoutException.class);

    /** What there is in any exception: its trace, and the list of those that it has suppressed. */
    private static final String[] PARTS_OF_FAILURES = {
        StackTraceElement.class.getName(),
        StackTraceElement[].class.getName(),
        "java.util.Collections$EmptyList",
        "java.util.Collections$UnmodifiableCollection",
        "java.util.Collections$UnmodifiableList",
        "java.util.Collections$UnmodifiableRandomAccessList",
        "java.util.ArrayList"
    };

    /** After so many seconds a member that had lost the others looks for them, and so often again. */
    private static final String MERGE_SECONDS = "10";

    private static final int PROMPT_THREADS = 4;
    private static final int PATIENT_THREADS = 1_024;

    private HazelcastSettings() {}

    /** A member at that address, which finds others at those. */
    static Config member(String cluster, String address, int port, Collection<String> others) {
        Config config = new Config();
        config.setClusterName(cluster);
        NetworkConfig network = config.getNetworkConfig();
        network.setPort(port).setPortAutoIncrement(port == PORT);
        network.setInterfaces(new InterfacesConfig().setEnabled(true).addInterface(address));
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        // Enabled without others as well: members of one cluster have to look for each other in the same way.
        join.getTcpIpConfig().setEnabled(true).setMembers(List.copyOf(others));
        bindNowhereElse(config, address);
        return config;
    }

    /** Has a member listen at that address alone, whatever the properties of this JVM say. */
    private static void bindNowhereElse(Config config, String address) {
        for (String sockets : List.of("", "server.", "client.")) {
            config.setProperty("hazelcast.socket." + sockets + "bind.any", "false");
        }
        if (!Security.isPattern(address)) {
            config.setProperty("hazelcast.local.localAddress", address);
        }
    }

    /** Makes a member one that runs tasks. */
    static void makeWorker(Config config, Node node) {
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.merge.first.run.delay.seconds", MERGE_SECONDS);
        config.setProperty("hazelcast.merge.next.run.delay.seconds", MERGE_SECONDS);
        config.getMemberAttributeConfig().setAttribute(WORKER, String.valueOf(Conversation.VERSION));
        config.getUserContext().put(Node.NAME, node);
        config.addExecutorConfig(new ExecutorConfig(PROMPT, PROMPT_THREADS).setStatisticsEnabled(false));
        config.addExecutorConfig(new ExecutorConfig(PATIENT, PATIENT_THREADS).setStatisticsEnabled(false));
        config.setClassLoader(new HazelcastClasses());
        admitEnvelopesAlone(config.getSerializationConfig());
    }

    /** A client of the members at those addresses. */
    static ClientConfig client(Collection<String> members) {
        ClientConfig config = new ClientConfig();
        config.setClusterName(CLUSTER);
        config.getNetworkConfig().addAddress(members.toArray(String[]::new));
        config.setProperty("hazelcast.phone.home.enabled", "false");
        return config;
    }

    /** Makes a client one of a driver, which trusts no member before it has shown that it has the key. */
    static void makeDriver(ClientConfig config) {
        config.setClassLoader(new HazelcastClasses());
        admitEnvelopesAlone(config.getSerializationConfig());
    }

    private static void admitEnvelopesAlone(SerializationConfig config) {
        config.addDataSerializableFactory(Envelope.FACTORY, new Envelope.Factory());
        // Envelopes are no streams of the JDK. What members tell each other of failures is, and if that is refused,
        // whoever has asked never hears anything.
        ClassFilter admitted =
                new ClassFilter().addClasses(Envelope.class.getName()).addPrefixes(HAZELCAST_FAILURES);
        FAILURES.forEach(type -> admitted.addClasses(type.getName()));
        admitted.addClasses(PARTS_OF_FAILURES);
        config.setJavaSerializationFilterConfig(
                new JavaSerializationFilterConfig().setDefaultsDisabled(true).setWhitelist(admitted));
    }
}
