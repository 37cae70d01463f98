// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the command line of a worker says, and what is done about it. */
final class WorkerCommand {
    static final int OK = 0;
    static final int FAILED = 1;

    /** What sysexits.h calls EX_USAGE. */
    static final int MISUSED = 64;

    static final String USAGE = """
            Usage: java -cp JARS concurrent.futures.cluster.ClusterWorker [OPTION]...
            Runs the tasks of those who connect, until SIGTERM or Ctrl-C.

              --bind ADDRESS     where others find it, or a pattern as 10.0.0.*; 127.0.0.1 by default
              --port PORT        5701 by default, or the next one that is free; 0 for any
              --join HOST:PORT   a member of the cluster to join; may be given several times
              --threads N        how many tasks it runs at the same time; one for each processor by default
              --key-file FILE    the key that drivers have to know, of 16 bytes at least; needed for any address that
                                 other machines can reach, because it runs whatever it is sent
              --hazelcast FILE   a configuration of Hazelcast, in place of --bind, --port and --join; needs a key
              --help             shows this
            """;

    private static final String NAME = "concurrent-futures: ";
    private static final int HIGHEST_PORT = 0xffff;

    /** Held here, since a logger that nobody holds forgets its level. */
    private static final Logger HAZELCAST = Logger.getLogger("com.hazelcast");

    private static final Logger HAZELCAST_START =
            Logger.getLogger("com.hazelcast.instance.impl.HazelcastInstanceFactory");

    private final ClusterWorker.Builder builder = ClusterWorker.builder();
    private int threads = Runtime.getRuntime().availableProcessors();
    private boolean help;

    /** The first option that has no place beside a configuration of Hazelcast; null if there is none. */
    private @Nullable String network;

    private boolean configured;

    private WorkerCommand() {}

    /**
     * What these words say.
     *
     * @throws IllegalArgumentException if they say nothing that is understood
     */
    static WorkerCommand parse(List<String> words) {
        WorkerCommand command = new WorkerCommand();
        Iterator<String> left = words.iterator();
        while (left.hasNext()) {
            String word = left.next();
            int equals = word.startsWith("--") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (option.equals("--help")) {
                command.help = true;
                continue;
            }
            command.set(option, new Value(option, equals < 0 ? null : word.substring(equals + 1), left));
        }
        if (command.configured && command.network != null) {
            throw new IllegalArgumentException(command.network + " has no place beside --hazelcast");
        }
        return command;
    }

    /**
     * What is behind an option.
     *
     * @param option the option
     * @param attached what is behind an equals sign; null if there is none
     * @param left the words behind that
     */
    private record Value(String option, @Nullable String attached, Iterator<String> left) {
        String text() {
            if (attached != null) {
                return attached;
            }
            if (!left.hasNext()) {
                throw new IllegalArgumentException(option + " wants a value");
            }
            return left.next();
        }

        int number(int least, int most) {
            String text = text();
            try {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // As any other word that is no such number.
            }
            throw new IllegalArgumentException(option + " wants a number from " + least
                    + (most == Integer.MAX_VALUE ? "" : " to " + most) + ", which " + text + " is not");
        }
    }

    private void set(String option, Value value) {
        switch (option) {
            case "--bind" -> builder.bind(ofNetwork(option, value.text()));
            case "--port" -> builder.port(ofNetwork(option, value.number(0, HIGHEST_PORT)));
            case "--join" -> builder.join(ofNetwork(option, value.text()));
            case "--threads" -> {
                threads = value.number(1, Integer.MAX_VALUE);
                builder.threads(threads);
            }
            case "--key-file" -> builder.key(key(value.text()));
            case "--hazelcast" -> {
                configured = true;
                builder.hazelcast(config(value.text()));
            }
            default -> throw new IllegalArgumentException("there is no option " + option);
        }
    }

    private <T> T ofNetwork(String option, T value) {
        if (network == null) {
            network = option;
        }
        return value;
    }

    private static byte[] key(String file) {
        try {
            return Files.readAllBytes(Path.of(file));
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the key cannot be read: " + e, e);
        }
    }

    private static Config config(String file) {
        try {
            return Config.loadFromFile(Path.of(file).toFile());
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("the configuration cannot be read: " + e.getMessage(), e);
        }
    }

    /** Whether only the usage is asked for. */
    boolean isHelp() {
        return help;
    }

    /** Starts what these words ask for. */
    ClusterWorker start() {
        return builder.start();
    }

    /** Runs a worker until it ends; the status to exit with. */
    static int run(PrintStream out, PrintStream err, String... words) throws InterruptedException {
        try {
            WorkerCommand command = parse(List.of(words));
            if (command.isHelp()) {
                out.print(USAGE);
                return OK;
            }
            quieten();
            if (!command.work(out)) {
                return OK;
            }
            err.println(NAME + "this worker is no member of the cluster any more");
            return FAILED;
        } catch (IllegalArgumentException e) {
            err.println(NAME + e.getMessage() + " (see --help)");
            return MISUSED;
        } catch (IllegalStateException e) {
            err.println(
                    NAME + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return FAILED;
        }
    }

    /** Has Hazelcast tell only what is wrong, unless somebody has said what is to be logged. */
    private static void quieten() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            HAZELCAST.setLevel(Level.WARNING);
            // It recommends options that make hardly a difference here.
            HAZELCAST_START.setLevel(Level.SEVERE);
        }
    }

    /** Works until the end; whether Hazelcast has ended by itself, and not because of a signal. */
    private boolean work(PrintStream out) throws InterruptedException {
        ClusterWorker worker = start();
        CountDownLatch ended = new CountDownLatch(1);
        var unused = worker.instance().getLifecycleService().addLifecycleListener(event -> {
            if (event.getState() == LifecycleState.SHUTDOWN) {
                ended.countDown();
            }
        });
        Thread hook = new Thread(worker::close, "concurrent-futures-leave");
        Runtime.getRuntime().addShutdownHook(hook);
        out.println(NAME + "a worker with " + threads + " threads at " + worker.address());
        ended.await();
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The JVM is ending, which is why Hazelcast does.
            return false;
        }
    }
}
