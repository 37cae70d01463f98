// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.Serializable;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A call that returns a result.
 *
 * <p>A lambda given to {@link FutureExecutor#submit(Task)} becomes one of these; being {@link Serializable}, it can
 * travel to another process or machine if what it captures can.
 *
 * @param <T> the type of the result
 */
@FunctionalInterface
public interface Task<T extends @Nullable Object> extends Callable<T>, Serializable {}
