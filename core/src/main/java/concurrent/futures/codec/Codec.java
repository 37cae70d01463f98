// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.IOException;
import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.NotSerializableException;
import java.lang.invoke.SerializedLambda;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Objects as bytes, and back: the serialization of the JDK with limits, and with messages that say what is wrong and
 * where.
 */
public final class Codec {
    /*
     * Overview
     * --------
     * A payload is what a Packer has written or, for objects that are not for it, a tag, the length of a stream of the
     * JDK, that stream, and the arrays and lists that have been taken out of it (see Aside).
     */
    /** Behind the tag and the length. */
    private static final int STREAM_START = Byte.BYTES + Integer.BYTES;

    /** Not a lambda, because the first ones cost a worker some milliseconds. */
    private static final Consumer<ClassLoader> UNHEARD = new Consumer<>() {
        @Override
        public void accept(ClassLoader loader) {
            // The parent knows where the classes of a worker come from.
        }
    };

    private Codec() {}

    /* ---------------- To bytes ---------------- */

    /**
     * {@return the bytes of a task}
     *
     * @param task the task
     * @param limit how many bytes it may have
     * @param loaders is told the class loader of each class
     * @throws IOException if it cannot be serialized; tells what cannot, and where it is
     */
    public static byte[] encodeTask(Object task, int limit, Consumer<ClassLoader> loaders) throws IOException {
        return encode(task, "the task", limit, false, loaders);
    }

    /**
     * {@return the bytes of a result, in which each exception is carried so that it comes back as what it was}
     *
     * @param result the result, or what was thrown
     * @param limit how many bytes it may have
     * @throws IOException if it cannot be serialized; tells what cannot, and where it is
     */
    public static byte[] encodeResult(@Nullable Object result, int limit) throws IOException {
        return encode(result, "the result", limit, true, UNHEARD);
    }

    /** The bytes of an object as it is. */
    static byte[] encodePlainly(Object object, int limit) throws IOException {
        return encode(object, "it", limit, false, UNHEARD);
    }

    private static byte[] encode(
            @Nullable Object object, String what, int limit, boolean carrying, Consumer<ClassLoader> loaders)
            throws IOException {
        try {
            Buffer buffer = new Buffer(limit);
            if (new Packer(buffer, loaders).write(object)) {
                return buffer.toBytes();
            }
            buffer.truncate(0);
            return streamed(object, buffer, new Encoder.Options(limit, carrying, loaders));
        } catch (NotSerializableException e) {
            String path = Culprit.path(object);
            String where = path == null ? String.valueOf(Wording.message(e)) : path;
            NotSerializableException named = new NotSerializableException(what + " cannot be serialized: " + where);
            named.initCause(e);
            throw named;
        } catch (StackOverflowError e) {
            throw new InvalidObjectException(what + " is nested too deeply to be serialized", asException(e));
        } catch (OutOfMemoryError e) {
            throw new InvalidObjectException(what + " is too large to be serialized", asException(e));
        } catch (Buffer.TooLarge e) {
            throw new InvalidObjectException(what + " is too large: it has more than " + limit + " bytes");
        }
    }

    private static byte[] streamed(@Nullable Object object, Buffer buffer, Encoder.Options options) throws IOException {
        Buffer asides = new Buffer(options.limit());
        buffer.putInt(Tag.STREAM, /* value= */ 0);
        try (Encoder encoder = new Encoder(buffer, asides, options)) {
            encoder.writeObject(object);
        }
        buffer.setInt(Byte.BYTES, buffer.size() - STREAM_START);
        return asides.size() == 0 ? buffer.toBytes() : buffer.toBytes(asides);
    }

    private static Exception asException(Error error) {
        return new IllegalStateException(error.toString());
    }

    /* ---------------- From bytes ---------------- */

    /** Where bytes come from, and what they may be. Remembers how lambdas are made that have come from there. */
    public static final class Source {
        /** More than most programs have. */
        private static final int MOST_MAKERS = 1_000;

        private final ClassLoader loader;
        private final boolean lambdas;
        private final @Nullable StackTraceElement origin;

        /** Whether no code of the user has anything to do with it. */
        private final boolean own;

        /** The makers of lambdas by the hashes of their recipes. */
        private final Map<Integer, LambdaMaker> makers;

        /**
         * Creates a source.
         *
         * @param loader finds the classes
         * @param lambdas whether there may be lambdas
         * @param origin what is added to the stack traces of exceptions; null for nothing
         */
        public Source(ClassLoader loader, boolean lambdas, @Nullable StackTraceElement origin) {
            this(loader, lambdas, origin, /* own= */ false);
        }

        private Source(ClassLoader loader, boolean lambdas, @Nullable StackTraceElement origin, boolean own) {
            this.loader = loader;
            this.lambdas = lambdas;
            this.origin = origin;
            this.own = own;
            this.makers = lambdas ? new ConcurrentHashMap<>() : Map.of();
        }

        /** {@return the source of what this library itself has written in this JVM} */
        public static Source own() {
            return new Source(Codec.class.getClassLoader(), /* lambdas= */ true, /* origin= */ null, /* own= */ true);
        }

        ClassLoader loader() {
            return loader;
        }

        Class<?> classOf(String name) throws ClassNotFoundException {
            return Class.forName(name, /* initialize= */ false, loader);
        }

        /** The maker of lambdas by a recipe that is in a payload, from there to there. */
        LambdaMaker maker(int hash, byte[] payload, int from, int to) throws IOException, ClassNotFoundException {
            LambdaMaker known = makers.get(hash);
            if (known != null && known.isBy(payload, from, to)) {
                return known;
            }
            LambdaMaker made = new LambdaMaker(Arrays.copyOfRange(payload, from, to), this);
            if (makers.size() >= MOST_MAKERS) {
                makers.clear();
            }
            makers.put(hash, made);
            return made;
        }

        /** Adds where it comes from to the stack trace of an exception, if that lets it. */
        Throwable marked(Throwable thrown) {
            if (origin != null) {
                try {
                    StackTraceElement[] trace = thrown.getStackTrace();
                    StackTraceElement[] longer = Arrays.copyOf(trace, trace.length + 1);
                    longer[trace.length] = origin;
                    thrown.setStackTrace(longer);
                } catch (Throwable failing) {
                    // Its class has methods of its own in place of these. It is worth more than the mark.
                }
            }
            return thrown;
        }
    }

    /**
     * {@return the object that has these bytes; an exception that was carried is restored}
     *
     * @param bytes the bytes
     * @param source where they come from
     * @throws IOException if they are not those of an object that may be there; tells what is wrong
     */
    public static @Nullable Object decode(byte[] bytes, Source source) throws IOException {
        Limits limits = new Limits(bytes.length, source.lambdas, !source.own && Filters.areThere());
        try {
            return decode(bytes, source, limits);
        } catch (ClassNotFoundException e) {
            throw named("the class " + Wording.message(e) + " is not there, on the other side", e);
        } catch (InvalidClassException e) {
            String reason = limits.reason();
            throw reason == null ? e : named("it is refused: " + reason, e);
        } catch (StackOverflowError e) {
            throw named("it is nested too deeply", asException(e));
        } catch (ClassCastException e) {
            boolean lambda = String.valueOf(Wording.message(e)).contains(SerializedLambda.class.getName());
            if (lambda) {
                throw named(LambdaMaker.NOT_THE_SAME, e);
            }
            throw e;
        }
    }

    private static @Nullable Object decode(byte[] bytes, Source source, Limits limits)
            throws IOException, ClassNotFoundException {
        Cursor in = new Cursor(bytes);
        Unpacker unpacker = new Unpacker(in, source, limits);
        if (bytes.length == 0 || bytes[0] != Tag.STREAM) {
            return unpacker.readWhole();
        }
        in.moveTo(Byte.BYTES);
        int end = in.getLength(Byte.BYTES) + STREAM_START;
        in.moveTo(end);
        try (Decoder decoder = new Decoder(bytes, STREAM_START, end, unpacker, source, limits)) {
            return decoder.readObject();
        }
    }

    private static InvalidObjectException named(String message, Exception cause) {
        return new InvalidObjectException(message, cause);
    }
}
