// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * An exception on its way from a worker: its own serialized form if it has one, and what stands for it otherwise. It may
 * be the outcome of a task, or somewhere in a result.
 *
 * @param original its serialized form; null if it cannot be serialized
 * @param copy what stands for it
 * @param why why there is no serialized form; null if there is one
 */
@SuppressWarnings("ArrayRecordComponent") // Is read once and never compared.
record Carried(
        byte @Nullable [] original,
        RemoteFailure copy,
        @Nullable String why) implements Serializable {

    /** Called in the worker. */
    static Carried of(Throwable thrown, int limit) {
        byte[] bytes = null;
        String why = null;
        try {
            bytes = Codec.encodePlainly(thrown, limit);
        } catch (Throwable failing) {
            why = String.valueOf(Wording.message(failing));
        }
        return new Carried(bytes, RemoteFailure.of(thrown), why);
    }

    /** The exception, as far as it can be restored. Called in the parent. */
    Throwable restored(Codec.Source source) {
        Throwable thrown;
        if (original == null) {
            thrown = copy.because(why);
        } else {
            try {
                thrown = requireNonNull((Throwable) Codec.decode(original, source));
            } catch (Throwable failing) {
                thrown = copy.because(String.valueOf(Wording.message(failing)));
            }
        }
        return source.marked(thrown);
    }
}
