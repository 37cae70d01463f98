// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures how much heap a pending task, a callback, and a future that is waited for take.
 *
 * <p>Prints a line of JSON for each measurement, which is made in a JVM of its own. Arguments of the form {@code
 * case=await}, {@code contestant=Guava} and {@code n=1000} pick some of them, and those that begin with {@code -X} go
 * to the JVMs.
 */
public final class HeapPerItem {
    private static final List<String> JVM_OPTIONS = List.of("-Xms3g", "-Xmx3g", "-XX:+UseSerialGC");

    private final List<String> arguments;

    private HeapPerItem(List<String> arguments) {
        this.arguments = arguments;
    }

    /**
     * Makes all measurements.
     *
     * @param arguments which of them, and options for the JVMs
     * @throws IOException if a JVM cannot be started
     * @throws InterruptedException if the thread is interrupted
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        new HeapPerItem(List.of(arguments)).measure();
    }

    private void measure() throws IOException, InterruptedException {
        for (HeapCase heapCase : HeapCase.ALL) {
            for (String contestant : heapCase.contestants()) {
                for (int n : heapCase.sizes(contestant)) {
                    if (isPicked("case", heapCase.name()) && isPicked("contestant", contestant) && isPicked("n", n)) {
                        fork(heapCase, contestant, n);
                    }
                }
            }
        }
    }

    private boolean isPicked(String key, Object value) {
        String prefix = key + "=";
        return arguments.contains(prefix + value)
                || arguments.stream().noneMatch(argument -> argument.startsWith(prefix));
    }

    private void fork(HeapCase heapCase, String contestant, int n) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        arguments.stream().filter(argument -> argument.startsWith("-X")).forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HeapSample.class.getName()));
        command.addAll(List.of(heapCase.name(), contestant, Integer.toString(n)));
        int status = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (status != 0) {
            System.err.println(
                    "heap: " + heapCase.name() + " of " + contestant + " for " + n + " ended with " + status);
        }
    }
}
