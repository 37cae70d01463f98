// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.soak;

import java.time.Duration;
import java.util.Locale;
import java.util.logging.Logger;

/** Random load on executors of all kinds, round after round, with everything counted: {@code Soak SECONDS [SEED]}. */
public final class Soak {
    /** Something is printed after so many rounds. */
    private static final int ROUNDS_PER_REPORT = 600;

    /** The heap is as large as it is to be after this part of the time, and so many rounds. */
    private static final double WARM_UP = 0.2;

    private static final int WARM_UP_ROUNDS = 100;

    /** The heap may have grown by so much in the end. */
    private static final long TOLERATED_BYTES = 1 << 20;

    /** Held here, because loggers that nobody holds are forgotten, with what is set in them. */
    private static final Logger LOG = Logger.getLogger("concurrent.futures");

    private final Tally tally = new Tally();
    private long heapAtStart = -1;

    private Soak() {}

    /**
     * Runs until the time is over.
     *
     * @param args how many seconds, and the seed of the first round; each further round has the next number as its seed
     */
    public static void main(String[] args) {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(new ErrorsOfTheLibrary());
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
        long start = System.nanoTime();
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
            ErrorsOfTheLibrary.ensureNone();
            if (heapAtStart < 0 && rounds >= WARM_UP_ROUNDS && System.nanoTime() - start >= time.toNanos() * WARM_UP) {
                heapAtStart = usedHeap();
            }
            if (rounds % ROUNDS_PER_REPORT == 0) {
                System.out.println(String.format(
                        Locale.ROOT, "soak: %d rounds, heap %.1f MB, %s", rounds, usedHeap() / 1e6, tally));
            }
        } while (System.nanoTime() - start < time.toNanos());
        System.out.println("soak: " + rounds + " rounds, " + tally);
        checkHeap();
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
