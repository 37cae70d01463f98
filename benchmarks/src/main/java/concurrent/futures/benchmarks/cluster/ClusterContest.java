// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import concurrent.futures.WhenFull;
import concurrent.futures.cluster.ClusterExecutor;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Measures a {@link ClusterExecutor} beside the executor of Hazelcast that it is built on, with the same workers: both
 * take turns, and what they do in the first rounds does not count.
 */
public final class ClusterContest {
    private static final String OURS = "concurrent-futures";
    private static final String HAZELCAST = "Hazelcast";
    private static final int ROUNDS_TO_WARM_UP = 3;
    private static final int TRIPS = 500;
    private static final int BURST = 10_000;
    private static final int ITEMS = 100_000;
    private static final int MANY = 1_000_000;
    private static final int CAPACITY = 10_000;
    private static final double MEGABYTE = 1 << 20;

    private final Members members;
    private final ClusterExecutor ours;
    private final IExecutorService hazelcast;
    private final Map<Measure, Map<String, List<Double>>> measured = new LinkedHashMap<>();

    /** What is measured. */
    private enum Measure {
        TRIP("round trip", "ms", false, 1, 0),
        BURST("submit 10,000 and ask", "tasks/s", true, 0.8, 0),
        MAP("map with automatic chunks, beside a task for each item", "items/s", true, 20, 0),
        HEAP("heap of the driver during 1,000,000 submits, at most 10,000 queued", "MB", false, 0, 64),
        START("start of a worker", "s", false, 0, 5),
        IDLE("memory of a worker before the first task", "MB", false, 0, 250),
        USED("memory of a worker afterwards", "MB", false, 0, 400);

        private final String discipline;
        private final String unit;
        private final boolean moreIsBetter;
        private final double ratio;
        private final double limit;

        Measure(String discipline, String unit, boolean moreIsBetter, double ratio, double limit) {
            this.discipline = discipline;
            this.unit = unit;
            this.moreIsBetter = moreIsBetter;
            this.ratio = ratio;
            this.limit = limit;
        }
    }

    private ClusterContest(Members members, ClusterExecutor ours, IExecutorService hazelcast) {
        this.members = members;
        this.ours = ours;
        this.hazelcast = hazelcast;
    }

    /**
     * Measures.
     *
     * @param arguments the number of rounds, and the file for the results
     * @throws Exception if something does not work
     */
    public static void main(String[] arguments) throws Exception {
        Member.quiet();
        ClientConfig config = new ClientConfig();
        config.setClusterName(Member.CLUSTER);
        config.getNetworkConfig().addAddress(Member.address(0));
        config.getSerializationConfig().addDataSerializableFactory(Increment.FACTORY, new Increment.Factory());
        try (Members members = Members.start();
                ClusterExecutor ours = connect(WhenFull.BLOCK, Integer.MAX_VALUE)) {
            HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
            ClusterContest contest = new ClusterContest(members, ours, client.getExecutorService(Member.PLAIN));
            contest.run(Integer.parseInt(arguments[0]));
            client.shutdown();
            contest.write(Path.of(arguments[1]));
        }
    }

    private static ClusterExecutor connect(WhenFull whenFull, int capacity) throws InterruptedException {
        ClientConfig config = new ClientConfig();
        config.setClusterName(Member.CLUSTER);
        config.getNetworkConfig().addAddress(Member.address(0));
        ClusterExecutor executor = ClusterExecutor.builder()
                .hazelcast(config)
                .key(Member.key())
                .queueCapacity(capacity, whenFull)
                .build();
        if (!executor.awaitThreads(Members.COUNT * Member.THREADS, Duration.ofSeconds(30))) {
            throw new IllegalStateException("some workers have not come");
        }
        return executor;
    }

    private void run(int rounds) throws Exception {
        note(Measure.START, OURS, members.starts);
        note(Measure.IDLE, OURS, members.resident());
        for (int round = -ROUNDS_TO_WARM_UP; round < rounds; round++) {
            System.err.println("benchmarks: round " + round);
            for (int turn = 0; turn < 2; turn++) {
                if (Math.floorMod(round + turn, 2) == 0) {
                    measureOurs(round >= 0);
                } else {
                    measureHazelcast(round >= 0);
                }
            }
        }
        note(Measure.HEAP, OURS, List.of(heapWithMany()));
        note(Measure.USED, OURS, members.resident());
    }

    private void measureOurs(boolean counts) throws Exception {
        List<Double> trips = new ArrayList<>();
        for (int i = 0; i < TRIPS; i++) {
            int number = i;
            trips.add(millis(() -> ours.submit(() -> number + 1).result()));
        }
        double burst = millis(() -> {
            List<Future<Integer>> futures = new ArrayList<>(BURST);
            for (int i = 0; i < BURST; i++) {
                int number = i;
                futures.add(ours.submit(() -> number + 1));
            }
            return askAll(futures);
        });
        List<Integer> items = IntStream.range(0, ITEMS).boxed().toList();
        double map = millis(() -> {
            long sum = ours.map((Integer item) -> item + 1, items)
                    .mapToLong(Integer::longValue)
                    .sum();
            if (sum != (long) ITEMS * (ITEMS + 1) / 2) {
                throw new AssertionError("the sum is another one");
            }
            return sum;
        });
        if (counts) {
            note(Measure.TRIP, OURS, trips);
            note(Measure.BURST, OURS, List.of(perSecond(BURST, burst)));
            note(Measure.MAP, OURS, List.of(perSecond(ITEMS, map)));
        }
    }

    private void measureHazelcast(boolean counts) throws Exception {
        List<Double> trips = new ArrayList<>();
        for (int i = 0; i < TRIPS; i++) {
            int number = i;
            trips.add(millis(() -> hazelcast.submit(new Increment(number)).get()));
        }
        double burst = millis(() -> {
            List<Future<Integer>> futures = new ArrayList<>(BURST);
            for (int i = 0; i < BURST; i++) {
                futures.add(hazelcast.submit(new Increment(i)));
            }
            return askAll(futures);
        });
        if (counts) {
            note(Measure.TRIP, HAZELCAST, trips);
            note(Measure.BURST, HAZELCAST, List.of(perSecond(BURST, burst)));
            note(Measure.MAP, HAZELCAST, List.of(perSecond(BURST, burst)));
        }
    }

    private static long askAll(List<Future<Integer>> futures) throws Exception {
        long sum = 0;
        for (Future<Integer> future : futures) {
            sum += future.get();
        }
        if (sum != (long) BURST * (BURST + 1) / 2) {
            throw new AssertionError("the sum is another one");
        }
        return sum;
    }

    /** What is live in the heap while a million tasks go through, of which only so many may wait. */
    private static double heapWithMany() throws Exception {
        try (ClusterExecutor bounded = connect(WhenFull.BLOCK, CAPACITY)) {
            double most = 0;
            for (int i = 0; i < MANY; i++) {
                int number = i;
                Future<Integer> unused = bounded.submit(() -> number + 1);
                if (i % (MANY / 10) == 0) {
                    System.gc();
                    most = Math.max(
                            most,
                            ManagementFactory.getMemoryMXBean()
                                            .getHeapMemoryUsage()
                                            .getUsed()
                                    / MEGABYTE);
                }
            }
            return most;
        }
    }

    private interface Timed {
        Object run() throws Exception;
    }

    private static double millis(Timed timed) throws Exception {
        long begin = System.nanoTime();
        Object unused = timed.run();
        return (System.nanoTime() - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static double perSecond(int count, double millis) {
        return count * (double) TimeUnit.SECONDS.toMillis(1) / millis;
    }

    private void note(Measure measure, String contestant, List<Double> values) {
        measured.computeIfAbsent(measure, any -> new LinkedHashMap<>())
                .computeIfAbsent(contestant, any -> new ArrayList<>())
                .addAll(values);
    }

    private void write(Path file) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
            measured.forEach((measure, contestants) -> contestants.forEach((contestant, values) -> {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("discipline", measure.discipline);
                line.put("unit", measure.unit);
                line.put("moreIsBetter", measure.moreIsBetter);
                line.put("ratio", measure.ratio);
                line.put("limit", measure.limit);
                line.put("contestant", contestant);
                line.put("values", values);
                out.println(JsonMapper.shared().writeValueAsString(line));
            }));
        }
    }
}
