// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.List;

/**
 * What has been decided with the crew's lock held, and is done after it has been given back.
 *
 * @param newborn workers whose threads are to be started
 * @param fed workers that have something to be sent
 * @param leaving workers that are to end
 * @param dropped tasks that nobody wants any more, and that have not begun
 */
record Errands(List<Worker> newborn, List<Worker> fed, List<Worker> leaving, List<Job<?>> dropped) {
    static final Errands NONE = new Errands(List.of(), List.of(), List.of(), List.of());
}
