// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.Serializable;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * A file, and its name as it is to be printed.
 *
 * <p>The name of a file is bytes, which need not be text in any encoding. A name here has a character for each byte, so
 * that what is printed is what the file system has, and names sort as {@code LC_ALL=C sort} does.
 */
record NamedFile(String name, Path path) implements Serializable {
    private static final Charset NATIVE = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    private static final char UNREADABLE = '\uFFFD';

    /** What travels to other processes: a path cannot, but a URI can, and has all bytes of it. */
    private record Distant(String name, URI uri) implements Serializable {
        Object readResolve() {
            return new NamedFile(name, Path.of(uri));
        }
    }

    Object writeReplace() {
        return new Distant(name, path.toUri());
    }

    /** A file that is named on the command line. */
    static NamedFile given(String argument) {
        return new NamedFile(bytes(argument), Path.of(argument));
    }

    /** A file in this folder. */
    NamedFile child(Path path) {
        String separator = name.endsWith("/") ? "" : "/";
        return new NamedFile(name + separator + fileName(path), path);
    }

    private static String fileName(Path path) {
        String fileName = String.valueOf(path.getFileName());
        return fileName.indexOf(UNREADABLE) < 0 ? bytes(fileName) : rawFileName(path);
    }

    private static String bytes(String text) {
        return new String(text.getBytes(NATIVE), StandardCharsets.ISO_8859_1);
    }

    /** A URI is the one thing that gives away the bytes of a path that are no text. */
    private static String rawFileName(Path path) {
        String uri = path.toUri().getRawPath();
        String encoded = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1);
        StringBuilder decoded = new StringBuilder();
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                decoded.append((char) HexFormat.fromHexDigits(encoded, i + 1, i + 3));
                i += 2;
            } else if (c != '/') {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }
}
