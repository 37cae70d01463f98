// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.Serializable;
import java.lang.invoke.SerializedLambda;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks for what keeps an object from being serialized, and tells the way there. */
final class Culprit {
    /** Ways that are longer are not told. */
    private static final int MOST_STEPS = 100;

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private Culprit() {}

    /** The way to the first part of an object that cannot be serialized; null if none is found. */
    static @Nullable String path(@Nullable Object root) {
        try {
            return new Culprit().search(root, "", MOST_STEPS);
        } catch (Throwable failing) {
            // Parts may be out of reach, or fail when they are asked. Then the class alone has to do.
            return null;
        }
    }

    /** A part of an object, and how it is called there. */
    private record Part(String name, @Nullable Object value) {}

    private @Nullable String search(@Nullable Object object, String way, int steps) {
        if (object == null || steps == 0 || object instanceof String || object instanceof Class || !seen.add(object)) {
            return null;
        }
        Class<?> type = object.getClass();
        if (!(object instanceof Serializable)) {
            String name = isLambda(type) ? "a lambda of " + host(type) + ", which is no Task" : type.getName();
            return (way.isEmpty() ? "" : way.substring(" -> ".length()) + ": ") + name + " is not Serializable";
        }
        for (Part part : parts(object)) {
            String found = search(part.value(), way + " -> " + part.name(), steps - 1);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static boolean isLambda(Class<?> type) {
        return type.isSynthetic() && type.isHidden();
    }

    /** The class whose source has the lambda. */
    private static String host(Class<?> lambda) {
        String name = lambda.getName();
        int end = name.indexOf("$$Lambda");
        return end < 0 ? name : name.substring(0, end);
    }

    private static List<Part> parts(Object object) {
        List<Part> parts = new ArrayList<>();
        if (object instanceof Object[] array) {
            for (int i = 0; i < array.length; i++) {
                parts.add(new Part("[" + i + "]", array[i]));
            }
        } else if (object instanceof Collection<?> collection) {
            int i = 0;
            for (Object element : collection) {
                parts.add(new Part("[" + i++ + "]", element));
            }
        } else if (object instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                parts.add(new Part("a key", entry.getKey()));
                parts.add(new Part("the value of " + entry.getKey(), entry.getValue()));
            }
        } else if (isLambda(object.getClass())) {
            addCaptured(object, parts);
        } else {
            addFields(object, parts);
        }
        return parts;
    }

    private static void addCaptured(Object lambda, List<Part> parts) {
        try {
            Method method = lambda.getClass().getDeclaredMethod("writeReplace");
            if (method.trySetAccessible() && method.invoke(lambda) instanceof SerializedLambda form) {
                String where =
                        " captured by a lambda of " + form.getCapturingClass().replace('/', '.');
                for (int i = 0; i < form.getCapturedArgCount(); i++) {
                    parts.add(new Part("the " + (i + 1) + ". value" + where, form.getCapturedArg(i)));
                }
            }
        } catch (ReflectiveOperationException e) {
            // It captures something that nobody can see.
        }
    }

    private static void addFields(Object object, List<Part> parts) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            if (!Serializable.class.isAssignableFrom(type)) {
                return;
            }
            for (Field field : type.getDeclaredFields()) {
                int modifiers = field.getModifiers();
                boolean saved = !Modifier.isStatic(modifiers) && !Modifier.isTransient(modifiers);
                if (saved && !field.getType().isPrimitive() && field.trySetAccessible()) {
                    try {
                        parts.add(new Part(type.getName() + "." + field.getName(), field.get(object)));
                    } catch (IllegalAccessException e) {
                        // It was made accessible.
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }
}
