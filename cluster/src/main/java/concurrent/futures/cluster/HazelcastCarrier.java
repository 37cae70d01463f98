// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The cluster as an instance of Hazelcast sees it, be that a client or a member. */
final class HazelcastCarrier implements Carrier {
    /** What the names of all of Hazelcast's threads begin with. */
    private static final String PREFIX = "hz.";

    private final HazelcastInstance instance;

    /** All instances that are there for this alone, of which one carries. */
    private final List<HazelcastInstance> instances;

    /** What is to be closed with this. */
    private final Runnable onClose;

    private final IExecutorService prompt;
    private final IExecutorService patient;

    /** The members that are workers. */
    private final Map<UUID, Member> workers = new ConcurrentHashMap<>();

    /** What is said when the cluster is there no more. */
    private final String gone;

    HazelcastCarrier(List<HazelcastInstance> instances, String gone, Runnable onClose) {
        this.instance = instances.get(0);
        this.instances = instances;
        this.gone = gone;
        this.onClose = onClose;
        this.prompt = instance.getExecutorService(HazelcastSettings.PROMPT);
        this.patient = instance.getExecutorService(HazelcastSettings.PATIENT);
    }

    @Override
    public void watch(Watcher watcher) {
        var unused = instance.getCluster().addMembershipListener(new InitialMembershipListener() {
            @Override
            public void init(InitialMembershipEvent event) {
                event.getMembers().forEach(this::joined);
            }

            @Override
            public void memberAdded(MembershipEvent event) {
                joined(event.getMember());
            }

            @Override
            public void memberRemoved(MembershipEvent event) {
                if (workers.remove(event.getMember().getUuid()) != null) {
                    watcher.left(peer(event.getMember()));
                }
            }

            private void joined(Member member) {
                boolean isWorker = member.getAttribute(HazelcastSettings.WORKER) != null;
                if (isWorker && workers.put(member.getUuid(), member) == null) {
                    watcher.joined(peer(member));
                }
            }
        });
        var unusedToo = instance.getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.SHUTDOWN) {
                watcher.cutOff(new IllegalStateException(gone));
            }
        });
    }

    private static Peer peer(Member member) {
        return new Peer(
                member.getUuid(),
                member.getAddress().getHost() + ":" + member.getAddress().getPort());
    }

    @Override
    public boolean has(Peer peer) {
        return workers.containsKey(peer.id());
    }

    @Override
    public CompletionStage<byte[]> ask(Peer peer, byte[] request) {
        return send(prompt, peer, request);
    }

    @Override
    public CompletionStage<byte[]> await(Peer peer, byte[] request) {
        return send(patient, peer, request);
    }

    private CompletionStage<byte[]> send(IExecutorService executor, Peer peer, byte[] request) {
        Member member = workers.get(peer.id());
        if (member == null) {
            throw new HazelcastException("there is no member " + peer + " any more");
        }
        CompletableFuture<byte[]> answered = new CompletableFuture<>();
        // All futures of Hazelcast are stages.
        var unused = ((CompletionStage<?>) executor.submitToMember(new Envelope(request), member))
                .whenCompleteAsync((answer, failure) -> answer(answered, answer, failure), Runnable::run);
        return answered;
    }

    private static void answer(
            CompletableFuture<byte[]> answered, @Nullable Object answer, @Nullable Throwable failure) {
        if (failure != null) {
            answered.completeExceptionally(failure);
        } else if (answer instanceof byte[] bytes) {
            answered.complete(bytes);
        } else {
            answered.completeExceptionally(
                    answer instanceof String why
                            ? new RefusedException(why)
                            : new IllegalStateException("it does not answer as a worker does"));
        }
    }

    @Override
    public String driver() {
        return instance.getLocalEndpoint().getUuid().toString();
    }

    @Override
    public Collection<String> threads() {
        // Clients have it in their names as well, and only some of their threads have it twice.
        return instances.stream()
                .map(each -> each.getName() + ".")
                .flatMap(name -> Stream.of(name, PREFIX + name))
                .toList();
    }

    @Override
    public void close() {
        onClose.run();
    }
}
