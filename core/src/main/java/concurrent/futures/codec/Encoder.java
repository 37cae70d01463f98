// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.function.Consumer;

/** A stream of the JDK that carries exceptions, writes some objects {@link Aside}, and tells where classes are from. */
final class Encoder extends ObjectOutputStream {
    private final Buffer asides;
    private final Options options;

    /**
     * How to write.
     *
     * @param limit how many bytes there may be
     * @param carrying whether each exception is {@link Carried}
     * @param loaders is told the class loader of each class
     */
    record Options(int limit, boolean carrying, Consumer<ClassLoader> loaders) {}

    Encoder(Buffer out, Buffer asides, Options options) throws IOException {
        super(out);
        this.asides = asides;
        this.options = options;
        enableReplaceObject(true);
    }

    @Override
    protected void annotateClass(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        if (loader != null) {
            options.loaders().accept(loader);
        }
    }

    @Override
    protected void annotateProxyClass(Class<?> type) {
        annotateClass(type);
    }

    @Override
    protected Object replaceObject(Object object) {
        if (object instanceof Throwable thrown) {
            return options.carrying() && !(thrown instanceof RemoteFailure)
                    ? Carried.of(thrown, options.limit())
                    : thrown;
        }
        return Aside.isFor(object) ? aside(object) : object;
    }

    private Object aside(Object object) {
        int start = asides.size();
        if (new Packer(asides, options.loaders()).writeFlat(object)) {
            return new Aside(start);
        }
        asides.truncate(start);
        return object;
    }
}
