// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;

/**
 * The file of a {@link StartMark}, which is there for as long as a worker takes to start. The worker removes it when it has
 * opened it, or finds that its pool is gone; the pool removes it when the worker is.
 */
final class MarkFile {
    private static final String PREFIX = "concurrent-futures-";
    private static final int HEXADECIMAL = 16;

    /** Where names come from. A class of its own, because it costs a JVM tens of milliseconds, and workers need none. */
    private static final class Names {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    private final Path path;

    private MarkFile(Path path) {
        this.path = path;
    }

    /** A file that is not there yet, so that a worker can be told of it before there is anything to remove. */
    static MarkFile somewhere() {
        String name = PREFIX + Long.toUnsignedString(Names.RANDOM.nextLong(), HEXADECIMAL);
        return at(Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve(name));
    }

    /** The file of which a worker has been told. */
    static MarkFile at(Path path) {
        return new MarkFile(path);
    }

    /** Makes the file, for this user alone. */
    FileChannel make() throws IOException {
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        return FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    /** Removes the file, if it is there. Whoever has opened it keeps it. */
    void remove() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            // What cannot be deleted while it is used, on some systems, is deleted when it is not.
            path.toFile().deleteOnExit();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
