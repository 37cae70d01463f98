// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Notices that nobody is left who could use an executor: all threads for which a JVM stays have ended but those that
 * Hazelcast has started for executors of this library, and which would keep it for ever.
 */
final class Leftover {
    /** The thread that waits for the end of all others. */
    private static final String WAITS_FOR_ALL = "DestroyJavaVM";

    /** The beginnings of the names of Hazelcast's threads, for all executors of this JVM that have not been closed. */
    private static final Map<Leftover, Collection<String>> PREFIXES = new ConcurrentHashMap<>();

    /** Whether the last look has found nobody. A thread may be about to start another one and end. */
    private boolean wasAlone;

    Leftover(Collection<String> prefixes) {
        PREFIXES.put(this, prefixes);
    }

    /** The executor is closed. */
    void end() {
        PREFIXES.remove(this);
    }

    /** Whether there has been nobody else, now and when this was asked last. */
    boolean isLeft() {
        boolean alone = isAlone();
        boolean left = alone && wasAlone;
        wasAlone = alone;
        return left;
    }

    private static boolean isAlone() {
        for (Thread thread : threads()) {
            if (thread != null && !thread.isDaemon() && !isOurs(thread.getName())) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOurs(String name) {
        return name.equals(WAITS_FOR_ALL)
                || PREFIXES.values().stream().flatMap(Collection::stream).anyMatch(name::startsWith);
    }

    private static Thread[] threads() {
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        for (ThreadGroup parent = group.getParent(); parent != null; parent = parent.getParent()) {
            group = parent;
        }
        Thread[] threads = new Thread[2 * (group.activeCount() + 1)];
        int count = group.enumerate(threads);
        // Some may have been left out if there is no room left; then this tells of one that is somebody's.
        return count < threads.length ? threads : new Thread[] {new Thread("perhaps")};
    }
}
