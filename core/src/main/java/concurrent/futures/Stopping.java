// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** The state of a future that was cancelled while it ran: for others it is done, but its body may still be running. */
final class Stopping extends Cancelled {
    private final Straggler straggler;

    Stopping(Frame frame, boolean interrupting) {
        super(Future.Status.CANCELLED_AND_NOTIFIED);
        this.straggler = new Straggler(frame, interrupting);
    }

    @Override
    Straggler straggler() {
        return straggler;
    }
}
