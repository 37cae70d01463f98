// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes in a worker: those of its class path, and for others it asks whoever sends tasks, whose source launcher,
 * shell or container may have them where no path leads.
 */
public final class RemoteClasses extends ClassLoader {
    private static final byte[] NONE = {};
    private static final String CLASS = ".class";

    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final Asker asker;
    private final AtomicLong questions = new AtomicLong();

    /** The questions that have not been answered. Added to by those who ask; whoever hears the answers removes. */
    private final Map<Long, Answer> open = new ConcurrentHashMap<>();

    /** What the other side does not have either. */
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    /** Whether nobody answers any more. */
    private volatile boolean closed;

    /** Whoever carries a question to the other side. */
    @FunctionalInterface
    public interface Asker {
        /**
         * Asks for the bytes of a class; {@link #answered} is called later.
         *
         * @param question the number of the question
         * @param name the name of the class
         * @throws IOException if the other side cannot be asked
         */
        void ask(long question, String name) throws IOException;
    }

    /**
     * Creates a loader.
     *
     * @param name what stack traces call it
     * @param parent finds what need not be asked for
     * @param asker carries questions
     */
    public RemoteClasses(String name, ClassLoader parent, Asker asker) {
        super(name, parent);
        this.asker = asker;
    }

    private static final class Answer {
        private final CountDownLatch given = new CountDownLatch(1);
        private volatile byte @Nullable [] bytes;

        void give(byte[] found) {
            bytes = found;
            given.countDown();
        }

        byte[] await() {
            boolean interrupted = false;
            while (true) {
                try {
                    given.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            byte[] found = bytes;
            return found == null ? NONE : found;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = missing.contains(name) ? NONE : asked(name);
        if (bytes.length == 0) {
            missing.add(name);
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    /** Finds the bytes of classes, too, so that a task may itself send tasks elsewhere. */
    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        InputStream found = super.getResourceAsStream(name);
        if (found != null || !name.endsWith(CLASS)) {
            return found;
        }
        String type = name.substring(0, name.length() - CLASS.length()).replace('/', '.');
        try {
            byte[] bytes = missing.contains(type) ? NONE : asked(type);
            return bytes.length == 0 ? null : new ByteArrayInputStream(bytes);
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    private byte[] asked(String name) throws ClassNotFoundException {
        long question = questions.incrementAndGet();
        Answer answer = new Answer();
        open.put(question, answer);
        if (closed) {
            // Looked at after the question is open, so that either this is seen here or the question is seen there.
            answer.give(NONE);
        }
        try {
            asker.ask(question, name);
        } catch (IOException e) {
            open.remove(question);
            throw new ClassNotFoundException(name, e);
        }
        return answer.await();
    }

    /**
     * The other side has answered.
     *
     * @param question the number of the question
     * @param bytes the bytes of the class; none if there is no such class
     */
    public void answered(long question, byte[] bytes) {
        Answer answer = open.remove(question);
        if (answer != null) {
            answer.give(bytes);
        }
    }

    /** The other side is gone: what it has not answered is not there, nor is anything else. */
    public void close() {
        closed = true;
        for (Long question : open.keySet()) {
            answered(question, NONE);
        }
    }
}
