// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@link Futures#await} found.
 *
 * @param <T> the type of the results
 * @param done those that are done or cancelled, in the order given
 * @param notDone the others, in the order given
 */
public record DoneAndNotDone<T extends @Nullable Object>(Set<Future<T>> done, Set<Future<T>> notDone) {}
