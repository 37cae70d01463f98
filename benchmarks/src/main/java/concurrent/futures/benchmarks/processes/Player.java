// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import concurrent.futures.process.ProcessExecutor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * A contestant of the JVM. Reads the names of disciplines from standard input, and for each prints a line of what it has
 * measured. {@code benchmarks/processes.py} is the one of CPython.
 */
public final class Player {
    /** Some time in which all workers of a pool come to be busy. */
    private static final int BUSY_MILLIS = 300;

    private final String name;
    private final Path cache;
    private final Map<Integer, Pool> pools = new HashMap<>();

    private Player(String name, Path cache) {
        this.name = name;
        this.cache = cache;
    }

    /**
     * Plays until there is nothing to read any more.
     *
     * @param arguments the name of the contestant, and the directory of the start-up cache; a third one has it keep its
     *     workers busy until it is killed
     * @throws Exception if something does not work
     */
    public static void main(String[] arguments) throws Exception {
        Player player = new Player(arguments[0], Path.of(arguments[1]));
        if (arguments.length > 2) {
            player.keepBusy();
        } else {
            player.play();
        }
    }

    private void play() throws Exception {
        BufferedReader names = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String next = names.readLine(); next != null; next = names.readLine()) {
            System.out.println(measured(next).stream().map(String::valueOf).collect(Collectors.joining(" ")));
        }
        for (Pool pool : pools.values()) {
            pool.close();
        }
    }

    private List<Double> measured(String discipline) throws Exception {
        int workers = discipline.endsWith("2 workers") ? 2 : 1;
        String what = discipline.replaceFirst(", \\d workers?$", "");
        return switch (what) {
            case "round trip, stateless function" -> Rates.ofRoundTrips(pool(workers), number -> Tasks::one);
            case "round trip, function of an int" ->
                Rates.ofRoundTrips(pool(workers), number -> () -> Tasks.increment(number));
            case "submit 10,000 and ask" -> Rates.ofBursts(pool(workers));
            case "map, chunks of 1" -> Rates.ofMaps(pool(workers), 1);
            case "map, chunks of 100" -> Rates.ofMaps(pool(workers), 100);
            case "map, chunks of 1000" -> Rates.ofMaps(pool(workers), 1000);
            case "echo of 1 MB of bytes" -> Times.ofEchoedBytes(pool(1));
            case "echo of a list of 1000 ints" -> Times.ofEchoedInts(pool(1));
            case "first result of a cold worker" -> Times.ofFirstResults(() -> open(1));
            case "first result of a cold worker, start-up cache" -> Times.ofFirstResults(this::openCached);
            case "memory of an idle worker" -> Memory.ofWorker(() -> open(1));
            case "memory of an idle worker, start-up cache" -> Memory.ofWorker(this::openCached);
            case "from a deadline to the failed future" -> Deadlines.untilFailed();
            case "from a deadline to a result of the replacement" -> Deadlines.untilReplaced();
            default -> throw new IllegalArgumentException(discipline);
        };
    }

    private Pool pool(int workers) throws Exception {
        Pool pool = pools.get(workers);
        if (pool == null) {
            pool = open(workers);
            pools.put(workers, pool);
        }
        return pool;
    }

    private Pool open(int workers) throws Exception {
        return name.equals(Discipline.PP4J) ? new Pp4jPool(workers) : new FuturesPool(new ProcessExecutor(workers));
    }

    private Pool openCached() {
        return new FuturesPool(
                ProcessExecutor.builder().maxWorkers(1).startUpCache(cache).build());
    }

    private void keepBusy() throws Exception {
        Pool pool = open(2);
        Future<Integer> first = pool.submit(() -> Tasks.sleep(BUSY_MILLIS));
        Future<Integer> second = pool.submit(() -> Tasks.sleep(BUSY_MILLIS));
        first.get();
        second.get();
        pool.submit(Tasks::spin);
        pool.submit(Tasks::spin);
        Thread.sleep(Duration.ofMillis(BUSY_MILLIS));
        System.out.println("busy");
        waitForEnd();
    }

    private static void waitForEnd() throws IOException {
        if (System.in.read() < 0) {
            System.exit(0);
        }
    }
}
