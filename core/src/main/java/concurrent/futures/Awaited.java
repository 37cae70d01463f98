// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

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

    /** A wait for a single future, which may be made from others. */
    static Awaited of(Future<?> future) {
        return Derived.rootOf(future) instanceof Combined<?, ?> combined ? combined.awaited() : new One(future);
    }

    /** Whether the thread needs all of the futures; otherwise one of them is enough. */
    boolean needsAll();

    /**
     * Asks about each future that matters, until the answer is no; false if it was, or if something else may end the
     * wait. The predicate must neither block nor run code of users.
     */
    boolean allMatch(Predicate<? super Future<?>> predicate);

    /**
     * A single future.
     *
     * @param future the future
     */
    record One(Future<?> future) implements Awaited {
        @Override
        public boolean needsAll() {
            return true;
        }

        @Override
        public boolean allMatch(Predicate<? super Future<?>> predicate) {
            return predicate.test(future);
        }
    }
}
