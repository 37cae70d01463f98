// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Carries what a driver says to nodes in this JVM, when a test wants that. */
final class LocalCarrier implements Carrier {
    private final Map<Peer, Node> nodes;
    private final AtomicInteger questions = new AtomicInteger();

    /** What is asked waits for that. */
    private volatile CompletableFuture<?> open = CompletableFuture.completedFuture(null);

    LocalCarrier(Map<Peer, Node> nodes) {
        this.nodes = nodes;
    }

    /** Carries nothing any more, until somebody completes that. */
    CompletableFuture<?> hold() {
        CompletableFuture<Object> held = new CompletableFuture<>();
        open = held;
        return held;
    }

    /** How many questions there were that are answered at once. */
    int questions() {
        return questions.get();
    }

    @Override
    public void watch(Watcher watcher) {
        nodes.keySet().forEach(watcher::joined);
    }

    @Override
    public boolean has(Peer peer) {
        return true;
    }

    @Override
    public CompletionStage<byte[]> ask(Peer peer, byte[] request) {
        questions.incrementAndGet();
        return await(peer, request);
    }

    @Override
    public CompletionStage<byte[]> await(Peer peer, byte[] request) {
        return open.thenApplyAsync(
                nothing -> {
                    try {
                        return nodes.get(peer).answer(request);
                    } catch (Exception e) {
                        throw new RefusedException(e.toString());
                    }
                },
                run -> Daemons.newThread("carrier", run).start());
    }

    @Override
    public String driver() {
        return "driver";
    }

    @Override
    public Collection<String> threads() {
        return List.of();
    }

    @Override
    public void close() {
        // The workers go on without this driver.
    }
}
