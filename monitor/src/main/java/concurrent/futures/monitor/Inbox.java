// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Takes what many threads put in and one takes out, up to a bound; beyond that, what comes is not kept. */
final class Inbox<T> {
    private final int bound;
    private final ConcurrentLinkedQueue<T> items = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger(); // at least the number of items

    Inbox(int bound) {
        this.bound = bound;
    }

    /** Whether there is room, which it may no longer be when something is put in. */
    boolean hasRoom() {
        return size.get() < bound;
    }

    void put(T item) {
        if (size.getAndIncrement() < bound) {
            items.add(item);
        } else {
            size.decrementAndGet();
        }
    }

    /** Gives away what is there, and not more than the bound, so that it ends. Returns how many that were. */
    int drain(Consumer<? super T> taker) {
        int taken = 0;
        for (T item = items.poll(); item != null; item = items.poll()) {
            size.decrementAndGet();
            taker.accept(item);
            if (++taken == bound) {
                break;
            }
        }
        return taken;
    }
}
