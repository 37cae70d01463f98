// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

/** Tasks that submit tasks to the executor on which they run. */
record SubmittingNest(Contestant executor) implements Nest {
    @Override
    public int fibOneChild(int n) throws Exception {
        return number(executor.submit(() -> one(n)));
    }

    @Override
    public int fibBothChildren(int n) throws Exception {
        return number(executor.submit(() -> both(n)));
    }

    @Override
    public void sort(int[] numbers) throws Exception {
        number(executor.submit(() -> sort(numbers, 0, numbers.length)));
    }

    private int one(int n) throws Exception {
        if (n < 2) {
            return n;
        }
        Object child = executor.submit(() -> one(n - 1));
        int other = one(n - 2);
        return number(child) + other;
    }

    private int both(int n) throws Exception {
        if (n < 2) {
            return n;
        }
        Object child = executor.submit(() -> both(n - 1));
        Object other = executor.submit(() -> both(n - 2));
        return number(child) + number(other);
    }

    private Integer sort(int[] numbers, int from, int to) throws Exception {
        if (Quicksort.isShort(from, to)) {
            Quicksort.sortShort(numbers, from, to);
            return Work.DONE;
        }
        int pivot = Quicksort.partition(numbers, from, to);
        Object child = executor.submit(() -> sort(numbers, from, pivot));
        sort(numbers, pivot + 1, to);
        return number(child);
    }

    private int number(Object handle) throws Exception {
        Object result = executor.result(handle);
        if (result instanceof Integer number) {
            return number;
        }
        throw new AssertionError("a task returned " + result);
    }

    @Override
    public void close() {
        executor.close();
    }
}
