// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import com.hazelcast.query.Predicate;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What reaches a worker through Hazelcast, and is no envelope, is not brought to life there; nor is it at a driver. Both
 * are in this JVM, so that all classes are there: only the filters keep them out.
 */
class ClusterFilterTest {
    private static final byte[] KEY = "a key for the tests, of many bytes".getBytes(StandardCharsets.US_ASCII);
    private static final long SECONDS = 20;

    /** What has been brought to life. */
    private static final AtomicInteger ALIVE = new AtomicInteger();

    private HazelcastInstance member;

    @BeforeEach
    void nothingLives() {
        ALIVE.set(0);
    }

    @AfterEach
    void close() {
        if (member != null) {
            member.shutdown();
        }
    }

    /** Does harm as soon as it is read. */
    private static final class Gadget implements Serializable {
        private static final long serialVersionUID = 1;

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            ALIVE.incrementAndGet();
        }
    }

    private static Map<String, Serializable> gadgets() {
        return new HashMap<>(Map.of("gadget", new Gadget()));
    }

    @SuppressWarnings("serial") // The map is.
    private record Foreign(Map<String, Serializable> captured) implements Callable<String>, Serializable {
        @Override
        public String call() {
            ALIVE.incrementAndGet();
            return "called";
        }
    }

    @SuppressWarnings("serial") // The map is.
    private record ForeignPredicate(Map<String, Serializable> captured)
            implements Predicate<Object, Object>, Serializable {
        @Override
        public boolean apply(Map.Entry<Object, Object> entry) {
            ALIVE.incrementAndGet();
            return true;
        }
    }

    /** Hazelcast makes these by the name of the class. */
    public static final class ByName implements Callable<String>, DataSerializable {
        @Override
        public String call() {
            ALIVE.incrementAndGet();
            return "called";
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeInt(1);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            ALIVE.addAndGet(in.readInt());
        }
    }

    private static Config loopback() {
        Config config = HazelcastSettings.member(HazelcastSettings.CLUSTER, HazelcastSettings.LOOPBACK, 0, List.of());
        config.setProperty("hazelcast.phone.home.enabled", "false");
        return config;
    }

    /** A client that can write anything. */
    private static ClientConfig client(String address) {
        ClientConfig config = HazelcastSettings.client(List.of(address));
        addEnvelopes(config.getSerializationConfig());
        return config;
    }

    private static void addEnvelopes(SerializationConfig config) {
        config.addDataSerializableFactory(Envelope.FACTORY, new Envelope.Factory());
    }

    private static String addressOf(HazelcastInstance instance) {
        var address = instance.getCluster().getLocalMember().getAddress();
        return address.getHost() + ":" + address.getPort();
    }

    /** Sends a member all that is foreign; what has come of each. */
    private static Map<String, String> sendAll(String address) throws Exception {
        Map<String, String> outcomes = new HashMap<>();
        HazelcastInstance client = HazelcastClient.newHazelcastClient(client(address));
        try {
            var there = client.getCluster().getMembers().iterator().next();
            for (String executor : List.of("default", HazelcastSettings.PROMPT)) {
                outcomes.put(
                        "a task for " + executor,
                        outcome(() -> client.getExecutorService(executor)
                                .submitToMember(new Foreign(gadgets()), there)
                                .get(SECONDS, TimeUnit.SECONDS)));
                outcomes.put(
                        "a task by name for " + executor,
                        outcome(() -> client.getExecutorService(executor)
                                .submitToMember(new ByName(), there)
                                .get(SECONDS, TimeUnit.SECONDS)));
            }
            Map<String, Object> map = client.getMap("map");
            outcomes.put("an entry", outcome(() -> {
                map.put("key", gadgets());
                return "put";
            }));
            outcomes.put(
                    "a predicate",
                    outcome(() -> "found "
                            + client.getMap("map")
                                    .values(new ForeignPredicate(gadgets()))
                                    .size()));
        } finally {
            client.shutdown();
        }
        return outcomes;
    }

    private static String outcome(Callable<String> attempt) {
        try {
            return attempt.call();
        } catch (Exception e) {
            return "refused: " + e;
        }
    }

    /** What the next test keeps out does harm where nobody keeps it out: otherwise that one would prove nothing. */
    @Test
    void memberWithoutAFilter_isHarmed() throws Exception {
        Config config = loopback();
        addEnvelopes(config.getSerializationConfig());
        member = Hazelcast.newHazelcastInstance(config);
        Map<String, String> outcomes = sendAll(addressOf(member));
        System.out.println(outcomes);
        assertThat(ALIVE.get()).isGreaterThanOrEqualTo(outcomes.size());
    }

    @Test
    void worker_isNot() throws Exception {
        try (ClusterWorker worker = ClusterWorker.builder().port(0).threads(1).start()) {
            Map<String, String> outcomes = sendAll(worker.address());
            System.out.println(outcomes);
            assertThat(outcomes).allSatisfy((what, outcome) -> {
                if (!what.equals("an entry")) {
                    assertThat(outcome).as(what).startsWith("refused");
                }
            });
            assertThat(ALIVE).hasValue(0);
            try (ClusterExecutor executor = ClusterExecutor.connect(worker.address())) {
                assertThat(executor.submit(() -> 42).result(Eventually.PATIENCE))
                        .isEqualTo(42);
            }
        }
    }

    /** What a false worker makes of an envelope. */
    private static final class FalseEnvelope implements Callable<Object>, IdentifiedDataSerializable {
        private static final AtomicInteger CALLS = new AtomicInteger();

        @Override
        public Object call() {
            CALLS.incrementAndGet();
            return gadgets();
        }

        @Override
        public int getFactoryId() {
            return Envelope.FACTORY;
        }

        @Override
        public int getClassId() {
            return 1;
        }

        @Override
        public void writeData(ObjectDataOutput out) throws IOException {
            out.writeByteArray(Note.EMPTY);
        }

        @Override
        public void readData(ObjectDataInput in) throws IOException {
            byte[] unused = in.readByteArray();
        }
    }

    /** Nobody knows who a member is before it has shown that it has the key. */
    @Test
    void driverOfAFalseWorker_isNotHarmed() throws Exception {
        Config config = loopback();
        config.getMemberAttributeConfig().setAttribute(HazelcastSettings.WORKER, String.valueOf(Conversation.VERSION));
        config.getSerializationConfig().addDataSerializableFactory(Envelope.FACTORY, type -> new FalseEnvelope());
        config.addExecutorConfig(new ExecutorConfig(HazelcastSettings.PROMPT, 1));
        member = Hazelcast.newHazelcastInstance(config);
        // Whoever has no filter is harmed by what it answers: otherwise this would prove nothing.
        HazelcastInstance trusting = HazelcastClient.newHazelcastClient(client(addressOf(member)));
        try {
            Object answer = trusting.getExecutorService(HazelcastSettings.PROMPT)
                    .submitToMember(
                            new Envelope(Note.EMPTY),
                            trusting.getCluster().getMembers().iterator().next())
                    .get(SECONDS, TimeUnit.SECONDS);
            assertThat(answer).isInstanceOf(Map.class);
            assertThat(ALIVE.get()).isPositive();
        } finally {
            trusting.shutdown();
        }
        ALIVE.set(0);
        FalseEnvelope.CALLS.set(0);
        try (Logged log = new Logged();
                ClusterExecutor executor = ClusterExecutor.builder()
                        .key(KEY)
                        .connect(addressOf(member))
                        .build()) {
            Eventually.await("it has been asked").until(() -> FalseEnvelope.CALLS.get() >= 2);
            assertThat(executor.awaitThreads(1, Duration.ofMillis(100))).isFalse();
            assertThat(log.warnings()).singleElement().asString().contains("cannot be used");
            assertThat(ALIVE).hasValue(0);
        }
    }
}
