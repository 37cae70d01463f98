// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The processor-bound example of Python's documentation: which of these numbers are prime? */
@Command(name = "primes", description = "Tests six large numbers for primality, on all cores.")
final class Primes implements Runnable {
    private static final List<Long> PRIMES = List.of(
            112272535095293L,
            112582705942171L,
            112272535095293L,
            115280095190773L,
            115797848077099L,
            1099726899285419L);

    private final Console console;

    @Mixin
    private final ExecutorOptions executors = new ExecutorOptions();

    Primes(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        try (ExecutorOptions.Opened opened = executors.open(console);
                Stream<String> lines = opened.executor().withName("is prime?").map(Primes::line, PRIMES)) {
            lines.forEach(console::print);
        }
    }

    private static String line(long number) {
        return "%d is prime: %s".formatted(number, isPrime(number));
    }

    private static boolean isPrime(long number) {
        if (number < 2) {
            return false;
        }
        if (number % 2 == 0) {
            return number == 2;
        }
        long root = (long) Math.sqrt((double) number);
        for (long factor = 3; factor <= root; factor += 2) {
            if (number % factor == 0) {
                return false;
            }
        }
        return true;
    }
}
