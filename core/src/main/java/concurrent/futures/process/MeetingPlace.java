// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;

/**
 * Where a worker that starts finds its pool: a directory that nobody else may enter, for as long as the start takes. The
 * pool removes it as soon as it is not needed, and the worker does if the pool is gone.
 */
final class MeetingPlace {
    private static final String PREFIX = "concurrent-futures-";

    /** So many bytes; the path of a socket may not have many more. */
    private static final int LONGEST_PATH = 90;

    private static final int HEXADECIMAL = 16;

    private final Path directory;

    /** Where names come from. A class of its own, because it costs a JVM some ten milliseconds, and workers need none. */
    private static final class Names {
        static final SecureRandom RANDOM = new SecureRandom();
    }

    private MeetingPlace(Path directory) {
        this.directory = directory;
    }

    /** A place that is not there yet, so that a worker can be told of it before there is anything to remove. */
    static MeetingPlace somewhere() {
        String name = PREFIX + Long.toUnsignedString(Names.RANDOM.nextLong(), HEXADECIMAL);
        Path directory =
                Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath().resolve(name);
        Charset charset = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
        boolean fits = directory.toString().getBytes(charset).length <= LONGEST_PATH;
        return new MeetingPlace(fits ? directory : Path.of("/tmp", name));
    }

    /** The place of which a worker has been told. */
    static MeetingPlace at(String directory) {
        return new MeetingPlace(Path.of(directory));
    }

    /** Makes the directory, for this user alone. */
    void make() throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        Files.createDirectory(
                directory,
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0]);
    }

    UnixDomainSocketAddress socket() {
        return UnixDomainSocketAddress.of(directory.resolve("socket"));
    }

    Path mark() {
        return directory.resolve("mark");
    }

    /** Removes what is there. */
    void remove() {
        for (Path each : new Path[] {socket().getPath(), mark(), directory}) {
            try {
                Files.deleteIfExists(each);
            } catch (IOException e) {
                // What cannot be deleted while it is used, on some systems, is deleted when it is not.
                each.toFile().deleteOnExit();
            }
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
