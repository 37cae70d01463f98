// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/** The filters that the user has for what this JVM deserializes. A stream of the JDK finds them by itself. */
final class Filters {
    /*
     * Overview
     * --------
     * Asking the JDK for them for the first time costs a fresh JVM tens of milliseconds, a good part of what a new worker
     * takes to its first result. In a worker no code of the user has run before the first payload is read, so that there
     * is no filter but what the command said, which knows those of the parent's properties. From the second payload on
     * it is as everywhere; until then a Preparation has asked for the first time.
     */
    static final String FILTER = "jdk.serialFilter";
    static final String FACTORY = "jdk.serialFilterFactory";

    /** Whether nobody can have set a filter yet. */
    private static volatile boolean fresh = Boolean.getBoolean(WorkerMain.IN_WORKER)
            && System.getProperty(FILTER) == null
            && System.getProperty(FACTORY) == null;

    private Filters() {}

    /** Apart from the class around it, because the JDK is asked when this is initialized. */
    private static final class Factory {
        /**
         * Whether the user makes the filters of streams. This cannot change any more when it has been asked, nor when
         * there has been a stream.
         */
        static final boolean OF_USER =
                ObjectInputFilter.Config.getSerialFilterFactory().getClass().getNestHost() != ObjectInputFilter.class;
    }

    /** Whether there is any that would have to be asked about the next payload. */
    static boolean areThere() {
        if (fresh) {
            if (!(Thread.currentThread() instanceof Preparation)) {
                // What is read next is the user's, whose code may set a filter from then on.
                fresh = false;
            }
            return false;
        }
        return global() != null || areMade();
    }

    /** The filter for the whole JVM; null if there is none. */
    static @Nullable ObjectInputFilter global() {
        return ObjectInputFilter.Config.getSerialFilter();
    }

    /** Whether there is a factory of the user that makes the filter of each stream. */
    static boolean areMade() {
        return Factory.OF_USER;
    }
}
