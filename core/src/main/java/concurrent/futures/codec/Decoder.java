// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Reads what an {@link Encoder} has written. */
final class Decoder extends ObjectInputStream {
    private final int end;
    private final Unpacker asides;
    private final Codec.Source source;

    /**
     * Creates one that reads from some place to another one.
     *
     * @param asides reads what is {@link Aside}
     * @param source where it comes from
     * @param limits what may be in it
     */
    Decoder(byte[] bytes, int start, int end, Unpacker asides, Codec.Source source, Limits limits) throws IOException {
        super(new ByteArrayInputStream(bytes, start, end - start));
        this.end = end;
        this.asides = asides;
        this.source = source;
        enableResolveObject(true);
        setObjectInputFilter(limits);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
        try {
            return source.classOf(type.getName());
        } catch (ClassNotFoundException e) {
            // Perhaps it is a primitive type.
            return super.resolveClass(type);
        }
    }

    @Override
    protected Class<?> resolveProxyClass(String[] names) throws ClassNotFoundException {
        Class<?>[] types = new Class<?>[names.length];
        // An interface that is not public is only seen by the classes of its own loader.
        ClassLoader loader = source.loader();
        for (int i = 0; i < names.length; i++) {
            types[i] = source.classOf(names[i]);
            loader = Modifier.isPublic(types[i].getModifiers()) ? loader : types[i].getClassLoader();
        }
        return Proxy.newProxyInstance(loader, types, (proxy, method, arguments) -> null)
                .getClass();
    }

    @Override
    protected @Nullable Object resolveObject(Object object) throws IOException {
        if (object instanceof Carried carried) {
            return carried.restored(source);
        }
        return object instanceof Aside aside ? restored(aside) : object;
    }

    private @Nullable Object restored(Aside aside) throws IOException {
        try {
            return asides.readAside(end + aside.start);
        } catch (ClassNotFoundException e) {
            throw new InvalidObjectException("no class is needed for it", e);
        }
    }
}
