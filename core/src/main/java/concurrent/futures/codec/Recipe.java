// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Method;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What all lambdas of one class have in common, as bytes: where they are from, and what they implement. */
final class Recipe {
    /*
     * Overview
     * --------
     * A serializable lambda gives a SerializedLambda for itself: names, which depend on its class alone, and what it
     * captures. The names are turned into bytes once for each class, by which the other side knows them again (see
     * LambdaMaker). A lambda that captures nothing is no more than that.
     */
    private static final ByClass<Recipe> KNOWN = new ByClass<>();
    private static final MethodType TYPE = MethodType.methodType(Object.class, Object.class);
    private static final Object[] NOTHING = {};

    /** For a class that is not that of a lambda, or out of reach. */
    private static final Recipe NONE = new Recipe(null, new byte[0], 0);

    /** Gives the serialized form of a lambda. */
    private final @Nullable MethodHandle replacing;

    private final byte[] bytes;
    private final int hash;
    private final int count;

    private Recipe(@Nullable MethodHandle replacing, byte[] bytes, int count) {
        this.replacing = replacing;
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
        this.count = count;
    }

    /** The recipe for a lambda; null if it is none, or is to be left to the JDK. */
    static @Nullable Recipe of(Object lambda) {
        Class<?> type = lambda.getClass();
        Recipe known = KNOWN.get(type);
        if (known == null) {
            known = KNOWN.put(type, made(lambda));
        }
        return known == NONE ? null : known;
    }

    private static Recipe made(Object lambda) {
        try {
            Method method = lambda.getClass().getDeclaredMethod("writeReplace");
            if (Reach.enter(method)) {
                MethodHandle replacing =
                        MethodHandles.lookup().unreflect(method).asType(TYPE);
                if (replaced(replacing, lambda) instanceof SerializedLambda form) {
                    return new Recipe(replacing, bytes(form), form.getCapturedArgCount());
                }
            }
            return NONE;
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return NONE;
        }
    }

    private static Object replaced(MethodHandle replacing, Object lambda) {
        try {
            return (Object) replacing.invokeExact(lambda);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable thrown) {
            throw new IllegalStateException(lambda.getClass().getName(), thrown);
        }
    }

    private static byte[] bytes(SerializedLambda form) {
        Buffer buffer = new Buffer(Integer.MAX_VALUE);
        Packer packer = new Packer(buffer, loader -> {});
        buffer.putInt(form.getImplMethodKind());
        packer.writeString(form.getCapturingClass().replace('/', '.'));
        packer.writeString(form.getFunctionalInterfaceClass());
        packer.writeString(form.getFunctionalInterfaceMethodName());
        packer.writeString(form.getFunctionalInterfaceMethodSignature());
        packer.writeString(form.getImplClass());
        packer.writeString(form.getImplMethodName());
        packer.writeString(form.getImplMethodSignature());
        packer.writeString(form.getInstantiatedMethodType());
        return buffer.toBytes();
    }

    void write(Buffer out) {
        out.putInt(Tag.LAMBDA, hash);
        out.putInt(bytes.length);
        out.write(bytes, 0, bytes.length);
    }

    /** What a lambda captures. */
    @Nullable
    Object[] captured(Object lambda) {
        if (count == 0 || replacing == null) {
            return NOTHING;
        }
        SerializedLambda form = (SerializedLambda) replaced(replacing, lambda);
        @Nullable Object[] captured = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            captured[i] = form.getCapturedArg(i);
        }
        return captured;
    }
}
