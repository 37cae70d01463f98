// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own that runs a main class of the tests. */
final class ChildJvm {
    private static final long SECONDS = 30;

    private final Class<?> main;
    private final List<String> options = new ArrayList<>();
    private final List<String> before = new ArrayList<>();

    private ChildJvm(Class<?> main) {
        this.main = main;
    }

    /** How a child JVM ended: its exit code, what it printed, and when it ended by {@link System#currentTimeMillis}. */
    record Result(int exit, String output, long endMillis) {
        /** The milliseconds between the moment printed after {@code label} and the end. */
        long millisSince(String label) {
            String time = output.lines()
                    .filter(line -> line.startsWith(label + " "))
                    .reduce((first, last) -> last)
                    .orElseThrow(() -> new AssertionError("no " + label + " in: " + output))
                    .substring(label.length() + 1);
            return endMillis - Long.parseLong(time);
        }
    }

    static ChildJvm of(Class<?> main) {
        return new ChildJvm(main);
    }

    ChildJvm with(String option) {
        options.add(option);
        return this;
    }

    /** Has it and its children be a group of processes, as a command in a terminal is. */
    ChildJvm inGroupOfItsOwn() {
        before.add("setsid");
        return this;
    }

    /** Runs it to its end. */
    Result run() throws Exception {
        return start().end();
    }

    /** Prints a label with the time, for {@link Result#millisSince}. Called in the child. */
    static void tell(String label) {
        System.out.println(label + " " + System.currentTimeMillis());
    }

    Running start() throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // What makes a short-lived JVM cheap.
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return new Running(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** A child that has been started. */
    static final class Running {
        private final Process process;
        private final StringBuffer output = new StringBuffer();
        private final Thread reader;

        private Running(Process process) {
            this.process = process;
            reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    output.append(line).append('\n');
                    synchronized (this) {
                        notifyAll();
                    }
                }
            } catch (IOException e) {
                output.append(e);
            }
        }

        /** Waits until the child has printed that. */
        synchronized Running awaitOutput(String text) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
            while (output.indexOf(text) < 0) {
                long millis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (millis <= 0 || !process.isAlive()) {
                    process.destroyForcibly();
                    throw new AssertionError("the child has not printed " + text + " but: " + output);
                }
                wait(Math.min(millis, 100));
            }
            return this;
        }

        /** What it has printed so far. */
        String printed() {
            return output.toString();
        }

        List<ProcessHandle> descendants() {
            return process.descendants().toList();
        }

        /** Sends a signal. */
        void signal(String name) throws Exception {
            signal(name, Long.toString(process.pid()));
        }

        /** Sends a signal to the whole group, as the terminal does at Ctrl-C. */
        void signalGroup(String name) throws Exception {
            signal(name, "-" + process.pid());
        }

        private static void signal(String name, String target) throws Exception {
            new ProcessBuilder("kill", "-" + name, "--", target)
                    .inheritIO()
                    .start()
                    .waitFor();
        }

        /** Waits for its end. */
        Result end() throws Exception {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("the child does not end; it has printed: " + output);
            }
            long endMillis = System.currentTimeMillis();
            reader.join(TimeUnit.SECONDS.toMillis(SECONDS));
            return new Result(process.exitValue(), output.toString(), endMillis);
        }
    }
}
