// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import java.time.Duration;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Random load on executors of all kinds, round after round, with everything counted: {@code Soak SECONDS [SEED]}. */
public final class Soak {
    /** The heap is looked at after so many rounds. */
    private static final int ROUNDS_PER_LOOK = 200;

    /** So many looks belong to the warm-up. */
    private static final int WARM_UP = 3;

    /** The heap may have grown by so much in the end. */
    private static final long TOLERATED_BYTES = 16 << 20;

    private final Tally tally = new Tally();
    private long heapAtStart = -1;

    private Soak() {}

    /**
     * Runs until the time is over.
     *
     * @param args how many seconds, and the seed of the first round; each further round has the next number as its seed
     */
    public static void main(String[] args) {
        // What goes wrong here does so on purpose, and is counted.
        Logger.getLogger("concurrent.futures").setLevel(Level.OFF);
        Duration time = Duration.ofSeconds(Long.parseLong(args[0]));
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        try {
            new Soak().run(time, seed);
        } catch (Throwable thrown) {
            thrown.printStackTrace();
            // Whatever hangs would keep the JVM alive.
            System.exit(1);
        }
    }

    private void run(Duration time, long firstSeed) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        long seed = firstSeed;
        System.out.println("soak: " + time.toSeconds() + " s from seed " + firstSeed);
        long rounds = 0;
        do {
            try {
                new Round(seed, tally).run();
            } catch (Throwable thrown) {
                throw new AssertionError("soak: failed; to repeat this round: ./stress/soak 0 " + seed, thrown);
            }
            seed++;
            rounds++;
            if (rounds % ROUNDS_PER_LOOK == 0) {
                lookAtHeap(rounds / ROUNDS_PER_LOOK, rounds);
            }
        } while (System.nanoTime() - end < 0);
        System.out.println("soak: " + rounds + " rounds, " + tally);
        checkHeap();
    }

    private void lookAtHeap(long look, long rounds) throws InterruptedException {
        if (look == WARM_UP) {
            heapAtStart = usedHeap();
        }
        if (look % WARM_UP == 0) {
            System.out.println(
                    String.format(Locale.ROOT, "soak: %d rounds, heap %.1f MB, %s", rounds, usedHeap() / 1e6, tally));
        }
    }

    private void checkHeap() throws InterruptedException {
        if (heapAtStart < 0) {
            System.out.println("soak: too short to say anything about the heap");
            return;
        }
        long heapAtEnd = usedHeap();
        System.out.println(String.format(
                Locale.ROOT, "soak: heap %.1f MB after the warm-up, %.1f MB now", heapAtStart / 1e6, heapAtEnd / 1e6));
        if (heapAtEnd - heapAtStart > TOLERATED_BYTES) {
            throw new AssertionError("soak: the heap has grown");
        }
    }

    /** What is left after garbage has been collected: the least of several looks, because cleaners take their time. */
    private static long usedHeap() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Thread.sleep(20);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
