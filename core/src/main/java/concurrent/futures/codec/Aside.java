// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.ArrayList;

/**
 * Stands, in a stream of the JDK, for an array or a list that has been written aside, behind the stream, where a {@link
 * Packer} does it many times faster. The stream cares for it being there once, if it is met twice.
 */
final class Aside implements Serializable {
    private static final long serialVersionUID = 1;

    /** Fewer objects are not worth it. */
    private static final int LEAST_OBJECTS = 8;

    /** Nor are fewer primitives, which a stream writes fast as well. */
    private static final int LEAST_PRIMITIVES = 1_000;

    /** Where it is, from the end of the stream on. */
    final int start;

    Aside(int start) {
        this.start = start;
    }

    /** Whether it may pay to write something aside. */
    static boolean isFor(Object object) {
        Class<?> type = object.getClass();
        if (type == ArrayList.class) {
            return ((ArrayList<?>) object).size() >= LEAST_OBJECTS;
        }
        if (type == Object[].class || type == String[].class) {
            return ((Object[]) object).length >= LEAST_OBJECTS;
        }
        return type.isArray() && type.getComponentType().isPrimitive() && Array.getLength(object) >= LEAST_PRIMITIVES;
    }
}
