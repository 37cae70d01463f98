// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The class loaders that the tasks of an executor come from: they find the classes of results, and those that a worker
 * lacks.
 */
public final class Loaders extends ClassLoader implements Consumer<ClassLoader> {
    private final ReentrantLock lock = new ReentrantLock();

    /** Those that are not known to everybody. Guarded by the lock. */
    private final WeakHashMap<ClassLoader, Boolean> seen = new WeakHashMap<>();

    /**
     * Creates loaders that know none yet.
     *
     * @param name what stack traces call them
     */
    public Loaders(String name) {
        super(name, Loaders.class.getClassLoader());
    }

    /** A class of a task comes from there. */
    @Override
    public void accept(ClassLoader loader) {
        if (loader != getParent() && loader != getSystemClassLoader() && loader != getPlatformClassLoader()) {
            lock.lock();
            try {
                seen.put(loader, true);
            } finally {
                lock.unlock();
            }
        }
    }

    private List<ClassLoader> seen() {
        lock.lock();
        try {
            return new ArrayList<>(seen.keySet());
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        for (ClassLoader loader : seen()) {
            try {
                return loader.loadClass(name);
            } catch (ClassNotFoundException | RuntimeException e) {
                // Perhaps the next one has it. This one may have been closed with its application.
            }
        }
        throw new ClassNotFoundException(name);
    }

    /**
     * {@return the bytes of a class that a worker lacks; none if there is no such class}
     *
     * @param name the name of the class
     */
    public byte[] bytesOf(String name) {
        String file = name.replace('.', '/') + ".class";
        List<ClassLoader> loaders = seen();
        loaders.add(this);
        loaders.add(getSystemClassLoader());
        for (ClassLoader loader : loaders) {
            try (InputStream bytes = loader.getResourceAsStream(file)) {
                if (bytes != null) {
                    return bytes.readAllBytes();
                }
            } catch (IOException | RuntimeException | Error e) {
                // As if it were not there. Loaders of users may throw anything.
            }
        }
        return new byte[0];
    }
}
