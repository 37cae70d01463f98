// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.AbstractFutureExecutor;
import concurrent.futures.Future;
import concurrent.futures.WorkItem;
import concurrent.futures.codec.Encoded;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Workers come and go in ways that no cluster can be made to show on demand. */
class ClusterLinkTest {
    private static final Seal KEY = Seal.of(null);
    private static final int THREADS = 2;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Map<Peer, Node> nodes = new HashMap<>();
    private final LocalCarrier carrier = new LocalCarrier(nodes);
    private final Link link = new Link(
            carrier,
            KEY,
            /* rerunsLost= */ false,
            new Link.Owner() {
                @Override
                public void resized(int threads) {}

                @Override
                public void joined(String address) {}

                @Override
                public void left(String address) {}

                @Override
                public void cutOff(Throwable cause) {}

                @Override
                public void abandoned() {}
            });

    @AfterEach
    void close() {
        link.close(0);
        // All at once, since each of them waits for the driver.
        nodes.values().parallelStream().forEach(Node::close);
    }

    private Peer newWorker() {
        return newWorker(KEY);
    }

    private Peer newWorker(Seal key) {
        Peer peer = new Peer(UUID.randomUUID(), "worker-" + nodes.size());
        nodes.put(peer, new Node(key, THREADS));
        return peer;
    }

    @Test
    void workerThatIsGreetedTwice_isUsedOnce() throws Exception {
        Peer peer = newWorker();
        CompletableFuture<?> held = carrier.hold();
        link.open(/* nanos= */ 1);
        link.joined(peer);
        Eventually.await("it has been greeted twice").until(() -> carrier.questions() == 2);
        held.complete(null);
        assertThat(link.crew.awaitThreads(THREADS, Eventually.PATIENCE)).isTrue();
        assertThat(link.crew.awaitThreads(THREADS + 1, Duration.ofMillis(300))).isFalse();
        assertThat(link.crew.remotes()).hasSize(1);
    }

    @Test
    void oneWorkerOfAnotherKey_isLeftAlone() {
        newWorker();
        newWorker(Seal.of(new byte[Seal.LEAST_KEY]));
        try (Logged log = new Logged()) {
            link.open(PATIENCE_NANOS);
            assertThat(log.warnings()).singleElement().asString().contains("cannot be used");
        }
        assertThat(link.crew.threads()).isEqualTo(THREADS);
    }

    /** An executor whose tasks the link has. */
    private final class Linked extends AbstractFutureExecutor {
        Linked() {
            super("linked", THREADS);
        }

        @Override
        protected <T> Callable<T> prepare(Callable<T> task) {
            return new Encoded<>(task, Note.MOST_BYTES, link.loaders);
        }

        @Override
        protected <T> void dispatch(WorkItem<T> item) {
            link.crew.dispatch(item);
        }
    }

    @Test
    void taskThatIsCancelledBeforeItIsSent_isDroppedWhenItsWorkerLeaves() {
        newWorker();
        link.open(PATIENCE_NANOS);
        Remote remote = link.crew.remotes().get(0);
        // What is sent next waits for the answer to this.
        var unused = carrier.hold();
        link.crew.tell(remote, Note.of(Note.Kind.CANCEL, 0));
        link.pushAll();
        try (Linked executor = new Linked()) {
            Future<Integer> future = executor.submit(() -> 1);
            assertThat(future.cancel()).isTrue();
            List<Runnable> tellings = link.crew.leave(remote);
            assertThat(tellings).hasSize(1);
            tellings.get(0).run();
            // Nobody is left who would run it, for which the end would wait.
        }
    }

    @Test
    void workersThatDoNotAnswer_holdUpTheEndOnce() {
        int workers = 4;
        for (int i = 0; i < workers; i++) {
            newWorker();
        }
        link.open(PATIENCE_NANOS);
        assertThat(link.crew.threads()).isEqualTo(workers * THREADS);
        var unused = carrier.hold();
        long begin = System.nanoTime();
        link.close(TimeUnit.SECONDS.toNanos(1));
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(900), Duration.ofSeconds(3));
    }
}
