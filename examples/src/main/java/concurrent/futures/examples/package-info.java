// SPDX-License-Identifier: Apache-2.0
/**
 * The programs that {@code ./futures} runs. {@link concurrent.futures.examples.Sha256} and
 * {@link concurrent.futures.examples.Primes} show the library; the other files are what any command line needs.
 */
@NullMarked
package concurrent.futures.examples;

import org.jspecify.annotations.NullMarked;
