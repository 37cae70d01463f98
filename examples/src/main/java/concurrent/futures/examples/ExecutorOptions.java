// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import concurrent.futures.FutureExecutor;
import concurrent.futures.ThreadExecutor;
import concurrent.futures.VirtualThreadExecutor;
import concurrent.futures.process.ProcessExecutor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options {@code --on} and {@code --workers}: where the tasks run, and how many at a time. */
final class ExecutorOptions {
    private enum Place {
        THREADS,
        VIRTUAL,
        PROCESSES
    }

    @Option(
            names = "--on",
            paramLabel = "PLACE",
            description = "Where to run: threads (the default), virtual, or processes.")
    private Place place = Place.THREADS;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = Count.class,
            description = "How many tasks to run at a time.")
    private @Nullable Integer workers;

    FutureExecutor open() {
        return switch (place) {
            case THREADS -> workers == null ? new ThreadExecutor() : new ThreadExecutor(workers);
            case VIRTUAL -> workers == null ? new VirtualThreadExecutor() : new VirtualThreadExecutor(workers);
            case PROCESSES -> workers == null ? new ProcessExecutor() : new ProcessExecutor(workers);
        };
    }

    private static final class Count implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            try {
                int count = Integer.parseInt(text);
                if (count > 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // The message below is for this, too.
            }
            throw new TypeConversionException("'" + text + "' is not a number greater than 0");
        }
    }
}
