// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.InvalidClassException;
import java.io.InvalidObjectException;
import java.io.Serializable;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/** How records of a class are taken apart and made, in the way of the JDK: by the fields and the canonical constructor. */
final class Shape {
    private static final ByClass<Shape> KNOWN = new ByClass<>();

    /** For a class that is to be left to the JDK. */
    private static final Shape NONE = new Shape();

    private final String name;
    private final Field[] fields;
    private final @Nullable Constructor<?> constructor;
    private final int signature;

    private Shape() {
        this.name = "";
        this.fields = new Field[0];
        this.constructor = null;
        this.signature = 0;
    }

    private Shape(Class<?> type, RecordComponent[] components) throws ReflectiveOperationException {
        this.name = type.getName();
        this.fields = new Field[components.length];
        Class<?>[] types = new Class<?>[components.length];
        int hash = 0;
        for (int i = 0; i < components.length; i++) {
            fields[i] = type.getDeclaredField(components[i].getName());
            types[i] = components[i].getType();
            hash = 31 * (31 * hash + components[i].getName().hashCode())
                    + types[i].getName().hashCode();
        }
        this.constructor = type.getDeclaredConstructor(types);
        this.signature = hash;
    }

    /** The shape of a class; null if it is not that of records, or its records are to be left to the JDK. */
    static @Nullable Shape of(Class<?> type) {
        Shape known = KNOWN.get(type);
        if (known == null) {
            known = KNOWN.put(type, found(type));
        }
        return known == NONE ? null : known;
    }

    private static Shape found(Class<?> type) {
        boolean plain = type.isRecord()
                && Serializable.class.isAssignableFrom(type)
                && !has(type, "writeReplace")
                && !has(type, "readResolve");
        if (!plain) {
            return NONE;
        }
        try {
            Shape shape = new Shape(type, type.getRecordComponents());
            return shape.isReachable() ? shape : NONE;
        } catch (ReflectiveOperationException e) {
            return NONE;
        }
    }

    private static boolean has(Class<?> type, String name) {
        for (Method method : type.getDeclaredMethods()) {
            if (method.getName().equals(name) && method.getParameterCount() == 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isReachable() {
        for (Field field : fields) {
            if (!Reach.enter(field)) {
                return false;
            }
        }
        return constructor != null && Reach.enter(constructor);
    }

    String name() {
        return name;
    }

    /** A number that is the same for the same components. */
    int signature() {
        return signature;
    }

    int size() {
        return fields.length;
    }

    /** What a record is made of. */
    @Nullable
    Object[] components(Object record) {
        @Nullable Object[] components = new @Nullable Object[fields.length];
        try {
            for (int i = 0; i < components.length; i++) {
                components[i] = fields[i].get(record);
            }
        } catch (IllegalAccessException e) {
            // They were made accessible.
            throw new AssertionError(e);
        }
        return components;
    }

    /** The record that is made of these. */
    Object made(@Nullable Object[] components) throws InvalidObjectException, InvalidClassException {
        if (constructor == null) {
            throw new InvalidClassException(name, "no record");
        }
        try {
            return constructor.newInstance(components);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new InvalidObjectException(name + " cannot be made: " + e.getCause(), e);
        } catch (IllegalArgumentException e) {
            throw new InvalidClassException(name, "a component of another type");
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }
}
