// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The lanes of an executor, by their numbers, made as they are needed. Those beyond a bound are only counted. */
final class Lanes {
    static final int MOST = 16_384;

    /** How many are drawn; more than that nobody can tell apart. */
    static final int MOST_DRAWN = 256;

    private final AtomicReferenceArray<@Nullable Lane> lanes = new AtomicReferenceArray<>(MOST);
    private final AtomicInteger size = new AtomicInteger();
    private final boolean sentAhead;

    /** Lanes of workers that are sent tasks ahead, or not. */
    Lanes(boolean sentAhead) {
        this.sentAhead = sentAhead;
    }

    /** The lane of a number; null if it has none. */
    @Nullable
    Lane of(int number) {
        if (number < 0 || number >= MOST) {
            return null;
        }
        Lane known = lanes.get(number);
        return known != null ? known : firstOf(number);
    }

    /** One more than the highest number that has come. */
    int size() {
        return size.get();
    }

    /** The lane of a number if it was ever used. */
    @Nullable
    Lane peek(int number) {
        return lanes.get(number);
    }

    void letGo() {
        for (int number = 0; number < size(); number++) {
            Lane lane = lanes.get(number);
            if (lane != null) {
                lane.letGo();
            }
        }
    }

    private @Nullable Lane firstOf(int number) {
        size.accumulateAndGet(number + 1, Math::max);
        lanes.compareAndSet(number, null, new Lane(sentAhead));
        return lanes.get(number);
    }
}
