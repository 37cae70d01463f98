// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** What a run says: checksums, problems, progress, and in the end what a time limit left undone. */
final class Report implements AutoCloseable {
    private static final int TIMED_OUT = 124; // as timeout(1)
    private static final int NAMES_SHOWN = 3;

    private final String program;
    private final FileTree files;
    private final TimeLimit limit;
    private final Console console;
    private final Progress progress;
    private final Set<String> unfinished = new LinkedHashSet<>(); // guarded by this
    private boolean problems;
    private final CountDownLatch closed = new CountDownLatch(1);

    Report(String program, List<String> paths, TimeLimit limit, Console console) {
        this.program = program;
        this.files = new FileTree(paths);
        this.limit = limit;
        this.console = console;
        this.progress = new Progress("hashing", console);
        if (progress.isShown()) {
            Thread.ofPlatform().daemon().start(this::countFiles);
        }
    }

    /** The files, each of which counts as unfinished from when it is given out. */
    Iterable<NamedFile> files() {
        return () -> {
            Iterator<NamedFile> found = files.iterator();
            return new Iterator<>() {
                @Override
                public boolean hasNext() {
                    return found.hasNext();
                }

                @Override
                public NamedFile next() {
                    NamedFile file = found.next();
                    begin(file);
                    return file;
                }
            };
        };
    }

    void print(Checksum checksum) {
        end(checksum.file());
        if (checksum.problem() == null) {
            console.print(checksum.line());
        } else {
            console.problem(program + ": " + checksum.problemLine());
            problems = true;
        }
        progress.step();
    }

    int exitStatus() {
        return problems ? 1 : 0;
    }

    /** The exit status after a run that an exception ended: only that of a time limit is expected. */
    int exitStatus(RuntimeException exception) {
        if (!(exception.getCause() instanceof TimeoutException)) {
            throw exception;
        }
        console.problem("%s: timed out after %s; unfinished: %s".formatted(program, limit, unfinished()));
        Thread.ofPlatform().daemon().start(this::insistOnTheEnd);
        return TIMED_OUT;
    }

    @Override
    public void close() {
        closed.countDown();
        progress.close();
    }

    private synchronized void begin(NamedFile file) {
        unfinished.add(Checksum.printable(file));
    }

    private synchronized void end(NamedFile file) {
        unfinished.remove(Checksum.printable(file));
    }

    private synchronized String unfinished() {
        String names = unfinished.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        int more = unfinished.size() - NAMES_SHOWN;
        return more > 0 ? "%s and at least %d more".formatted(names, more) : names;
    }

    /** A read that no interrupt ends, as from a pipe without a writer, does not hold up the end of the program. */
    private void insistOnTheEnd() {
        try {
            if (!closed.await(1, TimeUnit.SECONDS)) {
                console.abandon(TIMED_OUT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bar needs a total, which the tree itself, walked as needed, does not know. */
    private void countFiles() {
        long total = 0;
        for (Iterator<NamedFile> found = files.iterator(); closed.getCount() > 0 && found.hasNext(); found.next()) {
            progress.expect(++total);
        }
    }
}
