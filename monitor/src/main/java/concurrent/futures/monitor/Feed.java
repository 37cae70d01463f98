// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import concurrent.futures.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a recorder has to tell, in the forms in which others want to have it. */
final class Feed {
    private final Recorder recorder;

    /** What of the lists the pages know. Touched while the recorder lets nobody else tell. */
    private long toldVersion = -1;

    Feed(Recorder recorder) {
        this.recorder = recorder;
    }

    /** The message of a tick. */
    String update(Recorder.View view, Recorder.Tick tick) {
        boolean lists = view.version() != toldVersion;
        toldVersion = view.version();
        return Message.update(view, tick, lists);
    }

    /** A message with all there is, for a page that may act; {@code meanwhile} is run while nothing changes. */
    String whole(String token, Runnable meanwhile) {
        return read(view -> {
            meanwhile.run();
            return Message.whole(view, view.live(), token);
        });
    }

    /** The last message: all there is, for a page that stays without a server. */
    String last() {
        return read(view -> Message.whole(view, /* live= */ false, /* token= */ null));
    }

    String report() {
        return Page.saved(last());
    }

    String trace() {
        return read(Trace::of);
    }

    /** Cancels a task that runs. Returns whether it did. */
    boolean cancel(int executor, long task) {
        Future<?> future =
                executor < recorder.size() ? running(recorder.executor(executor).lanes(), task) : null;
        return future != null && future.cancel(/* mayInterruptIfRunning= */ true);
    }

    private static @Nullable Future<?> running(Lanes lanes, long task) {
        for (int number = 0; number < lanes.size(); number++) {
            Lane lane = lanes.peek(number);
            Lane.Running each = lane == null ? null : lane.running();
            for (; each != null; each = each.outer()) {
                if (each.id() == task) {
                    return each.future();
                }
            }
        }
        return null;
    }

    private String read(Function<Recorder.View, String> reader) {
        AtomicReference<String> answer = new AtomicReference<>("");
        recorder.read(view -> answer.set(reader.apply(view)));
        return answer.get();
    }
}
