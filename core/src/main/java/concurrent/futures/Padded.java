// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/**
 * Keeps the fields of a subclass apart from whatever object lies before it in the heap. A line of the cache that two
 * cores write to goes back and forth between them, and a superclass's fields come first in an object.
 */
@SuppressWarnings("unused") // The fields are there to be nowhere used.
abstract class Padded {
    /** Twice the usual size of a line, as lines are fetched in pairs. */
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;
}
