// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.IOException;
import java.io.InvalidObjectException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes lambdas by a {@link Recipe} that has come from the other side. */
final class LambdaMaker {
    /*
     * Overview
     * --------
     * The compiler gives a class with serializable lambdas a method that makes them from their serialized form, which is
     * what a stream of the JDK calls in the end. This calls it without the stream.
     *
     * A lambda that captures nothing is made once: that method always gives the same one, too. One that captures
     * something is made each time, since what it captures may change with each use.
     */
    static final String NOT_THE_SAME = "the class that a lambda is from is another one on the other side";

    private static final String MAKING = "$deserializeLambda$";
    private static final MethodType TYPE = MethodType.methodType(Object.class, SerializedLambda.class);
    private static final int NAMES = 7;

    private final byte[] recipe;
    private final int kind;
    private final Class<?> host;
    private final String[] names = new String[NAMES];
    private final MethodHandle making;

    /** The lambda if it captures nothing; null before it has been made. */
    private volatile @Nullable Object constant;

    LambdaMaker(byte[] recipe, Codec.Source source) throws IOException, ClassNotFoundException {
        Cursor in = new Cursor(recipe);
        this.recipe = recipe;
        this.kind = in.getInt();
        this.host = source.classOf(in.getString(in.getByte()));
        for (int i = 0; i < NAMES; i++) {
            // They are about to be compared with constants of the class.
            names[i] = in.getString(in.getByte()).intern();
        }
        this.making = found(host);
    }

    private static MethodHandle found(Class<?> host) throws InvalidObjectException {
        try {
            Method method = host.getDeclaredMethod(MAKING, SerializedLambda.class);
            if (!Reach.enter(method)) {
                throw new InvalidObjectException(host + " is not open on the other side");
            }
            // The JDK has what calls this at hand, whereas Method.invoke has to be spun for each new kind of method.
            return MethodHandles.lookup().unreflect(method).asType(TYPE);
        } catch (NoSuchMethodException | IllegalAccessException e) {
            throw new InvalidObjectException(NOT_THE_SAME, e);
        }
    }

    /** Whether this is by the recipe that is in a payload, from there to there. */
    boolean isBy(byte[] payload, int from, int to) {
        return Arrays.equals(recipe, 0, recipe.length, payload, from, to);
    }

    /** The class whose source has the lambda. */
    Class<?> host() {
        return host;
    }

    /** The lambda that captures these. */
    @SuppressWarnings("NullAway") // The JDK does not say that what is captured may be null.
    Object made(@Nullable Object[] captured) throws IOException {
        Object known = constant;
        if (captured.length == 0 && known != null) {
            return known;
        }
        SerializedLambda form = new SerializedLambda(
                host, names[0], names[1], names[2], kind, names[3], names[4], names[5], names[6], captured);
        Object made = made(form);
        if (captured.length == 0) {
            constant = made;
        }
        return made;
    }

    private Object made(SerializedLambda form) throws IOException {
        try {
            return (Object) making.invokeExact(form);
        } catch (Error e) {
            throw e;
        } catch (Throwable thrown) {
            throw new InvalidObjectException(NOT_THE_SAME, thrown);
        }
    }
}
