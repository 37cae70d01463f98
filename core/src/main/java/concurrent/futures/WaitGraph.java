// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import concurrent.futures.Ring.Link;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The waits of threads for each other, as far as they can be reached from one that is about to begin. */
final class WaitGraph {
    /*
     * Overview
     * --------
     * A thread publishes its wait and then follows the futures that it waits for to the threads that run them, and from
     * the waits of these further on. Of the threads that close a ring at the same moment at least one sees it whole, as
     * publishing is a full fence.
     *
     * A wait can go on if one of its futures may yet be completed, or all of them where all are needed. A future may if
     * it is not being run (somebody will), if its thread does not wait without end, or if its wait can go on. A wait
     * that cannot go on and is reached from itself is in a ring.
     *
     * The graph is read while it changes. But what holds at two moments, one after all of it has been read, held all
     * together in between: a wait is never begun again, and a future is not run twice. If it does not hold, the graph
     * is read again. A ring does not come undone unless somebody outside interferes: cancels, interrupts, or adds to an
     * iteration. When several threads see the same ring, the first to get the lock withdraws its wait and throws; the
     * others see none then.
     */
    private static final ReentrantLock THROWING = new ReentrantLock();

    private final Wait start;

    /** The futures that hold up each wait; no entry for those that are known to go on. */
    private final Map<Wait, List<Link>> links = new LinkedHashMap<>();

    private WaitGraph(Wait start) {
        this.start = start;
    }

    /**
     * Refuses a wait that has just been published, if it closes a ring.
     *
     * @throws DeadlockException if it does; it is withdrawn then
     */
    static void ensureNoRing(Wait wait) {
        if (isFree(wait) || ringThrough(wait) == null) {
            return;
        }
        THROWING.lock();
        try {
            Ring ring = ringThrough(wait);
            if (ring != null) {
                DeadlockException deadlock = new DeadlockException(ring.toString());
                wait.withdraw();
                throw deadlock;
            }
        } finally {
            THROWING.unlock();
        }
    }

    /**
     * Whether a wait is not in a ring, as far as that can be told without allocating anything: because nothing holds it
     * up, or because it is at the beginning of a chain of waits for single futures. Chains may be long.
     */
    private static boolean isFree(Wait start) {
        Wait end = start;
        Wait passed = start;
        for (int steps = 1; end.awaited() instanceof Awaited.One one; steps++) {
            end = Wait.holdingUp(one.future());
            if (end == null || (end == passed && end != start)) {
                // Nothing holds the chain up, or it ends in a ring of others, who hear of that themselves.
                return true;
            }
            if (end == start) {
                return false;
            }
            if (Integer.bitCount(steps) == 1) {
                passed = end;
            }
        }
        return end == start && isFreeOfMany(start.awaited());
    }

    private static boolean isFreeOfMany(Awaited awaited) {
        return awaited.needsAll()
                ? awaited.allMatch(future -> Wait.holdingUp(future) == null)
                : !awaited.allMatch(future -> Wait.holdingUp(future) != null);
    }

    /** The ring that a wait closes; null if there is none. */
    private static @Nullable Ring ringThrough(Wait wait) {
        while (true) {
            WaitGraph graph = new WaitGraph(wait);
            graph.explore();
            graph.leaveOutWhatGoesOn();
            List<Link> way = graph.wayBack();
            if (way.isEmpty()) {
                return null;
            }
            if (graph.isStillTrue()) {
                return new Ring(way);
            }
        }
    }

    private void leaveOutWhatGoesOn() {
        // Those that were found last come first, as others go on because of them.
        List<Wait> left = new ArrayList<>(links.keySet());
        Collections.reverse(left);
        while (left.removeIf(this::leaveOutIfItGoesOn)) {
            // Others may go on because of that.
        }
    }

    private boolean leaveOutIfItGoesOn(Wait wait) {
        boolean goesOn = hasWayOut(wait, links.getOrDefault(wait, List.of()));
        if (goesOn) {
            links.remove(wait);
        }
        return goesOn;
    }

    private void explore() {
        Set<Wait> seen = new HashSet<>(Set.of(start));
        Deque<Wait> open = new ArrayDeque<>(seen);
        for (Wait wait = open.poll(); wait != null; wait = open.poll()) {
            List<Link> holdups = new ArrayList<>();
            boolean heldUp = findHoldups(wait.awaited(), holdups);
            if (!heldUp) {
                continue;
            }
            links.put(wait, holdups);
            for (Link link : holdups) {
                if (seen.add(link.holdup())) {
                    open.add(link.holdup());
                }
            }
        }
    }

    /** Finds what holds a wait up; false if nothing does. */
    private static boolean findHoldups(Awaited awaited, List<Link> found) {
        boolean heldUpByAll = awaited.allMatch(future -> {
            Wait holdup = Wait.holdingUp(future);
            if (holdup != null) {
                found.add(new Link(future, holdup));
            }
            return holdup != null || awaited.needsAll();
        });
        return heldUpByAll && !found.isEmpty();
    }

    private boolean hasWayOut(Wait wait, List<Link> holdups) {
        return wait.awaited().needsAll()
                ? holdups.stream().noneMatch(link -> links.containsKey(link.holdup()))
                : holdups.stream().anyMatch(link -> !links.containsKey(link.holdup()));
    }

    /** The shortest way from the first wait back to itself, among those that cannot go on; empty if there is none. */
    private List<Link> wayBack() {
        if (!links.containsKey(start)) {
            return List.of();
        }
        Map<Wait, Step> steps = new HashMap<>();
        Deque<Wait> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty() && !steps.containsKey(start)) {
            Wait wait = open.remove();
            for (Link link : links.getOrDefault(wait, List.of())) {
                if (links.containsKey(link.holdup())
                        && steps.putIfAbsent(link.holdup(), new Step(wait, link)) == null) {
                    open.add(link.holdup());
                }
            }
        }
        Deque<Link> way = new ArrayDeque<>();
        for (Step step = steps.get(start); step != null; step = step.from == start ? null : steps.get(step.from)) {
            way.addFirst(step.link);
        }
        return List.copyOf(way);
    }

    /**
     * How a wait was reached.
     *
     * @param from the wait before it
     * @param link what led from there to it
     */
    private record Step(Wait from, Link link) {}

    /** Whether all that was found to be held up still is. */
    private boolean isStillTrue() {
        return links.entrySet().stream()
                .allMatch(each -> each.getKey().isCurrent()
                        && each.getValue().stream().allMatch(link -> Wait.holdingUp(link.future()) == link.holdup()));
    }
}
