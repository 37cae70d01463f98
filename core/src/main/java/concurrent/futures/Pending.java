// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

/** The state of every future that has neither started nor been listened to. */
final class Pending extends Open {
    static final Pending PENDING = new Pending();

    private Pending() {}
}
