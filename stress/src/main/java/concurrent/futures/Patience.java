// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Waits that end: what is lost is to be told as an outcome, and not to have a test go on for ever. */
final class Patience {
    /** Longer than a machine with much to do takes for anything. */
    static final int SECONDS = 10;

    private Patience() {}

    /** The result of a future; "lost" if it does not come. */
    static Object resultOf(Future<?> future) {
        try {
            return future.result(Duration.ofSeconds(SECONDS));
        } catch (TimeoutException e) {
            return "lost";
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
