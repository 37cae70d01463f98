// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Graphs of all kinds of objects come back as they were, which is also as they come back from a stream of the JDK. */
class CodecRandomTest {
    private static final int GRAPHS = 4_000;
    private static final int MOST_OBJECTS = 60;

    private final Codec.Source source =
            new Codec.Source(CodecRandomTest.class.getClassLoader(), /* lambdas= */ true, null);

    private interface Supplies extends Serializable {
        Object get();
    }

    private record Pair(Object first, Object second) implements Serializable {}

    private record Sized(int size, double[] numbers, String name) implements Serializable {}

    /* ---------------- Making ---------------- */

    private static final class Maker {
        private final Random random;

        /** Objects that may be met again. */
        private final List<Object> made = new ArrayList<>();

        private int left = MOST_OBJECTS;

        /** Whether there may be what is left to the JDK. */
        private final boolean any;

        Maker(long seed) {
            this.random = new Random(seed);
            this.any = random.nextInt(3) == 0;
        }

        Object graph() {
            return random.nextInt(10) == 0 ? scalar() : composite();
        }

        private Object object() {
            left--;
            if (left < 0 || random.nextInt(3) == 0) {
                return scalar();
            }
            if (!made.isEmpty() && random.nextInt(4) == 0) {
                return made.get(random.nextInt(made.size()));
            }
            return composite();
        }

        private Object scalar() {
            return switch (random.nextInt(11)) {
                case 0 -> null;
                case 1 -> random.nextBoolean();
                case 2 -> (byte) random.nextInt();
                case 3 -> (short) random.nextInt();
                case 4 -> (char) random.nextInt();
                case 5 -> random.nextInt();
                case 6 -> random.nextLong();
                case 7 -> random.nextFloat();
                case 8 -> random.nextDouble();
                default -> string();
            };
        }

        private String string() {
            char[] characters = new char[random.nextInt(random.nextBoolean() ? 8 : 40)];
            int end = List.of(0x80, 0x100, 0x10000).get(random.nextInt(3));
            for (int i = 0; i < characters.length; i++) {
                characters[i] = (char) random.nextInt(end);
            }
            return new String(characters);
        }

        private Object composite() {
            Object composite = newComposite();
            made.add(composite);
            return composite;
        }

        private Object newComposite() {
            return switch (random.nextInt(any ? 14 : 11)) {
                case 0 -> primitives();
                case 1, 2 -> list();
                case 3 -> objects();
                case 4 -> strings();
                case 5 -> List.of(Stream.of(objects()).filter(Objects::nonNull).toArray());
                case 6 -> Stream.of(objects()).toList();
                case 7 -> Arrays.asList(objects());
                case 8 -> new Pair(object(), object());
                case 9 -> new Sized(random.nextInt(), new double[random.nextInt(3)], string());
                case 10 -> lambda(object(), random.nextInt());
                case 11 -> new TreeMap<>(Map.of(1, list(), 2, new Pair(1, object())));
                case 12 -> new int[][] {new int[random.nextInt(2_000)], null};
                default -> new ArrayList<>(Collections.nCopies(random.nextInt(20), random.nextInt()));
            };
        }

        private static Supplies lambda(Object captured, int number) {
            return () -> new Pair(captured, number);
        }

        private Object primitives() {
            List<Class<?>> types = List.of(
                    boolean.class,
                    byte.class,
                    short.class,
                    char.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class);
            Object array = Array.newInstance(types.get(random.nextInt(types.size())), random.nextInt(5));
            if (array instanceof long[] longs) {
                Arrays.setAll(longs, i -> random.nextLong());
            }
            return array;
        }

        private Object[] objects() {
            Object[] array = new Object[random.nextInt(12)];
            Arrays.setAll(array, i -> object());
            return array;
        }

        private String[] strings() {
            String[] array = new String[random.nextInt(12)];
            Arrays.setAll(array, i -> random.nextInt(5) == 0 ? null : string());
            return array;
        }

        private List<Object> list() {
            List<Object> list = new ArrayList<>(Arrays.asList(objects()));
            if (any && random.nextInt(10) == 0) {
                list.add(list);
            }
            return list;
        }
    }

    /* ---------------- Telling ---------------- */

    /** All that there is to see of an object. */
    private static final class Teller {
        private final Map<Object, Integer> met = new IdentityHashMap<>();
        private final StringBuilder told = new StringBuilder();

        static String told(Object object) {
            Teller teller = new Teller();
            teller.tell(object);
            return teller.told.toString();
        }

        private void tell(Object object) {
            if (object == null
                    || object instanceof Number
                    || object instanceof Boolean
                    || object instanceof Character
                    || object instanceof String) {
                told.append(object == null ? "" : object.getClass().getSimpleName())
                        .append(object)
                        .append(' ');
                return;
            }
            Integer number = met.putIfAbsent(object, met.size());
            if (number != null) {
                told.append('#').append(number).append(' ');
                return;
            }
            told.append(
                            object instanceof Supplies
                                    ? "lambda"
                                    : object.getClass().getName())
                    .append('(');
            parts(object).forEach(this::tell);
            told.append(')');
        }

        private Stream<?> parts(Object object) {
            return switch (object) {
                case Supplies supplies -> pair((Pair) supplies.get());
                case Pair pair -> pair(pair);
                case Sized sized -> Stream.of(sized.size(), sized.numbers(), sized.name());
                case Map<?, ?> map -> map.values().stream();
                case Object[] array -> Stream.of(array);
                case List<?> list -> Stream.concat(Stream.of(mayBeAskedForNull(list)), list.stream());
                default -> IntStream.range(0, Array.getLength(object)).mapToObj(i -> Array.get(object, i));
            };
        }

        private static Stream<Object> pair(Pair pair) {
            return Stream.of(pair.first(), pair.second());
        }

        private static boolean mayBeAskedForNull(List<?> list) {
            try {
                boolean unused = list.contains(null);
                return true;
            } catch (NullPointerException e) {
                return false;
            }
        }
    }

    private static Object byTheJdk(Object object) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }

    @Test
    void graph_comesBackAsItWas() throws Exception {
        int packed = 0;
        for (int seed = 0; seed < GRAPHS; seed++) {
            Object graph = new Maker(seed).graph();
            String told = Teller.told(graph);
            byte[] bytes = Codec.encodeTask(graph, 1 << 24, loader -> {});
            packed += bytes[0] == Tag.STREAM ? 0 : 1;
            assertThat(Teller.told(Codec.decode(bytes, source)))
                    .as("seed %d", seed)
                    .isEqualTo(told);
            if (seed % 10 == 0) {
                assertThat(Teller.told(byTheJdk(graph))).as("seed %d", seed).isEqualTo(told);
            }
        }
        assertThat(packed).as("packed").isBetween(GRAPHS / 2, GRAPHS * 9 / 10);
    }
}
