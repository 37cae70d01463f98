// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.RecursiveTask;

/** The JDK's own kind of task for this. It is no future of a call: each is a class of its own. */
record RecursiveNest(ForkJoinPool pool) implements Nest {
    @Override
    public int fibOneChild(int n) {
        return pool.invoke(new One(n));
    }

    @Override
    public int fibBothChildren(int n) {
        return pool.invoke(new Both(n));
    }

    @Override
    public void sort(int[] numbers) {
        pool.invoke(new Sort(numbers, 0, numbers.length));
    }

    @Override
    public void close() {
        pool.close();
    }

    @SuppressWarnings("serial") // Nobody serializes it.
    private static final class One extends RecursiveTask<Integer> {
        private final int n;

        One(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            One child = new One(n - 1);
            child.fork();
            int other = new One(n - 2).compute();
            return child.join() + other;
        }
    }

    @SuppressWarnings("serial") // Nobody serializes it.
    private static final class Both extends RecursiveTask<Integer> {
        private final int n;

        Both(int n) {
            this.n = n;
        }

        @Override
        protected Integer compute() {
            if (n < 2) {
                return n;
            }
            Both child = new Both(n - 1);
            Both other = new Both(n - 2);
            child.fork();
            other.fork();
            return child.join() + other.join();
        }
    }

    @SuppressWarnings("serial") // Nobody serializes it.
    private static final class Sort extends RecursiveAction {
        private final int[] numbers;
        private final int from;
        private final int to;

        Sort(int[] numbers, int from, int to) {
            this.numbers = numbers;
            this.from = from;
            this.to = to;
        }

        @Override
        protected void compute() {
            if (Quicksort.isShort(from, to)) {
                Quicksort.sortShort(numbers, from, to);
                return;
            }
            int pivot = Quicksort.partition(numbers, from, to);
            Sort child = new Sort(numbers, from, pivot);
            child.fork();
            new Sort(numbers, pivot + 1, to).compute();
            child.join();
        }
    }
}
