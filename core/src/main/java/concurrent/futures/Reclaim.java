// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.lang.ref.Cleaner;

/** Ends what objects have left running when nobody can reach them any more. */
final class Reclaim {
    static final Cleaner CLEANER = Cleaner.create();

    private Reclaim() {}
}
