// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.conformance;

import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Source;

/**
 * A Python interpreter in which {@code concurrent.futures} is this library.
 *
 * <p>Takes the folder of the Python sources and then, as CPython does, options, of which only {@code -c} and the code
 * to run count, or a file to run and its arguments. The interpreter is never closed: as in any program, work that is outstanding at the end of
 * {@code main} goes on, and the JVM ends after it.
 */
public final class Interpreter {
    private static final String PYTHON = "python";

    private Interpreter() {}

    /** Runs a program; see above. */
    public static void main(String[] arguments) throws IOException {
        List<String> program = List.of(arguments).subList(1, arguments.length);
        String executable = System.getProperty("conformance.python");
        Context context = Context.newBuilder(PYTHON)
                .allowAllAccess(true)
                // Warnings that it has no compiler, which these tests can do without, and that virtual threads are new.
                .option("engine.WarnInterpreterOnly", "false")
                .option("engine.WarnVirtualThreadSupport", "false")
                .option("python.Executable", executable)
                // As a list of one, so that a space in its path does not end it.
                .option("python.ExecutableList", executable)
                .option("python.PythonPath", arguments[0])
                .arguments(PYTHON, program.toArray(String[]::new))
                .build();
        collectNowAndThen();
        try {
            context.eval(PYTHON, "import environment; environment.prepare()");
            context.eval(source(program));
        } catch (PolyglotException e) {
            if (!e.isExit()) {
                throw e;
            }
            System.exit(e.getExitStatus());
        }
    }

    private static Source source(List<String> program) throws IOException {
        for (int i = 0; i < program.size(); i++) {
            if (program.get(i).equals("-c")) {
                return Source.create(PYTHON, program.get(i + 1));
            }
            if (!program.get(i).startsWith("-")
                    && (i == 0 || !program.get(i - 1).equals("-X"))) {
                return Source.newBuilder(PYTHON, new File(program.get(i))).build();
            }
        }
        throw new IllegalArgumentException("there is neither a file to run nor -c and code");
    }

    /** CPython lets go of an object at once, and the JVM when it needs room: here, about once a second. */
    @SuppressWarnings("FutureReturnValueIgnored") // It goes on for ever.
    private static void collectNowAndThen() {
        Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("collector").factory())
                .scheduleWithFixedDelay(System::gc, 1, 1, TimeUnit.SECONDS);
    }
}
