// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.conformance;

import org.graalvm.polyglot.Value;

/** Carries an exception of Python through Java, so that the very same object comes out again. */
public final class Raised extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial") // It stays in this process.
    public final Value exception;

    Raised(Value exception) {
        super(exception.toString());
        this.exception = exception;
    }
}
