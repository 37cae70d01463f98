// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A file and its checksum, or the problem that kept it from being read. */
record Checksum(NamedFile file, String hash, @Nullable String problem) implements Serializable {
    static Checksum of(NamedFile file) {
        try {
            return new Checksum(file, Hasher.sha256(file.path()), null);
        } catch (IOException e) {
            return new Checksum(file, "", reason(e));
        }
    }

    /** The line that sha256sum prints: a backslash in front announces that the name has characters in disguise. */
    String line() {
        String name = printable(file);
        return (name.equals(file.name()) ? "" : "\\") + hash + "  " + name;
    }

    String problemLine() {
        return printable(file) + ": " + problem;
    }

    static String printable(NamedFile file) {
        return file.name().replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String reason(IOException exception) {
        return switch (exception) {
            case NoSuchFileException e -> "No such file or directory";
            case AccessDeniedException e -> "Permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> String.valueOf(exception.getMessage());
        };
    }
}
