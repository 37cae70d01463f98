// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static concurrent.futures.FutureFixtures.awaitDeaf;
import static concurrent.futures.FutureFixtures.awaitListener;
import static concurrent.futures.FutureFixtures.inBackground;
import static concurrent.futures.FutureFixtures.opens;
import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future.Status;
import concurrent.futures.FutureFixtures.Background;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every operation does in every state. */
class FutureStateTableTest {
    /*
     * A cell says what a call returns; `!X` is a thrown XException, with its cause in parentheses; `waits` is a call
     * that does not return before the future is done; `-> S` is the state afterwards, where it is another one than
     * before.
     */
    private static final String READ_SIDE = """
            operation             | PENDING           | RUNNING          | CANCELLED     | CANCELLED_AND_NOTIFIED
            status()              | PENDING           | RUNNING          | CANCELLED     | CANCELLED_AND_NOTIFIED
            isRunning()           | false             | true             | false         | false
            isDone()              | false             | false            | true          | true
            isCancelled()         | false             | false            | true          | true
            state()               | RUNNING           | RUNNING          | CANCELLED     | CANCELLED
            toString()            | [pending]         | [running]        | [cancelled]   | [cancelled]
            result()              | waits             | waits            | !Cancellation | !Cancellation
            result(0)             | !Timeout          | !Timeout         | !Cancellation | !Cancellation
            join()                | waits             | waits            | !Cancellation | !Cancellation
            exception()           | waits             | waits            | !Cancellation | !Cancellation
            exception(0)          | !Timeout          | !Timeout         | !Cancellation | !Cancellation
            get()                 | waits             | waits            | !Cancellation | !Cancellation
            get(0)                | !Timeout          | !Timeout         | !Cancellation | !Cancellation
            resultNow()           | !IllegalState     | !IllegalState    | !IllegalState | !IllegalState
            exceptionNow()        | !IllegalState     | !IllegalState    | !IllegalState | !IllegalState
            cancel()              | true -> CANCELLED | false            | true          | true
            cancel(false)         | true -> CANCELLED | true -> NOTIFIED | true          | true
            cancel(true)          | true -> CANCELLED | true -> NOTIFIED | true          | true
            addDoneCallback()     | called later      | called later     | called        | called
            toCompletableFuture() | open              | open             | cancelled     | cancelled

            operation             | VALUE             | NULL            | RAISED
            status()              | FINISHED          | FINISHED        | FINISHED
            isRunning()           | false             | false           | false
            isDone()              | true              | true            | true
            isCancelled()         | false             | false           | false
            state()               | SUCCESS           | SUCCESS         | FAILED
            toString()            | [finished returned String] | [finished returned null] | [finished raised IOException]
            result()              | value             | null            | !IO
            result(0)             | value             | null            | !IO
            join()                | value             | null            | !Completion(IO)
            exception()           | null              | null            | IO
            exception(0)          | null              | null            | IO
            get()                 | value             | null            | !Execution(IO)
            get(0)                | value             | null            | !Execution(IO)
            resultNow()           | value             | null            | !IllegalState
            exceptionNow()        | !IllegalState     | !IllegalState   | IO
            cancel()              | false             | false           | false
            cancel(false)         | false             | false           | false
            cancel(true)          | false             | false           | false
            addDoneCallback()     | called            | called          | called
            toCompletableFuture() | value             | null            | IO
            """;

    private static final String WRITE_SIDE = """
            operation                  | PENDING          | RUNNING          | CANCELLED         | CANCELLED_AND_NOTIFIED
            setRunningOrNotifyCancel() | true -> RUNNING  | !InvalidState    | false -> NOTIFIED | !InvalidState
            setResult()                | ok -> FINISHED   | ok -> FINISHED   | !InvalidState     | !InvalidState
            setException()             | ok -> FINISHED   | ok -> FINISHED   | !InvalidState     | !InvalidState
            trySetResult()             | true -> FINISHED | true -> FINISHED | false             | false
            trySetException()          | true -> FINISHED | true -> FINISHED | false             | false

            operation                  | VALUE            | NULL             | RAISED
            setRunningOrNotifyCancel() | !InvalidState    | !InvalidState    | !InvalidState
            setResult()                | !InvalidState    | !InvalidState    | !InvalidState
            setException()             | !InvalidState    | !InvalidState    | !InvalidState
            trySetResult()             | false            | false            | false
            trySetException()          | false            | false            | false
            """;

    private static final Map<String, Operation<Future<String>>> READS = new LinkedHashMap<>();
    private static final Map<String, Operation<Promise<String>>> WRITES = new LinkedHashMap<>();

    static {
        READS.put("status()", Future::status);
        READS.put("isRunning()", Future::isRunning);
        READS.put("isDone()", Future::isDone);
        READS.put("isCancelled()", Future::isCancelled);
        READS.put("state()", Future::state);
        READS.put("toString()", FutureStateTableTest::text);
        READS.put("result()", Future::result);
        READS.put("result(0)", future -> future.result(Duration.ZERO));
        READS.put("join()", Future::join);
        READS.put("exception()", Future::exception);
        READS.put("exception(0)", future -> future.exception(Duration.ZERO));
        READS.put("get()", Future::get);
        READS.put("get(0)", future -> future.get(0, TimeUnit.SECONDS));
        READS.put("resultNow()", Future::resultNow);
        READS.put("exceptionNow()", Future::exceptionNow);
        READS.put("cancel()", Future::cancel);
        READS.put("cancel(false)", future -> future.cancel(false));
        READS.put("cancel(true)", future -> future.cancel(true));
        READS.put("addDoneCallback()", FutureStateTableTest::calledBack);
        READS.put("toCompletableFuture()", FutureStateTableTest::bridged);

        WRITES.put("setRunningOrNotifyCancel()", Promise::setRunningOrNotifyCancel);
        WRITES.put("setResult()", promise -> {
            promise.setResult("another");
            return "ok";
        });
        WRITES.put("setException()", promise -> {
            promise.setException(new IllegalArgumentException("another"));
            return "ok";
        });
        WRITES.put("trySetResult()", promise -> promise.trySetResult("another"));
        WRITES.put("trySetException()", promise -> promise.trySetException(new IllegalArgumentException("another")));
    }

    @TestFactory
    Stream<DynamicTest> promise_read() {
        return tests(READ_SIDE, OfPromise::new, subject -> READS);
    }

    @TestFactory
    Stream<DynamicTest> futureOfThreadExecutor_read() {
        return tests(READ_SIDE, OfExecutor::new, subject -> READS);
    }

    @TestFactory
    Stream<DynamicTest> promise_write() {
        Map<String, Operation<Future<String>>> operations = new LinkedHashMap<>();
        WRITES.forEach((name, operation) -> operations.put(name, future -> operation.on((Promise<String>) future)));
        return tests(WRITE_SIDE, OfPromise::new, subject -> operations);
    }

    @Test
    void table_hasAllStatesAndOperations() {
        assertThat(rows(READ_SIDE).map(row -> row.operation).distinct()).containsExactlyElementsOf(READS.keySet());
        assertThat(rows(WRITE_SIDE).map(row -> row.operation).distinct()).containsExactlyElementsOf(WRITES.keySet());
        assertThat(rows(READ_SIDE)).hasSize(READS.size() * Kind.values().length);
        assertThat(rows(WRITE_SIDE)).hasSize(WRITES.size() * Kind.values().length);
    }

    /* ---------------- Operations ---------------- */

    private interface Operation<F> {
        Object on(F future) throws Exception;
    }

    private static String text(Future<String> future) {
        return future.toString()
                .replaceFirst("^(Future|Promise)@[0-9a-f]+", "")
                .replaceFirst(" (in|on) ThreadExecutor-\\d+(_0)?", "");
    }

    private static String calledBack(Future<String> future) {
        AtomicBoolean called = new AtomicBoolean();
        future.addDoneCallback(done -> called.set(done == future));
        return called.get() ? "called" : "called later";
    }

    private static Object bridged(Future<String> future) {
        CompletableFuture<String> bridge = future.toCompletableFuture();
        return switch (bridge.state()) {
            case RUNNING -> "open";
            case CANCELLED -> "cancelled";
            case SUCCESS -> bridge.resultNow();
            case FAILED -> bridge.exceptionNow();
        };
    }

    /* ---------------- States ---------------- */

    private enum Kind {
        PENDING(Status.PENDING),
        RUNNING(Status.RUNNING),
        CANCELLED(Status.CANCELLED),
        CANCELLED_AND_NOTIFIED(Status.CANCELLED_AND_NOTIFIED),
        VALUE(Status.FINISHED),
        NULL(Status.FINISHED),
        RAISED(Status.FINISHED);

        private final Status status;

        Kind(Status status) {
            this.status = status;
        }

        String outcome() throws IOException {
            switch (this) {
                case NULL -> {
                    return null;
                }
                case RAISED -> throw new IOException("boom");
                default -> {
                    return "value";
                }
            }
        }
    }

    /** A future in a certain state. */
    private abstract static class Subject implements AutoCloseable {
        abstract Future<String> future();

        /** Has a future that is not done finish with "value". */
        abstract void finish();

        @Override
        public abstract void close();
    }

    private interface Maker {
        Subject make(Kind kind) throws Exception;
    }

    private static final class OfPromise extends Subject {
        private final Promise<String> promise = new Promise<>();

        OfPromise(Kind kind) {
            switch (kind) {
                case PENDING -> {}
                case RUNNING -> promise.setRunningOrNotifyCancel();
                case CANCELLED -> promise.cancel();
                case CANCELLED_AND_NOTIFIED -> {
                    promise.cancel();
                    promise.setRunningOrNotifyCancel();
                }
                case VALUE, NULL, RAISED -> {
                    try {
                        promise.setResult(kind.outcome());
                    } catch (IOException e) {
                        promise.setException(e);
                    }
                }
            }
        }

        @Override
        Future<String> future() {
            return promise;
        }

        @Override
        void finish() {
            promise.setResult("value");
        }

        @Override
        public void close() {}
    }

    private static final class OfExecutor extends Subject {
        private final ThreadExecutor executor = new ThreadExecutor(1);
        private final CountDownLatch gate = new CountDownLatch(1);
        private final Future<String> future;

        OfExecutor(Kind kind) throws Exception {
            boolean pending = kind == Kind.PENDING || kind == Kind.CANCELLED;
            CountDownLatch running = new CountDownLatch(1);
            if (pending) {
                executor.submit(() -> {
                    running.countDown();
                    awaitDeaf(gate);
                });
            }
            future = executor.submit(() -> {
                running.countDown();
                if (!pending && kind.status != Status.FINISHED) {
                    awaitDeaf(gate);
                }
                return kind.outcome();
            });
            opens(running);
            switch (kind) {
                case PENDING, RUNNING -> {}
                case CANCELLED -> future.cancel();
                case CANCELLED_AND_NOTIFIED -> future.cancel(true);
                case VALUE, NULL, RAISED -> Futures.await(List.of(future));
            }
        }

        @Override
        Future<String> future() {
            return future;
        }

        @Override
        void finish() {
            gate.countDown();
        }

        @Override
        public void close() {
            gate.countDown();
            executor.close();
        }
    }

    /* ---------------- The table ---------------- */

    private record Cell(String operation, Kind kind, String expected) {}

    private interface Operations {
        Map<String, Operation<Future<String>>> of(Subject subject);
    }

    private static Stream<Cell> rows(String tables) {
        List<Cell> cells = new ArrayList<>();
        List<Kind> kinds = List.of();
        for (String line : tables.lines().filter(line -> !line.isBlank()).toList()) {
            List<String> columns =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            List<String> entries = columns.subList(1, columns.size());
            if (columns.get(0).equals("operation")) {
                kinds = entries.stream().map(Kind::valueOf).toList();
                continue;
            }
            assertThat(entries).as(line).hasSameSizeAs(kinds);
            for (int i = 0; i < entries.size(); i++) {
                cells.add(new Cell(columns.get(0), kinds.get(i), entries.get(i)));
            }
        }
        return cells.stream();
    }

    private static Stream<DynamicTest> tests(String tables, Maker maker, Operations operations) {
        return rows(tables)
                .map(cell -> DynamicTest.dynamicTest(cell.operation + " of " + cell.kind + ": " + cell.expected, () -> {
                    try (Subject subject = maker.make(cell.kind);
                            FutureLog log = new FutureLog()) {
                        check(cell, subject, operations.of(subject).get(cell.operation));
                        assertThat(log.messages()).allMatch(text -> text.contains("in unexpected state"));
                    }
                }));
    }

    private static void check(Cell cell, Subject subject, Operation<Future<String>> operation) throws Exception {
        Future<String> future = subject.future();
        assertThat(future.status()).isEqualTo(cell.kind.status);
        if (cell.expected.equals("waits")) {
            checkWaits(cell, subject, operation);
            return;
        }
        String[] parts = cell.expected.split(" -> ");
        assertThat(outcome(operation, future)).isEqualTo(parts[0]);
        Status after = parts.length == 1 ? cell.kind.status : status(parts[1]);
        assertThat(future.status()).as("status afterwards").isEqualTo(after);
    }

    private static void checkWaits(Cell cell, Subject subject, Operation<Future<String>> operation) throws Exception {
        Future<String> future = subject.future();
        Background<String> waiting = inBackground(() -> outcome(operation, future));
        awaitListener(future);
        assertThat(waiting.isDone()).isFalse();

        subject.finish();

        assertThat(waiting.get()).isEqualTo(cell.operation.equals("exception()") ? "null" : "value");
    }

    private static Status status(String name) {
        return name.equals("NOTIFIED") ? Status.CANCELLED_AND_NOTIFIED : Status.valueOf(name);
    }

    private static String outcome(Operation<Future<String>> operation, Future<String> future) {
        try {
            Object returned = operation.on(future);
            return returned instanceof Throwable exception ? name(exception) : String.valueOf(returned);
        } catch (Throwable thrown) {
            return "!" + name(thrown) + (thrown.getCause() == null ? "" : "(" + name(thrown.getCause()) + ")");
        }
    }

    private static String name(Throwable exception) {
        return exception.getClass().getSimpleName().replace("Exception", "");
    }
}
