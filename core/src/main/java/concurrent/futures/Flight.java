// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/** The way to Flight Recorder, which need not be there, and is not loaded unless it is in use. */
final class Flight {
    /*
     * Overview
     * --------
     * To load a class of an event takes up to a second if Flight Recorder is not in use, as most of it is loaded with
     * it. Asking it whether it is in use loads it as well, if not as much. But as soon as it is in use, it has set a
     * property, at which new executors look, and the keeper from time to time. From then on the events themselves say
     * whether they are recorded, which is a field that a compiled method reads.
     */
    /** Where Flight Recorder keeps its files, as soon as it has any. */
    private static final String REPOSITORY = "jdk.jfr.repository";

    /** Whether Flight Recorder is in use, or was. Set once. */
    private static volatile boolean found;

    /** Whether it cannot be used: the module of this library does not see it. Set once. */
    private static volatile boolean absent;

    private Flight() {}

    /** What is loaded when Flight Recorder is in use, and not before. */
    private static final class Events {
        static final FlightTask TASK = new FlightTask();
        static final FlightWorker WORKER = new FlightWorker(new WorkerEvent("", "", -1), /* started= */ false);
    }

    /** Finds out whether Flight Recorder is in use by now; false if it is worth looking again later. */
    static boolean look() {
        if (found || absent) {
            return true;
        }
        if (System.getProperty(REPOSITORY) == null) {
            return false;
        }
        try {
            boolean unused = Events.TASK.isEnabled();
            found = true;
        } catch (LinkageError e) {
            absent = true;
            Log.warning("Flight Recorder is in use, but is not seen by the module of executors", e);
        }
        return true;
    }

    /** Whether tasks are recorded. */
    static boolean isOn() {
        return found && Events.TASK.isEnabled();
    }

    /** Whether the comings and goings of workers are. */
    static boolean isOnForWorkers() {
        return found && Events.WORKER.isEnabled();
    }

    /** A task begins. */
    static Object begin() {
        FlightTask flight = new FlightTask();
        flight.begin();
        return flight;
    }

    /** The body of a task has ended, which began with what {@link #begin} returned. */
    static void end(Object begun) {
        ((FlightTask) begun).end();
    }

    /** A task is done, which has ended with what {@link #begin} returned, or has never begun. */
    static void record(@Nullable Object ended, TaskEvent task) {
        FlightTask flight = ended == null ? new FlightTask() : (FlightTask) ended;
        if (flight.shouldCommit()) {
            flight.fill(task);
            flight.commit();
        }
    }

    /** A worker has started or ended. */
    static void record(WorkerEvent worker, boolean started) {
        new FlightWorker(worker, started).commit();
    }
}
