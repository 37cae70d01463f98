// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** The states of a cancelled future. */
class Cancelled extends Stage {
    /** Cancelled before it started; its executor has not come across it yet. */
    static final Cancelled UNNOTICED = new Cancelled(Future.Status.CANCELLED);

    /** Cancelled for good: its executor knows. */
    static final Cancelled NOTICED = new Cancelled(Future.Status.CANCELLED_AND_NOTIFIED);

    private final Future.Status status;

    Cancelled(Future.Status status) {
        this.status = status;
    }

    @Override
    Future.Status status() {
        return status;
    }
}
