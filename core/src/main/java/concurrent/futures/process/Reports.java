// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an executor hears of its pool; told while no lock is held.
 *
 * @param broken the pool is broken: what has broken, and why
 * @param workerReady a worker of that name may have tasks from now on
 * @param workerDied a worker of that name, which was ready once, has ended
 */
record Reports(
        BiConsumer<String, @Nullable Throwable> broken, Consumer<String> workerReady, Consumer<String> workerDied) {}
