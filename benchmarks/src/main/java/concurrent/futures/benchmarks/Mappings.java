// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import concurrent.futures.MapOptions;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;

/** Ways to apply a function to many items, by the names of the contestants. */
final class Mappings {
    static final String FUTURES_CHUNKED = "concurrent-futures chunked";
    static final String MAP_CONCURRENT = "Gatherers.mapConcurrent";
    static final String PARALLEL_STREAM = "parallel stream";
    static final String PARALLEL_COLLECTORS = "parallel-collectors";
    static final String PARALLEL_COLLECTORS_BATCHING = "parallel-collectors batching";
    static final String SEQUENTIAL_STREAM = "sequential stream";

    private static final int CHUNK_SIZE = 100;

    private Mappings() {}

    static Mapping open(String contestant, int workers) {
        MapOptions options = MapOptions.defaults();
        return switch (contestant) {
            case Contestants.FUTURES -> new FuturesMapping(new ThreadExecutor(workers), options);
            case Contestants.FUTURES_VIRTUAL -> new FuturesMapping(new VirtualThreadExecutor(workers), options);
            case FUTURES_CHUNKED -> new FuturesMapping(new ThreadExecutor(workers), options.chunkSize(CHUNK_SIZE));
            case MAP_CONCURRENT -> new GathererMapping(workers);
            case PARALLEL_STREAM -> new ParallelStreamMapping(Contestants.forkJoinPool(workers));
            case PARALLEL_COLLECTORS ->
                new CollectorMapping(Contestants.threadPool(workers), workers, /* batching= */ false);
            case PARALLEL_COLLECTORS_BATCHING ->
                new CollectorMapping(Contestants.threadPool(workers), workers, /* batching= */ true);
            case SEQUENTIAL_STREAM -> new SequentialMapping();
            default -> throw new IllegalArgumentException("no such contestant: " + contestant);
        };
    }
}
