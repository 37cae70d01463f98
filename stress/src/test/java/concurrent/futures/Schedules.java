// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import kotlin.Unit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.pastalab.fray.core.TestRunner;
import org.pastalab.fray.core.command.Configuration;
import org.pastalab.fray.core.command.ExecutionInfo;
import org.pastalab.fray.core.command.LambdaExecutor;
import org.pastalab.fray.core.command.NetworkDelegateType;
import org.pastalab.fray.core.command.SystemTimeDelegateType;
import org.pastalab.fray.core.observers.TimelineCoverageType;
import org.pastalab.fray.core.randomness.ControlledRandomProvider;
import org.pastalab.fray.core.randomness.Randomness;
import org.pastalab.fray.core.randomness.RecordedRandomProvider;
import org.pastalab.fray.core.scheduler.POSScheduler;

/**
 * Runs each test of a class many times, one thread at a time: at each lock, park and volatile access Fray decides which
 * goes on. A test fails if an assertion does, if a thread throws, or if all of its threads wait for each other.
 *
 * <p>{@code -Dschedules=N} says how many schedules are tried. A failure is recorded; {@code -Dschedules.replay=FOLDER}
 * runs that schedule again.
 */
final class Schedules implements InvocationInterceptor {
    private static final int DEFAULT_SCHEDULES = 300;

    private static final int WARM_UP_SCHEDULES = 3;

    /** For all schedules of a test: as many as it takes. */
    private static final int SECONDS = Integer.MAX_VALUE;

    /** A test that takes so many steps goes in circles. */
    private static final int MOST_STEPS = 200_000;

    /** What reading the clock adds to it. */
    private static final long TICK_NANOS = 100_000;

    /** Held here, because loggers that nobody holds are forgotten, with what is set in them. */
    private static final Logger LOG = Logger.getLogger("concurrent.futures");

    /** What the library has logged that must not happen. Written by the log. */
    private static final AtomicReference<Throwable> ERROR = new AtomicReference<>();

    static {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(new ErrorsOfTheLibrary());
    }

    /** Fewer than this many different orders of events say that a test has nothing to try. */
    private static final int LEAST_ORDERS = 2;

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> test, ExtensionContext context)
            throws Throwable {
        invocation.skip();
        Method method = test.getExecutable();
        String replay = System.getProperty("schedules.replay", "");
        if (replay.isEmpty()) {
            explore(method);
        } else {
            replay(method, Path.of(replay));
        }
    }

    private static void explore(Method method) throws Throwable {
        int schedules = Integer.getInteger("schedules", DEFAULT_SCHEDULES);
        Randomness random = new ControlledRandomProvider().getRandomness();
        int orders = run(configuration(method, schedules, random, /* isReplay= */ false));
        System.out.println(method.getDeclaringClass().getSimpleName() + "." + method.getName() + ": " + schedules
                + " schedules, " + orders + " different orders of events");
        if (orders < Math.min(schedules, LEAST_ORDERS)) {
            throw new AssertionError("nothing to schedule: " + orders + " orders of events");
        }
    }

    /** Runs a recorded schedule, after others that leave the static state as it was when that was recorded. */
    private static void replay(Method method, Path recording) throws Throwable {
        Randomness recorded =
                new RecordedRandomProvider(recording.resolve("random.json").toString()).getRandomness();
        Randomness random = new ControlledRandomProvider().getRandomness();
        new TestRunner(configuration(method, WARM_UP_SCHEDULES, random, /* isReplay= */ false)).run();
        run(configuration(method, 1, recorded, /* isReplay= */ true));
    }

    private static int run(Configuration configuration) throws Throwable {
        Throwable thrown = new TestRunner(configuration).run();
        if (thrown != null) {
            throw thrown;
        }
        return requireNonNull(configuration.getTimelineCoverage()).getCoverage();
    }

    private static Configuration configuration(Method method, int schedules, Randomness random, boolean isReplay) {
        String name = method.getDeclaringClass().getName();
        // Fray empties the folder. A recording that is to be run again is in that of the first run.
        String folder = System.getProperty("schedules.replay", "").isEmpty() ? "explored" : "replayed";
        Path report = Path.of(requireNonNull(System.getProperty("fray.workDir")), folder, name, method.getName());
        return new Configuration(
                new ExecutionInfo(
                        new LambdaExecutor(() -> invoke(method)),
                        /* ignoreUnhandledExceptions= */ false,
                        /* interleaveMemoryOps= */ false,
                        MOST_STEPS),
                report,
                schedules,
                SECONDS,
                new POSScheduler(random),
                new ControlledRandomProvider(),
                /* fullSchedule= */ false,
                /* exploreMode= */ false,
                /* noExitWhenBugFound= */ true,
                isReplay,
                /* noFray= */ false,
                /* dummyRun= */ false,
                NetworkDelegateType.NONE,
                SystemTimeDelegateType.MOCK,
                TICK_NANOS,
                /* ignoreTimedBlock= */ true,
                /* sleepAsYield= */ false,
                /* resetClassLoader= */ false,
                /* redirectStdout= */ false,
                /* abortThreadExecutionAfterMainExit= */ false,
                /* resolveRacingOperationStackTraceHash= */ false,
                TimelineCoverageType.RESOURCE_ORDERING);
    }

    /** Runs the test once, on an instance of its own. */
    private static Unit invoke(Method method) {
        try {
            Constructor<?> constructor = method.getDeclaringClass().getDeclaredConstructor();
            constructor.setAccessible(true);
            method.setAccessible(true);
            method.invoke(constructor.newInstance());
            Throwable logged = ERROR.getAndSet(null);
            if (logged != null) {
                throw new AssertionError("an error in the library", logged);
            }
            return Unit.INSTANCE;
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** Keeps what the library logs about errors of its own; what tests have fail on purpose is nobody's concern. */
    private static final class ErrorsOfTheLibrary extends Handler {
        @Override
        public void publish(LogRecord record) {
            String message = record.getMessage();
            boolean isOnPurpose =
                    message.startsWith("Exception in initializer") || message.startsWith("exception calling callback");
            if (record.getLevel() == Level.SEVERE && !isOnPurpose) {
                ERROR.set(new AssertionError(message, record.getThrown()));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
