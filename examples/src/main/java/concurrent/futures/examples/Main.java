// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Runs the example program that the command line names. */
@Command(
        name = "futures",
        description = "Example programs of the library concurrent-futures.",
        synopsisSubcommandLabel = "PROGRAM")
public final class Main {
    private static final int BROKEN_PIPE = 141; // as of a program that SIGPIPE ends

    @Option(names = "--help", usageHelp = true, scope = ScopeType.INHERIT, description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    private Main() {}

    /**
     * Runs a program and exits with its status.
     *
     * @param args the name of the program and its arguments
     */
    public static void main(String[] args) {
        Console console = Console.ofProcess();
        Runtime.getRuntime().addShutdownHook(new Thread(console::close));
        System.exit(run(console, args));
    }

    static int run(Console console, String... args) {
        CommandLine commandLine = new CommandLine(new Main())
                .addSubcommand(new Sha256(console))
                .addSubcommand(new Primes(console))
                .addSubcommand(new Worker())
                .setExpandAtFiles(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(console.outWriter())
                .setErr(console.errWriter())
                .setExecutionExceptionHandler((exception, command, result) -> {
                    if (exception instanceof UncheckedIOException e) {
                        return outputFailed(console, e);
                    }
                    throw exception;
                });
        int status = commandLine.execute(args);
        try {
            console.flush();
            return status;
        } catch (UncheckedIOException e) {
            return outputFailed(console, e);
        }
    }

    /** Whoever reads the output may have seen enough, which is no problem. Anything else is one. */
    private static int outputFailed(Console console, UncheckedIOException exception) {
        String reason = String.valueOf(exception.getMessage());
        if (reason.equals("Broken pipe")) {
            return BROKEN_PIPE;
        }
        console.problem("futures: cannot write the output: " + reason);
        return 1;
    }
}
