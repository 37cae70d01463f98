// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** What {@link Futures#await} waits for; named as in Python. */
public enum ReturnWhen {
    /** Until any future is done or cancelled. */
    FIRST_COMPLETED,
    /** Until any future has failed with an exception (a cancelled one does not count), or all are done. */
    FIRST_EXCEPTION,
    /** Until all futures are done or cancelled. */
    ALL_COMPLETED
}
