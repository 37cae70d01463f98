// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import org.jspecify.annotations.Nullable;

/**
 * Where watched tasks of an executor are run, one after the other or one inside the other.
 *
 * @param watchers who watches that executor
 * @param worker what those are told that it is; null if nobody knows
 * @param slot its number; -1 if it has none
 */
record Seat(Watchers watchers, @Nullable String worker, int slot) {}
