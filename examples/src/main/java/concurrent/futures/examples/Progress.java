// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.time.Duration;
import java.time.Instant;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar in the status line of a terminal, and nothing at all elsewhere. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    Progress(String task, Console console) {
        bar = console.showsStatus()
                ? new ProgressBarBuilder()
                        .setTaskName(task)
                        .setInitialMax(0)
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUpdateIntervalMillis(100)
                        .setConsumer(new StatusLine(console))
                        .clearDisplayOnFinish()
                        .build()
                : null;
    }

    boolean isShown() {
        return bar != null;
    }

    void expect(long total) {
        if (bar != null) {
            bar.maxHint(total);
        }
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }

    /** Stays empty for the first half second, so that a short job does not flicker. */
    private record StatusLine(Console console, Instant visibleFrom) implements ProgressBarConsumer {
        StatusLine(Console console) {
            this(console, Instant.now().plus(Duration.ofMillis(500)));
        }

        @Override
        public int getMaxRenderedLength() {
            return 79;
        }

        @Override
        public void accept(String text) {
            if (Instant.now().isAfter(visibleFrom)) {
                console.status(text.strip());
            }
        }

        @Override
        public void clear() {
            console.status("");
        }

        @Override
        public void close() {
            clear();
        }
    }
}
