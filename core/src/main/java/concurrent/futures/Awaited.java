// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.List;
import java.util.function.Predicate;

/** What a thread waits for, as far as others have to know. */
interface Awaited {
    /** Something that may happen whatever the futures that this library knows come to. */
    Awaited SOMETHING_ELSE = new Awaited() {
        @Override
        public boolean needsAll() {
            return false;
        }

        @Override
        public boolean allMatch(Predicate<? super Future<?>> predicate) {
            return false;
        }
    };

    static Awaited future(Future<?> future) {
        return new Futures(List.of(future), /* needsAll= */ true);
    }

    /** Whether the thread needs all of the futures; otherwise one of them is enough. */
    boolean needsAll();

    /**
     * Asks about each future that matters, until the answer is no; false if it was, or if something else may end the
     * wait. The predicate must neither block nor run code of users.
     */
    boolean allMatch(Predicate<? super Future<?>> predicate);

    /**
     * Some futures.
     *
     * @param futures the futures, which may be done meanwhile
     * @param needsAll whether all are needed
     */
    record Futures(List<? extends Future<?>> futures, boolean needsAll) implements Awaited {
        @Override
        public boolean allMatch(Predicate<? super Future<?>> predicate) {
            for (Future<?> future : futures) {
                if (!predicate.test(future)) {
                    return false;
                }
            }
            return true;
        }
    }
}
