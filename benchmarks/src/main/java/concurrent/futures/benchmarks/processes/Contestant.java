// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The program of a contestant, which plays until it is told that it is over. */
final class Contestant {
    /** Longer than it takes to make a start-up cache. */
    private static final int LONGEST_TURN_SECONDS = 120;

    private static final double LONGEST_DEATH_MILLIS = 5_000;

    private final String name;
    private final List<String> command;
    private @Nullable Process program;

    Contestant(String name, List<String> command) {
        this.name = name;
        this.command = command;
    }

    String name() {
        return name;
    }

    /** Has the program measure something; nothing if it cannot. */
    List<Double> play(Discipline discipline) throws IOException, InterruptedException {
        if (discipline.isFatal()) {
            return List.of(timeToDie());
        }
        Process playing = program == null ? start(List.of()) : program;
        program = playing;
        PrintWriter names = new PrintWriter(playing.outputWriter(StandardCharsets.UTF_8), true);
        names.println(discipline.name());
        String line = lineOf(playing);
        if (line == null) {
            System.err.println("benchmarks: " + name + " has failed: " + discipline.name());
            end();
            return List.of();
        }
        return Arrays.stream(line.split(" ", -1)).map(Double::valueOf).toList();
    }

    private Process start(List<String> more) throws IOException {
        List<String> words = new ArrayList<>(command);
        words.addAll(more);
        return new ProcessBuilder(words)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The next line; null if none comes. */
    private static @Nullable String lineOf(Process playing) throws IOException, InterruptedException {
        Thread guard = Thread.ofVirtual().start(() -> {
            try {
                TimeUnit.SECONDS.sleep(LONGEST_TURN_SECONDS);
                kill(playing);
            } catch (InterruptedException e) {
                // The line has come.
            }
        });
        try {
            BufferedReader lines = playing.inputReader(StandardCharsets.UTF_8);
            return lines.readLine();
        } finally {
            guard.interrupt();
            guard.join();
        }
    }

    /** Kills a program whose workers are busy, and tells how long they go on. */
    private double timeToDie() throws IOException, InterruptedException {
        Process parent = start(List.of("busy"));
        if (!"busy".equals(lineOf(parent))) {
            throw new IOException(name + " has no busy workers");
        }
        List<ProcessHandle> children = parent.descendants().toList();
        long begin = System.nanoTime();
        parent.destroyForcibly();
        double millis = 0;
        while (children.stream().anyMatch(Contestant::lives) && millis < LONGEST_DEATH_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(1);
            millis = Times.millisSince(begin);
        }
        children.forEach(ProcessHandle::destroyForcibly);
        return millis;
    }

    /** An orphan that is dead is there until whoever has adopted it takes note of it, but has no command any more. */
    private static boolean lives(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }

    private static void kill(Process process) {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** It is over. */
    void end() throws InterruptedException {
        Process playing = program;
        program = null;
        if (playing != null) {
            try {
                playing.outputWriter(StandardCharsets.UTF_8).close();
            } catch (IOException e) {
                // It has ended by itself.
            }
            if (!playing.waitFor(LONGEST_TURN_SECONDS, TimeUnit.SECONDS)) {
                kill(playing);
            }
        }
    }
}
