// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The stack of idle workers alone; its workers are never started. */
class IdleStackTest {
    private final IdleStack stack = new IdleStack();
    private final WorkerPool pool = new WorkerPool(ThreadExecutor.builder(), task -> null, "never starts a thread");

    private List<Worker> workers(int count) {
        List<Worker> workers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.add(new Worker(pool));
        }
        return workers;
    }

    private List<Worker> popAll() {
        List<Worker> popped = new ArrayList<>();
        for (Worker worker = stack.pop(); worker != null; worker = stack.pop()) {
            popped.add(worker);
        }
        return popped;
    }

    @Test
    void pop_givesTheLastPushed() {
        List<Worker> workers = workers(4);
        assertThat(stack.isEmpty()).isTrue();
        assertThat(stack.pop()).isNull();
        workers.forEach(stack::push);
        assertThat(stack.isEmpty()).isFalse();
        Collections.reverse(workers);
        assertThat(popAll()).isEqualTo(workers);
        assertThat(stack.isEmpty()).isTrue();
    }

    @Test
    void remove_fromTopMiddleAndBottom_leavesTheOthers() {
        for (int removed = 0; removed < 4; removed++) {
            List<Worker> workers = workers(4);
            workers.forEach(stack::push);
            Worker gone = workers.remove(removed);
            stack.remove(gone);
            Collections.reverse(workers);
            assertThat(popAll()).isEqualTo(workers);
            // It may come back later.
            stack.push(gone);
            assertThat(popAll()).containsExactly(gone);
        }
    }

    @Test
    void popAndRemove_leaveNoReferenceToOthers() {
        List<Worker> workers = workers(3);
        workers.forEach(stack::push);
        stack.remove(workers.get(1));
        stack.pop();
        assertThat(workers.get(1).below).isNull();
        assertThat(workers.get(2).below).isNull();
    }

    @Test
    void push_byManyAtOnce_keepsAll() throws Exception {
        for (int round = 0; round < 20; round++) {
            List<List<Worker>> parts = List.of(workers(3_000), workers(3_000));
            SubmitContract.inParallel(2, number -> parts.get(number).forEach(stack::push));
            assertThat(popAll()).hasSize(6_000).doesNotHaveDuplicates();
        }
    }

    /** Any thread pushes; one at a time, the holder of the token, pops or removes. Nobody gets lost or comes twice. */
    @Test
    void push_racingWithPopAndRemove_losesNobody() throws Exception {
        int rounds = 20_000;
        AtomicBoolean token = new AtomicBoolean();
        AtomicInteger popped = new AtomicInteger();
        AtomicInteger removed = new AtomicInteger();
        AtomicInteger pushers = new AtomicInteger(2);
        Set<Worker> inside = ConcurrentHashMap.newKeySet();
        SubmitContract.inParallel(3, number -> {
            if (number < 2) {
                for (int i = 0; i < rounds; i++) {
                    Worker mine = new Worker(pool);
                    inside.add(mine);
                    stack.push(mine);
                    if (i % 3 == 0) {
                        while (!token.compareAndSet(false, true)) {
                            Thread.yield();
                        }
                        // As a worker whose time is over: it is in the stack unless the other has popped it.
                        if (inside.remove(mine)) {
                            stack.remove(mine);
                            removed.incrementAndGet();
                        }
                        token.set(false);
                    }
                }
                pushers.decrementAndGet();
                return;
            }
            while (pushers.get() > 0) {
                if (token.compareAndSet(false, true)) {
                    Worker worker = stack.pop();
                    if (worker != null) {
                        assertThat(inside.remove(worker)).isTrue();
                        popped.incrementAndGet();
                    }
                    token.set(false);
                }
                Thread.onSpinWait();
            }
        });
        List<Worker> left = popAll();
        assertThat(left).doesNotHaveDuplicates().allMatch(inside::remove);
        assertThat(inside).isEmpty();
        assertThat(popped.get() + removed.get() + left.size()).isEqualTo(2 * rounds);
        assertThat(popped.get()).isPositive();
        assertThat(removed.get()).isPositive();
    }
}
