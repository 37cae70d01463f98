// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import concurrent.futures.Future;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A driver in a JVM of its own, which has tasks held until it is killed: ADDRESS, THREADS, and where marks are left. */
final class DriverProgram {
    static final String READY = "all tasks run";

    /** A worker knows its class loader for a driver by that property. */
    static final String LOADER = "concurrent.futures.test.loader";

    private DriverProgram() {}

    public static void main(String[] arguments) throws Exception {
        int threads = Integer.parseInt(arguments[1]);
        Marks marks = new Marks(arguments[2]);
        ClusterExecutor executor = ClusterExecutor.connect(arguments[0]);
        executor.awaitThreads(threads, Duration.ofSeconds(30));
        List<Future<Integer>> futures = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int number = i;
            futures.add(executor.submit(() -> {
                rememberLoader();
                return marks.hold(number);
            }));
        }
        // One more for each thread, which must not begin when the driver has gone.
        for (int i = 0; i < threads; i++) {
            executor.submit(() -> marks.hold(threads));
        }
        Eventually.await("all run")
                .until(() -> futures.stream().allMatch(Future::isRunning)
                        && marks.all().size() == threads);
        System.out.println(READY);
        Thread.sleep(Duration.ofMinutes(5));
    }

    /** Leaves word in this worker, in what is there for all drivers, of the loader that is there for this one. */
    static void rememberLoader() {
        System.getProperties().put(LOADER, new WeakReference<>(DriverProgram.class.getClassLoader()));
    }

    /** Whether a loader has been remembered in this worker, and has been collected. */
    static boolean isLoaderGone() {
        System.gc();
        WeakReference<?> remembered = (WeakReference<?>) System.getProperties().get(LOADER);
        return remembered != null && remembered.refersTo(null);
    }
}
