// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.conformance;

import concurrent.futures.DoneCallback;
import concurrent.futures.Future;
import concurrent.futures.FutureExecutor;
import concurrent.futures.MapOptions;
import concurrent.futures.Mapper;
import concurrent.futures.Promise;
import concurrent.futures.Task;
import concurrent.futures.ThreadExecutor;
import java.util.Iterator;
import java.util.stream.Stream;
import org.graalvm.polyglot.PolyglotException;
import org.graalvm.polyglot.Value;

/**
 * Where functions, arguments and results of Python cross into Java and back.
 *
 * <p>All of them are {@link Value}s on the way: a parameter declared as anything else would be converted, and a list or
 * a number would come back as another object.
 */
public final class Crossing {
    private Crossing() {}

    /** Submits a function without parameters. */
    public static Future<Value> submit(FutureExecutor executor, Value function) {
        Task<Value> task = () -> call(function);
        return executor.submit(task);
    }

    /** Maps a function of one parameter over the items of an iterable. */
    public static Stream<Value> map(FutureExecutor executor, Value function, Value items, MapOptions options) {
        Mapper<Value, Value> mapper = item -> call(function, item);
        return executor.map(mapper, () -> iterator(items), options);
    }

    /** Makes an initializer of a function without parameters. */
    public static Runnable initializer(Value function) {
        return () -> call(function);
    }

    /** Adds a function as a callback; its parameter is the future, as Java has it. */
    public static void addDoneCallback(Future<Value> future, Value function) {
        DoneCallback<Value> callback = done -> call(function, done);
        future.addDoneCallback(callback);
    }

    public static void setResult(Promise<Value> promise, Value result) {
        promise.setResult(result);
    }

    public static void setException(Promise<Value> promise, Value exception) {
        promise.setException(new Raised(exception));
    }

    /** Counts the workers that are alive. */
    public static int liveWorkers(ThreadExecutor executor) {
        return executor.liveWorkers();
    }

    private static Value call(Value function, Object... arguments) {
        try {
            return function.execute(arguments);
        } catch (PolyglotException thrown) {
            throw thrown.isGuestException() ? new Raised(thrown.getGuestObject()) : thrown;
        }
    }

    private static Iterator<Value> iterator(Value items) {
        Value iterator = items.getIterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return iterator.hasIteratorNextElement();
            }

            @Override
            public Value next() {
                return iterator.getIteratorNextElement();
            }
        };
    }
}
