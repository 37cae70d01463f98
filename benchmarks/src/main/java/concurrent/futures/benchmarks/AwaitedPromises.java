// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import com.google.common.util.concurrent.SettableFuture;
import concurrent.futures.Future;
import concurrent.futures.Futures;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One thread that waits for all of many promises: what counts is what the wait adds to them. */
final class AwaitedPromises implements Ballast {
    private final String contestant;
    private final PromiseKind kind;
    private List<Object> promises = List.of();

    AwaitedPromises(String contestant) {
        this.contestant = contestant;
        this.kind = PromiseKinds.of(contestant);
    }

    @Override
    public void prepare(int n) {
        promises = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            promises.add(kind.create());
        }
    }

    @Override
    public void load(int n) throws InterruptedException {
        Thread waiter = Thread.ofPlatform().daemon().start(this::await);
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    @SuppressWarnings("unchecked") // The promises are of the kind that the contestant makes.
    private void await() {
        try {
            switch (contestant) {
                case Contestants.FUTURES -> Futures.await((List<Future<Object>>) (List<?>) promises);
                case PromiseKinds.COMPLETABLE ->
                    CompletableFuture.allOf(promises.toArray(CompletableFuture<?>[]::new))
                            .join();
                default ->
                    com.google.common.util.concurrent.Futures.allAsList(
                                    (List<SettableFuture<Object>>) (List<?>) promises)
                            .get();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void unload() {
        promises.forEach(promise -> kind.complete(promise, Work.DONE));
        promises = List.of();
    }
}
