// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The files under some paths: a path that is no folder stands for itself, a folder for the regular files below it,
 * sorted. It is walked while it is iterated, and holds no more than the folders on the way to the current file.
 *
 * <p>What cannot be listed is given out as if it were a file, so that reading it tells why.
 */
record FileTree(List<String> paths) implements Iterable<NamedFile> {
    @Override
    public Iterator<NamedFile> iterator() {
        return new Walk(paths.stream().map(NamedFile::given).iterator());
    }

    private static final class Walk implements Iterator<NamedFile> {
        private final Deque<Iterator<NamedFile>> folders = new ArrayDeque<>();
        private @Nullable NamedFile next;

        Walk(Iterator<NamedFile> given) {
            folders.push(given);
        }

        @Override
        public boolean hasNext() {
            while (next == null && !folders.isEmpty()) {
                Iterator<NamedFile> folder = folders.element();
                if (folder.hasNext()) {
                    next = enter(folder.next(), /* given= */ folders.size() == 1);
                } else {
                    folders.remove();
                }
            }
            return next != null;
        }

        @Override
        public NamedFile next() {
            NamedFile file = hasNext() ? next : null;
            if (file == null) {
                throw new NoSuchElementException();
            }
            next = null;
            return file;
        }

        /** The file itself, or null for a folder, which comes next, and for what is to be skipped. */
        private @Nullable NamedFile enter(NamedFile file, boolean given) {
            if (file.name().isEmpty()) {
                return file; // to Java an empty path is the current folder, to everyone else it is a mistake
            }
            try {
                BasicFileAttributes attributes = given ? attributes(file) : attributes(file, LinkOption.NOFOLLOW_LINKS);
                if (attributes.isDirectory()) {
                    folders.push(list(file).iterator());
                    return null;
                }
                return given || attributes.isRegularFile() ? file : null;
            } catch (IOException | DirectoryIteratorException e) {
                return file;
            }
        }

        private static BasicFileAttributes attributes(NamedFile file, LinkOption... options) throws IOException {
            return Files.readAttributes(file.path(), BasicFileAttributes.class, options);
        }

        private static List<NamedFile> list(NamedFile folder) throws IOException {
            List<NamedFile> files = new ArrayList<>();
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.path())) {
                entries.forEach(entry -> files.add(folder.child(entry)));
            }
            files.sort(Comparator.comparing(NamedFile::name));
            return files;
        }
    }
}
