// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes objects of the kinds that most tasks and results are made of, many times faster than a stream of the JDK. */
final class Packer {
    /*
     * Overview
     * --------
     * Whatever is written here comes back as it would from a stream of the JDK: null, what wraps primitives, strings,
     * arrays of primitives, and arrays, lists, lambdas and records of such objects. Their classes are compared exactly,
     * and no code of users runs. An object that is met twice is one object on the other side, too. If there is anything
     * else in a graph, or a cycle, or too deep a nest, the whole is left to the JDK: parts of one graph in two formats
     * would be two graphs.
     *
     * Only objects whose identity may matter have numbers, and long strings, lest one of a megabyte that is in a list a
     * thousand times becomes a thousand.
     */
    /** What is deeper is left to the JDK. */
    static final int MOST_LEVELS = 100;

    /** Longer strings are written once. Those that are not are hardly longer than a number. */
    static final int SHORT_STRING = 16;

    private static final Class<?> ARRAY_AS_LIST = Arrays.asList().getClass();
    private static final Class<?> LIST_OF_FEW = List.of(0).getClass();
    private static final Class<?> LIST_OF_ANY = List.of(0, 0, 0).getClass();

    private final Buffer out;
    private final Consumer<ClassLoader> loaders;
    private final Handles handles = new Handles();

    /** The classes of records, each at the place that is its number. */
    private final List<Shape> shapes = new ArrayList<>(0);

    /** How many arrays of objects there are. */
    private int arrays;

    /** Whether one of them is behind a list, where nobody sees whether it is one of the others. */
    private boolean concealed;

    /**
     * Creates one that writes.
     *
     * @param out where to
     * @param loaders is told the class loader of each class
     */
    Packer(Buffer out, Consumer<ClassLoader> loaders) {
        this.out = out;
        this.loaders = loaders;
    }

    /** Writes an object; false if that is for the JDK to do, and what has been written means nothing. */
    boolean write(@Nullable Object object) {
        return write(object, 0);
    }

    /** Writes an array or list if none of its parts has an identity; false as above. */
    boolean writeFlat(Object object) {
        if (object instanceof ArrayList<?> list) {
            return writeScalars(Tag.ARRAY_LIST, list.toArray());
        }
        if (object instanceof Object[] array) {
            return writeScalars(object instanceof String[] ? Tag.STRINGS : Tag.OBJECTS, array);
        }
        return writePrimitives(object);
    }

    private boolean writeScalars(byte tag, @Nullable Object[] elements) {
        out.putInt(tag, elements.length);
        for (Object element : elements) {
            if (!writeScalar(element)) {
                return false;
            }
        }
        return true;
    }

    private boolean write(@Nullable Object object, int level) {
        return writeScalar(object) || (object != null && writeOnce(object, level));
    }

    /* ---------------- What has no identity ---------------- */

    /** Writes an object, if its identity does not matter. */
    private boolean writeScalar(@Nullable Object object) {
        if (object instanceof Integer value) {
            out.putInt(Tag.INTEGER, value);
        } else if (object instanceof String value && value.length() <= SHORT_STRING) {
            writeString(value);
        } else if (object instanceof Long value) {
            out.putLong(Tag.LONG, value);
        } else if (object instanceof Double value) {
            out.putLong(Tag.DOUBLE, Double.doubleToRawLongBits(value));
        } else if (object == null) {
            out.write(Tag.NULL);
        } else if (object instanceof Boolean value) {
            out.write(value ? Tag.TRUE : Tag.FALSE);
        } else {
            return writeRareScalar(object);
        }
        return true;
    }

    private boolean writeRareScalar(Object object) {
        if (object instanceof Character value) {
            out.write(Tag.CHARACTER);
            out.putShort(value);
        } else if (object instanceof Byte value) {
            out.write(Tag.BYTE);
            out.write(value);
        } else if (object instanceof Short value) {
            out.write(Tag.SHORT);
            out.putShort(value);
        } else if (object instanceof Float value) {
            out.putInt(Tag.FLOAT, Float.floatToRawIntBits(value));
        } else {
            return false;
        }
        return true;
    }

    void writeString(String string) {
        byte[] latin = string.getBytes(StandardCharsets.ISO_8859_1);
        // What this character set lacks has become question marks.
        if (new String(latin, StandardCharsets.ISO_8859_1).equals(string)) {
            out.putInt(Tag.LATIN_STRING, latin.length);
            out.write(latin, 0, latin.length);
        } else {
            // Not every string has a form in one of the other character sets: surrogates may be alone.
            out.putInt(Tag.STRING, string.length());
            out.putChars(string.toCharArray());
        }
    }

    /* ---------------- What has an identity ---------------- */

    private boolean writeOnce(Object object, int level) {
        int met = handles.find(object);
        if (met >= 0) {
            int number = handles.number(met);
            out.putInt(Tag.AGAIN, number);
            return number != Handles.OPEN;
        }
        if (level == MOST_LEVELS) {
            return false;
        }
        int place = handles.begin(object);
        boolean written = writeNew(object, level + 1);
        handles.end(place);
        return written;
    }

    private boolean writeNew(Object object, int level) {
        Class<?> type = object.getClass();
        if (type.isArray()) {
            return writePrimitives(object) || writeObjects(object, level);
        }
        if (object instanceof String string) {
            writeString(string);
            return true;
        }
        if (object instanceof List<?> list) {
            return writeList(list, level);
        }
        if (object instanceof Record) {
            return writeRecord(object, level);
        }
        return type.isHidden() && writeLambda(object, level);
    }

    /** Writes an array if it is one of primitives. */
    private boolean writePrimitives(Object object) {
        if (object instanceof byte[] array) {
            out.putInt(Tag.BYTES, array.length);
            out.write(array, 0, array.length);
        } else if (object instanceof int[] array) {
            out.putInt(Tag.INTS, array.length);
            out.putInts(array);
        } else if (object instanceof long[] array) {
            out.putInt(Tag.LONGS, array.length);
            out.putLongs(array);
        } else if (object instanceof double[] array) {
            out.putInt(Tag.DOUBLES, array.length);
            out.putDoubles(array);
        } else if (object instanceof float[] array) {
            out.putInt(Tag.FLOATS, array.length);
            out.putFloats(array);
        } else {
            return writeRarePrimitives(object);
        }
        return true;
    }

    private boolean writeRarePrimitives(Object object) {
        if (object instanceof char[] array) {
            out.putInt(Tag.CHARS, array.length);
            out.putChars(array);
        } else if (object instanceof short[] array) {
            out.putInt(Tag.SHORTS, array.length);
            out.putShorts(array);
        } else if (object instanceof boolean[] array) {
            out.putInt(Tag.BOOLEANS, array.length);
            out.putBooleans(array);
        } else {
            return false;
        }
        return true;
    }

    private boolean writeObjects(Object object, int level) {
        Class<?> type = object.getClass();
        if (type != Object[].class && type != String[].class) {
            return false;
        }
        arrays++;
        return writeElements(type == String[].class ? Tag.STRINGS : Tag.OBJECTS, (Object[]) object, level);
    }

    private boolean writeList(List<?> list, int level) {
        Class<?> type = list.getClass();
        if (type == ArrayList.class) {
            return writeElements(Tag.ARRAY_LIST, list.toArray(), level);
        }
        if (type == LIST_OF_ANY || type == LIST_OF_FEW) {
            return writeImmutable(list, level);
        }
        if (type == ARRAY_AS_LIST) {
            arrays++;
            concealed = true;
            return writeElements(Tag.ARRAY_AS_LIST, list.toArray(), level);
        }
        return false;
    }

    private boolean writeImmutable(List<?> list, int level) {
        @Nullable Object[] elements = list.toArray();
        // A list that must not even be asked for null is its own copy.
        boolean nullable = Arrays.asList(elements).contains(null) || List.copyOf(list) != list;
        return writeElements(nullable ? Tag.LIST_OF_NULLABLES : Tag.LIST_OF, elements, level);
    }

    private boolean writeElements(byte tag, @Nullable Object[] elements, int level) {
        if (concealed && arrays > 1) {
            return false;
        }
        out.putInt(tag, elements.length);
        return writeAll(elements, level);
    }

    private boolean writeAll(@Nullable Object[] objects, int level) {
        for (Object object : objects) {
            if (!write(object, level)) {
                return false;
            }
        }
        return true;
    }

    private boolean writeLambda(Object lambda, int level) {
        Recipe recipe = Recipe.of(lambda);
        if (recipe == null) {
            return false;
        }
        tell(lambda);
        recipe.write(out);
        @Nullable Object[] captured = recipe.captured(lambda);
        out.putInt(captured.length);
        return writeAll(captured, level);
    }

    private boolean writeRecord(Object record, int level) {
        Shape shape = Shape.of(record.getClass());
        if (shape == null) {
            return false;
        }
        int number = shapes.indexOf(shape);
        if (number >= 0) {
            out.putInt(Tag.RECORD_AGAIN, number);
        } else {
            shapes.add(shape);
            tell(record);
            out.write(Tag.RECORD);
            writeString(shape.name());
            out.putInt(shape.signature());
        }
        return writeAll(shape.components(record), level);
    }

    private void tell(Object object) {
        ClassLoader loader = object.getClass().getClassLoader();
        if (loader != null) {
            loaders.accept(loader);
        }
    }
}
