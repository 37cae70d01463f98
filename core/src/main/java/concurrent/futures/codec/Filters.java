// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.ObjectInputFilter;
import org.jspecify.annotations.Nullable;

/** The filters that the user has for what this JVM deserializes. A stream of the JDK finds them by itself. */
public final class Filters {
    /*
     * Overview
     * --------
     * Asking the JDK for them for the first time costs a fresh JVM tens of milliseconds, a good part of what a new worker
     * takes to its first result. In a worker no code of the user has run before the first payload is read, so that there
     * is no filter but what the command said, which knows those of the parent's properties. From the second payload on
     * it is as everywhere; until then another thread has asked for the first time.
     */
    /** The property for the filter of a JVM. */
    public static final String FILTER = "jdk.serialFilter";

    /** The property for what makes the filter of each stream. */
    public static final String FACTORY = "jdk.serialFilterFactory";

    /** Whether nobody can have set a filter yet. */
    private static volatile boolean fresh;

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

    /** Says that no code of the user has run in this JVM yet. */
    public static void expectNone() {
        fresh = System.getProperty(FILTER) == null && System.getProperty(FACTORY) == null;
    }

    /** Asks the JDK what takes long the first time. */
    public static void prepare() {
        boolean unused = areMade();
    }

    /** Whether there is any that would have to be asked about the next payload. */
    static boolean areThere() {
        if (fresh) {
            // What is read next is the user's, whose code may set a filter from then on.
            fresh = false;
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
