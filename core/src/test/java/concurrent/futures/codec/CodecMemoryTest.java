// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.ref.WeakReference;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What is remembered of classes, in order to be fast, does not keep them. */
class CodecMemoryTest {
    private interface Supplies extends Callable<Object>, Serializable {}

    /** Is loaded again by a loader that is to go. */
    private record Unloaded(int number) implements Serializable {
        static Object tasks() {
            int captured = 1;
            return List.of((Supplies) () -> 1, (Supplies) () -> captured, new Unloaded(2));
        }
    }

    private static final class Loader extends ClassLoader {
        Loader() {
            super(CodecMemoryTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(CodecMemoryTest.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? loadedAgain(name) : loaded;
        }

        private Class<?> loadedAgain(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    private static WeakReference<ClassLoader> codedOnBothSides() throws Exception {
        ClassLoader loader = new Loader();
        Method tasks = loader.loadClass(Unloaded.class.getName()).getDeclaredMethod("tasks");
        tasks.setAccessible(true);
        Object object = tasks.invoke(null);
        byte[] bytes = Codec.encodeTask(object, 1 << 20, each -> {});
        assertThat(bytes[0]).isNotEqualTo(Tag.STREAM);
        Object copy = Codec.decode(bytes, new Codec.Source(loader, /* lambdas= */ true, null));
        assertThat(((List<?>) copy).get(2).getClass().getClassLoader()).isSameAs(loader);
        return new WeakReference<>(loader);
    }

    @Test
    void loaderOfTasks_isNotKept() throws Exception {
        WeakReference<ClassLoader> loader = codedOnBothSides();
        Awaitility.await().until(() -> {
            System.gc();
            return loader.refersTo(null);
        });
    }
}
