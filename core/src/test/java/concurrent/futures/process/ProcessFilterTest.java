// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.process;

import static org.assertj.core.api.Assertions.assertThat;

import concurrent.futures.Future;
import concurrent.futures.codec.Codec;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter that the user has for a whole JVM is asked about tasks and results, in whichever form they come. */
class ProcessFilterTest {
    private static final String FEW = "-Djdk.serialFilter=maxarray=100";

    private static ProcessExecutor filtered(String option) {
        return Processes.small(1).jvmOptions("-Xss512k", option).build();
    }

    private static void assertRefused(Future<?> future, String what) throws Exception {
        assertThat(future.exception(Duration.ofSeconds(20)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("it is refused: the filter of this JVM refuses")
                .hasMessageContaining(what);
    }

    private static List<Integer> list(int size) {
        return new ArrayList<>(Collections.nCopies(size, 1));
    }

    record Secret(int number) implements Serializable {}

    @Test
    void arrays_areCounted_fromTheFirstTaskOn() throws Exception {
        try (ProcessExecutor executor = filtered(FEW)) {
            List<Integer> many = list(101);
            List<Integer> few = list(100);
            int[] ints = new int[101];
            Map<Integer, List<Integer>> map = new HashMap<>(Map.of(1, many));
            assertRefused(executor.submit(() -> many.size()), "[Ljava.lang.Object;");
            assertRefused(executor.submit(() -> ints.length), "class [I");
            assertRefused(executor.submit(() -> map.size()), "[Ljava.lang.Object;");
            assertThat(executor.submit(() -> few.size()).result()).isEqualTo(100);
            few.set(0, null);
            assertThat(executor.submit(() -> few.size()).result()).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!concurrent.futures.process.ProcessFilterTest$Secret",
                "!java.lang.Number",
                "!java.util.ArrayList",
                "!java.lang.invoke.SerializedLambda",
                "maxrefs=5",
                "maxdepth=2",
                "maxbytes=200"
            })
    void anything_isRefused(String filter) throws Exception {
        try (ProcessExecutor executor = filtered("-Djdk.serialFilter=" + filter)) {
            Object[] objects = {new ArrayList<>(Arrays.asList(1, 2L, null, new Secret(3)))};
            for (int i = 0; i < 2; i++) {
                assertRefused(executor.submit(() -> objects.length), "");
            }
        }
    }

    /** What this library has in a stream for itself is none of the user's business. */
    @Test
    void whatIsAllowed_isEnough() throws Exception {
        String allowed = "java.lang.*;java.lang.invoke.SerializedLambda;java.util.*;concurrent.futures.process.*;!*";
        try (ProcessExecutor executor = filtered("-Djdk.serialFilter=!concurrent.futures.process.Aside;" + allowed)) {
            List<Integer> many = list(1_000);
            List<List<Integer>> lists = List.of(many, List.of(1), Arrays.asList(2, null));
            Map<Integer, List<Integer>> map = new HashMap<>(Map.of(1, many));
            assertThat(executor.submit(() -> many.size() + lists.size()).result())
                    .isEqualTo(1_003);
            assertThat(executor.submit(() -> map.get(1).size()).result()).isEqualTo(1_000);
        }
    }

    @Test
    void filterThatIsSetByATask_isAskedAboutTheNext() throws Exception {
        try (ProcessExecutor executor = Processes.small(1).build()) {
            List<Integer> many = list(101);
            assertThat(executor.submit(() -> many.size()).result()).isEqualTo(101);
            executor.submit(() -> ObjectInputFilter.Config.setSerialFilter(
                            ObjectInputFilter.Config.createFilter("maxarray=100")))
                    .result();
            assertRefused(executor.submit(() -> many.size()), "[Ljava.lang.Object;");
        }
    }

    @Test
    void filterThatIsSetByTheInitializer_isAskedAboutTheFirstTask() throws Exception {
        try (ProcessExecutor executor = Processes.small(1)
                .initializer(() ->
                        ObjectInputFilter.Config.setSerialFilter(ObjectInputFilter.Config.createFilter("maxarray=100")))
                .build()) {
            List<Integer> many = list(101);
            assertRefused(executor.submit(() -> many.size()), "[Ljava.lang.Object;");
        }
    }

    @Test
    void results_areAskedAboutAsWell() throws Exception {
        try (ProcessExecutor executor = filtered(FEW)) {
            String message = executor.submit(() -> {
                        byte[] bytes = Codec.encodeResult(list(101), 1 << 20);
                        try {
                            Codec.decode(
                                    bytes, new Codec.Source(ProcessFilterTest.class.getClassLoader(), false, null));
                            return "read";
                        } catch (IOException e) {
                            return e.getMessage();
                        }
                    })
                    .result();
            assertThat(message).contains("the filter of this JVM refuses class [Ljava.lang.Object;");
        }
    }

    /** Makes the filter of each stream out of the one that the stream asks for. */
    public static final class Few implements BinaryOperator<ObjectInputFilter> {
        @Override
        public ObjectInputFilter apply(ObjectInputFilter current, ObjectInputFilter next) {
            ObjectInputFilter few = ObjectInputFilter.Config.createFilter("maxarray=100");
            return next == null ? few : ObjectInputFilter.merge(few, next);
        }
    }

    @Test
    void factoryOfFilters_isAsked() throws Exception {
        try (ProcessExecutor executor = filtered("-Djdk.serialFilterFactory=" + Few.class.getName())) {
            List<Integer> many = list(101);
            List<Integer> few = list(100);
            Map<Integer, List<Integer>> map = new HashMap<>(Map.of(1, many));
            assertRefused(executor.submit(() -> many.size()), "");
            assertRefused(executor.submit(() -> map.size()), "");
            assertThat(executor.submit(() -> few.size()).result()).isEqualTo(100);
        }
    }
}
