// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** The event of Flight Recorder for the begin or the end of a worker. */
@Name("concurrent.futures.Worker")
@Label("Worker")
@Description("The begin or the end of a worker of an executor")
@Category("Concurrent Futures")
@Enabled(false)
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // The fields are read by Flight Recorder.
final class FlightWorker extends Event {
    @Label("Executor")
    private final String executor;

    @Label("Worker")
    private final String worker;

    @Label("Slot")
    private final int slot;

    @Label("Started")
    @Description("Whether it began; otherwise it has ended")
    private final boolean started;

    FlightWorker(WorkerEvent event, boolean started) {
        this.executor = event.executor();
        this.worker = event.worker();
        this.slot = event.slot();
        this.started = started;
    }
}
