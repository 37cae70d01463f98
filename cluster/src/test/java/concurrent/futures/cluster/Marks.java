// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What tasks have done, told by files: a worker that is killed, or a task that nobody listens to any more, tells nothing
 * else. Travels to workers as any record of a user does.
 *
 * @param directory where the files are
 */
record Marks(String directory) implements Serializable {
    /**
     * A file.
     *
     * @param what what has been done
     * @param pid the process that has done it
     * @param millis when, by {@link System#currentTimeMillis()}
     */
    record Mark(String what, long pid, long millis) {}

    static Marks in(Path parent) throws IOException {
        return new Marks(Files.createTempDirectory(parent, "marks").toString());
    }

    /** Tells that something has been done once more. */
    void leave(String what) throws IOException {
        Path there = Path.of(directory);
        Files.createTempFile(
                there, what + "@" + ProcessHandle.current().pid() + "@" + System.currentTimeMillis() + "@", "");
    }

    /** How often that has been done, and where and when. */
    List<Mark> of(String what) {
        return all().stream().filter(mark -> mark.what.equals(what)).toList();
    }

    List<Mark> all() {
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains("@"))
                    .map(name -> {
                        String[] parts = name.split("@", -1);
                        return new Mark(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /* ---------------- Tasks ---------------- */

    /** Lets the tasks that are held go on. */
    void release() throws IOException {
        Files.write(Path.of(directory, "released"), new byte[0]);
    }

    /** Runs until it is released, or interrupted. Leaves marks of its start and its end. */
    int hold(int number) throws Exception {
        leave("start-" + number);
        try {
            while (!Files.exists(Path.of(directory, "released"))) {
                Thread.sleep(10);
            }
        } catch (InterruptedException e) {
            leave("interrupt-" + number);
            throw e;
        }
        leave("end-" + number);
        return number;
    }
}
