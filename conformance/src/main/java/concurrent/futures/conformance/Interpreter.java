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
 * <p>Takes the folder of the Python sources and then, as CPython does, a file to run and its arguments, or {@code -c}
 * and the code to run. The interpreter is never closed: as in any program, work that is outstanding at the end of
 * {@code main} goes on, and the JVM ends after it.
 */
public final class Interpreter {
    private static final String PYTHON = "python";

    private Interpreter() {}

    /** Runs a program; see above. */
    public static void main(String[] arguments) throws IOException {
        List<String> program = List.of(arguments).subList(1, arguments.length);
        Context context = Context.newBuilder(PYTHON)
                .allowAllAccess(true)
                // Warnings that it has no compiler, which these tests can do without, and that virtual threads are new.
                .option("engine.WarnInterpreterOnly", "false")
                .option("engine.WarnVirtualThreadSupport", "false")
                .option("python.Executable", System.getProperty("conformance.python"))
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
        int code = program.indexOf("-c");
        return code < 0
                ? Source.newBuilder(PYTHON, new File(program.get(0))).build()
                : Source.create(PYTHON, program.get(code + 1));
    }

    /** CPython lets go of an object at once, and the JVM when it needs room: here, about once a second. */
    @SuppressWarnings("FutureReturnValueIgnored") // It goes on for ever.
    private static void collectNowAndThen() {
        Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().daemon().name("collector").factory())
                .scheduleWithFixedDelay(System::gc, 1, 1, TimeUnit.SECONDS);
    }
}
