// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** One measurement of {@link HeapPerItem}, in a JVM of its own: the median of several rounds. */
public final class HeapSample {
    private static final int WARMUPS = 1;
    private static final int ROUNDS = 5;

    private HeapSample() {}

    /**
     * Makes the measurement, prints it and ends the JVM.
     *
     * @param arguments the case, the contestant and the number of items
     * @throws Exception if a task or a promise has failed
     */
    public static void main(String[] arguments) throws Exception {
        String contestant = arguments[1];
        int n = Integer.parseInt(arguments[2]);
        HeapCase heapCase = HeapCase.named(arguments[0]);
        Ballast ballast = heapCase.ballast().apply(contestant);
        for (int i = 0; i < WARMUPS; i++) {
            bytesPerItem(ballast, n);
        }
        double[] rounds = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rounds[i] = bytesPerItem(ballast, n);
        }
        Arrays.sort(rounds);
        System.out.printf(
                Locale.ROOT,
                "{\"case\": \"%s\", \"contestant\": \"%s\", \"n\": %d, \"bytesPerItem\": %.2f}%n",
                heapCase.name(),
                contestant,
                n,
                rounds[ROUNDS / 2]);
        System.exit(0);
    }

    private static double bytesPerItem(Ballast ballast, int n) throws Exception {
        ballast.prepare(n);
        long before = Heap.used();
        ballast.load(n);
        double bytes = Heap.used() - before;
        ballast.unload();
        return bytes / n;
    }
}
