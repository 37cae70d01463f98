// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds classes in a worker: those of the class path, and for others it asks the parent, whose source launcher, shell or
 * container may have them where no path leads.
 */
final class RemoteClasses extends ClassLoader {
    static {
        ClassLoader.registerAsParallelCapable();
    }

    private final Connection connection;
    private final AtomicLong questions = new AtomicLong();

    /** The questions that have not been answered. Added to by those who ask; the reader of the connection answers. */
    private final Map<Long, Answer> open = new ConcurrentHashMap<>();

    /** What the parent does not have either. */
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    RemoteClasses(Connection connection) {
        super("concurrent.futures.process", ClassLoader.getSystemClassLoader());
        this.connection = connection;
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
            return found == null ? Frame.EMPTY : found;
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte[] bytes = missing.contains(name) ? Frame.EMPTY : asked(name);
        if (bytes.length == 0) {
            missing.add(name);
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] asked(String name) throws ClassNotFoundException {
        long id = questions.incrementAndGet();
        Answer answer = new Answer();
        open.put(id, answer);
        try {
            connection.send(Frame.Kind.CLASS_WANTED, id, name.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        return answer.await();
    }

    /** The parent has answered. */
    void answered(Frame frame) {
        Answer answer = open.remove(frame.id());
        if (answer != null) {
            answer.give(frame.bytes());
        }
    }
}
