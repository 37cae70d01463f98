// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a driver takes leave of its workers: of all of them at once, so that those that do not answer cost their time once. */
final class Farewell {
    private final Carrier carrier;
    private final Crew crew;

    Farewell(Carrier carrier, Crew crew) {
        this.carrier = carrier;
        this.crew = crew;
    }

    /** Tells them, and waits for that time at most until they have forgotten this driver. */
    void say(Map<Remote, Receiver> receivers, long nanos) {
        long end = System.nanoTime() + nanos;
        List<CompletableFuture<byte[]>> told = new ArrayList<>();
        receivers.forEach((remote, receiver) -> {
            receiver.stop();
            told.add(bye(remote));
        });
        try {
            var unused = CompletableFuture.allOf(told.toArray(CompletableFuture[]::new))
                    .handle((nothing, failure) -> true) // One that cannot be told notices by itself.
                    .get(nanos, TimeUnit.NANOSECONDS);
            for (Receiver receiver : receivers.values()) {
                receiver.awaitAnswers(end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // Those that have not answered notice by themselves as well.
        }
    }

    private CompletableFuture<byte[]> bye(Remote remote) {
        try {
            crew.tell(remote, Note.of(Note.Kind.BYE, 0));
            Remote.Push push = crew.beginToPush(remote);
            if (push == null) {
                return CompletableFuture.completedFuture(Note.EMPTY);
            }
            byte[] request = remote.conversation.push(push.turn(), push.notes());
            return carrier.ask(remote.peer, request).toCompletableFuture();
        } catch (RuntimeException | OutOfMemoryError e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
