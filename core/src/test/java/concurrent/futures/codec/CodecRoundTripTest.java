// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import concurrent.futures.Task;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.Serializable;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written is read again as it was: value, class, and who is the same as whom. */
class CodecRoundTripTest {
    private static final int NO_LIMIT = 1 << 28;
    private static final String LONG = "a string that is longer than the short ones, which are written each time";

    /** The end that may get lambdas. */
    private final Codec.Source worker =
            new Codec.Source(CodecRoundTripTest.class.getClassLoader(), /* lambdas= */ true, null);

    private final List<ClassLoader> loaders = new ArrayList<>();

    private byte[] bytes(Object object) throws IOException {
        return Codec.encodeTask(object, NO_LIMIT, loaders::add);
    }

    @SuppressWarnings("unchecked")
    private <T> T copy(T object) throws IOException {
        return (T) Codec.decode(bytes(object), worker);
    }

    /** The copy of what is not left to the JDK. */
    private <T> T packed(T object) throws IOException {
        assertThat(bytes(object)[0]).as("packed").isNotEqualTo(Tag.STREAM);
        return copy(object);
    }

    /** The copy of what is left to the JDK. */
    private <T> T streamed(T object) throws IOException {
        assertThat(bytes(object)[0]).as("packed").isEqualTo(Tag.STREAM);
        return copy(object);
    }

    /* ---------------- Proxies ---------------- */

    /** Others than its own loader cannot make a proxy of it. */
    interface Hidden {
        int answer();
    }

    private record Answering(int number) implements InvocationHandler, Serializable {
        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) {
            return number;
        }
    }

    @Test
    void proxyOfAHiddenInterface_isMadeByTheLoaderOfThat() throws IOException {
        ClassLoader own = Hidden.class.getClassLoader();
        Object proxy = Proxy.newProxyInstance(own, new Class<?>[] {Hidden.class}, new Answering(42));
        Codec.Source below = new Codec.Source(new ClassLoader(own) {}, /* lambdas= */ true, null);
        Hidden copy = (Hidden) Codec.decode(bytes(proxy), below);
        assertThat(copy.answer()).isEqualTo(42);
    }

    /* ---------------- Scalars ---------------- */

    static Stream<Object> scalars() {
        return Stream.of(
                true,
                false,
                Byte.MIN_VALUE,
                (byte) -1,
                Byte.MAX_VALUE,
                Short.MIN_VALUE,
                (short) -1,
                (short) 0x1234,
                Short.MAX_VALUE,
                Character.MIN_VALUE,
                'x',
                '\ud800',
                Character.MAX_VALUE,
                Integer.MIN_VALUE,
                -1,
                0,
                0x12345678,
                Integer.MAX_VALUE,
                Long.MIN_VALUE,
                -1L,
                0x8000_0000L,
                0x1234_5678_9abc_def0L,
                Long.MAX_VALUE,
                Float.MIN_VALUE,
                -0.0f,
                Float.NaN,
                Float.NEGATIVE_INFINITY,
                Double.MIN_VALUE,
                -0.0,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                "",
                "ascii",
                "\u0000",
                "latin \u00e9\u00ff",
                "wide \u0100\u20ac",
                "pair \ud83d\ude00",
                "alone \ud800 and \udc00 again",
                "?",
                LONG,
                "\u4e2d".repeat(1_000),
                "x".repeat(1_000_000));
    }

    @ParameterizedTest
    @MethodSource("scalars")
    void scalar_isTheSame(Object scalar) throws IOException {
        assertThat(packed(scalar)).isEqualTo(scalar).hasSameClassAs(scalar);
        assertThat(packed(new Object[] {scalar, scalar})).isEqualTo(new Object[] {scalar, scalar});
    }

    @Test
    void nullAndBitsOfNaN_areKept() throws IOException {
        assertThat(packed((Object) null)).isNull();
        float odd = Float.intBitsToFloat(0x7fc0_1234);
        assertThat(Float.floatToRawIntBits(packed(odd))).isEqualTo(0x7fc0_1234);
        double odder = Double.longBitsToDouble(0x7ff8_0000_1234_5678L);
        assertThat(Double.doubleToRawLongBits(packed(odder))).isEqualTo(0x7ff8_0000_1234_5678L);
    }

    /* ---------------- Arrays and lists ---------------- */

    static Stream<Arguments> arrays() {
        return Stream.<Object>of(
                        new boolean[] {},
                        new boolean[] {true, false, true},
                        new byte[] {},
                        new byte[] {Byte.MIN_VALUE, -1, 0, Byte.MAX_VALUE},
                        new short[] {},
                        new short[] {Short.MIN_VALUE, -1, 0x1234, Short.MAX_VALUE},
                        new char[] {},
                        new char[] {0, 'x', '\ud800', Character.MAX_VALUE},
                        new int[] {},
                        new int[] {Integer.MIN_VALUE, -1, 0x12345678, Integer.MAX_VALUE},
                        new long[] {},
                        new long[] {Long.MIN_VALUE, -1, 0x1234_5678_9abc_def0L, Long.MAX_VALUE},
                        new float[] {},
                        new float[] {-0.0f, 1.5f, Float.NaN, Float.MIN_VALUE},
                        new double[] {},
                        new double[] {-0.0, 1.5, Double.NaN, Double.MIN_VALUE},
                        new Object[] {},
                        new Object[] {null, 1, "two", 3.0, new int[] {4}, new Object[] {5L}},
                        new String[] {},
                        new String[] {"one", null, LONG})
                .map(array -> () -> new Object[] {array});
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void array_isTheSame(Object array) throws IOException {
        Object copy = packed(array);
        assertThat(copy).isNotSameAs(array).hasSameClassAs(array);
        assertThat(copy).isEqualTo(array);
    }

    static Stream<List<?>> lists() {
        return Stream.of(
                new ArrayList<>(),
                new ArrayList<>(Arrays.asList(1, null, "three")),
                List.of(),
                List.of(1),
                List.of(1, 2),
                List.of(1, "two", 3.0, List.of('4')),
                Stream.of().toList(),
                Stream.of(1, 2, 3).toList(),
                Stream.of(1, null).toList(),
                Arrays.asList(),
                Arrays.asList(1, null),
                List.of(new ArrayList<>(List.of(1)), new ArrayList<>(List.of(1))));
    }

    @ParameterizedTest
    @MethodSource("lists")
    void list_isTheSame(List<?> list) throws IOException {
        List<?> copy = packed(list);
        assertThat((Object) copy).isEqualTo(list).hasSameClassAs(list);
    }

    @Test
    void list_canDoWhatItCould() throws IOException {
        List<Integer> list = packed(new ArrayList<>(List.of(1)));
        list.add(2);
        assertThat(list).containsExactly(1, 2);
        List<Integer> immutable = packed(List.of(1, 2, 3));
        assertThatThrownBy(() -> immutable.set(0, 0)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> immutable.contains(null)).isInstanceOf(NullPointerException.class);
        List<Integer> nullable = packed(Stream.of(1, 2, 3).toList());
        assertThatThrownBy(() -> nullable.set(0, 0)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(nullable.contains(null)).isFalse();
        List<String> fixed = packed(Arrays.asList("a", "b"));
        fixed.set(0, "c");
        assertThat(fixed).containsExactly("c", "b");
        assertThatThrownBy(() -> fixed.add("d")).isInstanceOf(UnsupportedOperationException.class);
    }

    private static final class Named extends ArrayList<Integer> {
        private static final long serialVersionUID = 1;
        String name = "";
    }

    @Test
    void otherKinds_areLeftToTheJdk() throws IOException {
        Named named = new Named();
        named.add(1);
        named.name = "mine";
        Named copy = streamed(named);
        assertThat(copy).containsExactly(1);
        assertThat(copy.name).isEqualTo("mine");
        assertThat(streamed(new Integer[] {1, 2})).containsExactly(1, 2);
        assertThat(streamed(new LinkedList<>(List.of(1)))).containsExactly(1);
        assertThat(streamed(Collections.unmodifiableList(new ArrayList<>(List.of(1)))))
                .containsExactly(1);
        assertThat(streamed(int.class)).isEqualTo(int.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, Packer.MOST_LEVELS, Packer.MOST_LEVELS + 1, 300})
    void nest_mayBeDeep(int depth) throws IOException {
        Object nest = "egg";
        for (int i = 0; i < depth; i++) {
            nest = new Object[] {nest};
        }
        Object[] copy = (Object[]) (depth <= Packer.MOST_LEVELS ? packed(nest) : streamed(nest));
        for (int i = 1; i < depth; i++) {
            copy = (Object[]) copy[0];
        }
        assertThat(copy).containsExactly("egg");
    }

    /* ---------------- Who is the same as whom ---------------- */

    @Test
    void whatIsThereTwice_isThereOnce() throws IOException {
        List<Integer> list = new ArrayList<>(List.of(1));
        int[] ints = {1};
        String string = LONG + 1;
        Object[] copy = packed(new Object[] {list, ints, string, List.of(list, ints, string), list, ints, string});
        assertThat(copy[4]).isSameAs(copy[0]);
        assertThat(copy[5]).isSameAs(copy[1]);
        assertThat(copy[6]).isSameAs(copy[2]);
        assertThat(((List<?>) copy[3]).get(0)).isSameAs(copy[0]);
        assertThat(((List<?>) copy[3]).get(1)).isSameAs(copy[1]);
        assertThat(((List<?>) copy[3]).get(2)).isSameAs(copy[2]);
        Object[] equal = packed(new Object[] {new ArrayList<>(list), new ArrayList<>(list)});
        assertThat(equal[0]).isEqualTo(equal[1]).isNotSameAs(equal[1]);
    }

    @Test
    void whatIsThereTwice_amongMany_isThereOnce() throws IOException {
        Object[] objects = new Object[1_000];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = i < 500 ? new int[] {i} : objects[i - 500];
        }
        Object[] copy = packed(objects);
        for (int i = 0; i < 500; i++) {
            assertThat((int[]) copy[i]).containsExactly(i);
            assertThat(copy[i + 500]).isSameAs(copy[i]);
        }
    }

    @Test
    void longStringThatIsThereOften_isWrittenOnce() throws IOException {
        String string = "x".repeat(1_000_000);
        List<String> often = new ArrayList<>(Collections.nCopies(1_000, string));
        assertThat(bytes(often)).hasSizeLessThan(1_100_000);
        assertThat(packed(often)).isEqualTo(often);
        Map<String, List<String>> inAMap = new HashMap<>(Map.of("a", often, "b", new ArrayList<>(often)));
        assertThat(bytes(inAMap)).hasSizeLessThan(1_100_000);
        assertThat(streamed(inAMap)).isEqualTo(inAMap);
    }

    @Test
    void cycle_isKept() throws IOException {
        List<Object> list = new ArrayList<>();
        list.add(List.of(list, list));
        List<Object> copy = streamed(list);
        assertThat((List<?>) copy.get(0))
                .hasSize(2)
                .allSatisfy(each -> assertThat(each).isSameAs(copy));
    }

    @Test
    void arrayBehindAList_isStillBehindIt() throws IOException {
        String[] array = {"a", "b"};
        List<String> list = Arrays.asList(array);
        for (List<?> pair : List.of(List.of(array, list), List.of(list, array), List.of(list, Arrays.asList(array)))) {
            List<?> copy = copy(pair);
            set(copy.get(0), "c");
            assertThat(first(copy.get(1))).isEqualTo("c");
        }
    }

    @SuppressWarnings("unchecked")
    private static void set(Object arrayOrList, String value) {
        if (arrayOrList instanceof Object[] array) {
            array[0] = value;
        } else {
            ((List<Object>) arrayOrList).set(0, value);
        }
    }

    private static Object first(Object arrayOrList) {
        return arrayOrList instanceof Object[] array ? array[0] : ((List<?>) arrayOrList).get(0);
    }

    /* ---------------- Records ---------------- */

    private record Point(int x, Integer y, String name, List<Point> others) implements Serializable {}

    private record Positive(int number) implements Serializable {
        static final AtomicInteger MADE = new AtomicInteger();

        Positive {
            if (number <= 0) {
                throw new IllegalArgumentException("not positive");
            }
            MADE.incrementAndGet();
        }

        @Override
        public int number() {
            return -number;
        }
    }

    private record Replaced(int number) implements Serializable {
        private Object writeReplace() {
            return "replaced " + number;
        }
    }

    private record Resolved(int number) implements Serializable {
        private Object readResolve() {
            return "resolved " + number;
        }
    }

    private record Plain(int number) {}

    private record Empty() implements Serializable {}

    @Test
    void records_areTheSame() throws IOException {
        Point inner = new Point(1, null, null, null);
        Point outer = new Point(-1, 2, "outer", List.of(inner, inner, new Point(1, null, null, null)));
        Point copy = packed(outer);
        assertThat(copy).isEqualTo(outer).isNotSameAs(outer);
        assertThat(copy.others().get(0))
                .isSameAs(copy.others().get(1))
                .isNotSameAs(copy.others().get(2));
        assertThat(packed(new Object[] {new Empty(), new Empty(), outer, new Empty()}))
                .containsExactly(new Empty(), new Empty(), outer, new Empty());
        assertThat(loaders).contains(Point.class.getClassLoader());
    }

    @Test
    void records_areTakenApartAndMadeAsByTheJdk() throws IOException {
        Positive positive = new Positive(3);
        int made = Positive.MADE.get();
        assertThat(packed(positive).number()).isEqualTo(-3);
        assertThat(Positive.MADE).hasValue(made + 1);
        assertThat(streamed((Object) new Replaced(1))).isEqualTo("replaced 1");
        assertThat(streamed((Object) new Resolved(2))).isEqualTo("resolved 2");
        assertThatThrownBy(() -> bytes(List.of(new Plain(1))))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("[0]: " + Plain.class.getName() + " is not Serializable");
    }

    @Test
    void recordWithAnythingElse_isLeftToTheJdk() throws IOException {
        record Holder(Object anything) implements Serializable {}
        Holder holder = new Holder(new HashMap<>(Map.of(1, List.of(2))));
        assertThat(streamed(holder)).isEqualTo(holder);
    }

    /* ---------------- Lambdas ---------------- */

    private interface Supplies extends Serializable {
        Object get();
    }

    private static Object get(Supplies supplies) {
        return supplies.get();
    }

    @Test
    void lambda_capturesAnyKind() throws IOException {
        boolean z = true;
        byte b = 1;
        short s = 2;
        char c = '3';
        int i = 4;
        long j = 5;
        float f = 6;
        double d = 7;
        String string = "eight";
        int[] ints = {9};
        List<Integer> list = new ArrayList<>(List.of(10));
        Object none = null;
        Supplies all = () -> Arrays.asList(z, b, s, c, i, j, f, d, string, ints[0], list, none);
        assertThat(get(packed(all))).isEqualTo(all.get());
        Supplies nested = () -> all.get();
        assertThat(get(packed(nested))).isEqualTo(all.get());
    }

    @Test
    void lambda_sharesWhatItCaptures() throws IOException {
        List<Integer> list = new ArrayList<>();
        Supplies adding = () -> list.add(1);
        Supplies reading = () -> list.size();
        List<Supplies> copies = packed(List.of(adding, reading));
        copies.get(0).get();
        assertThat(copies.get(1).get()).isEqualTo(1);
        assertThat(list).isEmpty();
    }

    @Test
    void methodReferences_areKept() throws IOException {
        assertThat(get(packed((Supplies) "abc"::length))).isEqualTo(3);
        assertThat(get(packed((Supplies) ArrayList::new))).isEqualTo(List.of());
        assertThat(get(packed((Supplies) new Point(1, 2, "p", null)::name))).isEqualTo("p");
    }

    @Test
    void lambdaThatCapturesNothing_isMadeOnce_andNeitherIsAnyOther() throws IOException {
        Supplies nothing = () -> "nothing";
        assertThat(packed(nothing)).isSameAs(packed(nothing));
        List<Supplies> some = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            some.add(() -> number);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(packed(some.get(i)).get()).isEqualTo(i);
        }
        List<Integer> captured = new ArrayList<>();
        Supplies counting = () -> captured.add(1) ? captured.size() : -1;
        assertThat(packed(counting).get()).isEqualTo(1);
        assertThat(packed(counting).get()).isEqualTo(1);
        captured.add(0);
        assertThat(packed(counting).get()).isEqualTo(2);
    }

    @Test
    void lambdaThatCapturesAnythingElse_isLeftToTheJdk() throws IOException {
        Map<String, Integer> map = new HashMap<>(Map.of("a", 1));
        assertThat(get(streamed((Supplies) () -> map.get("a")))).isEqualTo(1);
        Thread thread = Thread.currentThread();
        assertThatThrownBy(() -> bytes((Supplies) () -> thread.getName()))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("captured by a lambda of " + getClass().getName());
        Callable<Integer> plain = () -> 1;
        assertThatThrownBy(() -> bytes(plain)).hasMessageContaining("which is no Task");
    }

    @Test
    void lambdaOfAnUnknownClass_tellsIt() throws IOException {
        byte[] bytes = bytes((Task<Integer>) () -> 1);
        Codec.Source elsewhere = new Codec.Source(ClassLoader.getPlatformClassLoader(), /* lambdas= */ true, null);
        assertThatThrownBy(() -> Codec.decode(bytes, elsewhere))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(getClass().getName())
                .hasMessageContaining("is not there");
    }

    /* ---------------- In a stream of the JDK ---------------- */

    @SuppressWarnings("serial") // All of it can be.
    private static final class Table implements Serializable {
        private static final long serialVersionUID = 1;

        final ArrayList<Integer> numbers = new ArrayList<>(Collections.nCopies(1_000, 7));
        final List<Integer> same = numbers;
        final Object[] words = {"a", "b", "c", "d", "e", "f", "g", "h", "i", null};
        final List<Object> view = Arrays.asList(words);
        final int[][] rows = {new int[1_000], new int[3], new int[1_000]};
        final byte[] bytes = new byte[100_000];
        final Map<String, List<String>> index = new HashMap<>();
        final Object cycle = this;
        final ArrayList<Object> mixed = new ArrayList<>(Arrays.asList(1, 2, 3, 4, 5, 6, 7, new HashMap<>(), 9));
    }

    @Test
    void largeParts_areTakenOutOfAStream() throws IOException {
        Table table = new Table();
        table.rows[2][999] = 5;
        table.bytes[99_999] = 6;
        table.index.put("k", new ArrayList<>(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9")));
        Table copy = streamed(table);
        assertThat(copy.numbers).isEqualTo(table.numbers).isSameAs(copy.same);
        assertThat(copy.words).isEqualTo(table.words);
        copy.view.set(0, "changed");
        assertThat(copy.words[0]).isEqualTo("changed");
        assertThat(copy.rows).isDeepEqualTo(table.rows);
        assertThat(copy.bytes).isEqualTo(table.bytes);
        assertThat(copy.index).isEqualTo(table.index);
        assertThat(copy.cycle).isSameAs(copy);
        assertThat(copy.mixed).isEqualTo(table.mixed);
        copy.numbers.add(1);
        assertThat(copy.same).hasSize(1_001);
        // One byte for the tag and four for the number, instead of the ten of a reference to a class and a block.
        assertThat(bytes(new HashMap<>(Map.of(1, table.numbers)))).hasSizeLessThan(5_500);
    }

    /* ---------------- Limits ---------------- */

    @Test
    void limit_isExact() throws IOException {
        for (Object object : List.of(new byte[10_000], "x".repeat(600), new HashMap<>(Map.of(1, new byte[1_000])))) {
            int size = bytes(object).length;
            assertThat(Codec.encodeTask(object, size, loaders::add)).hasSize(size);
            assertThatThrownBy(() -> Codec.encodeTask(object, size - 1, loaders::add))
                    .isInstanceOf(IOException.class)
                    .hasMessage("the task is too large: it has more than " + (size - 1) + " bytes");
        }
        assertThatThrownBy(() -> Codec.encodeTask(1, 1, loaders::add)).hasMessageContaining("too large");
        assertThatThrownBy(() -> Codec.encodeTask(new long[1 << 20], 1 << 20, loaders::add))
                .hasMessageContaining("too large");
    }

    @Test
    void results_haveNoLambdas() throws IOException {
        Codec.Source parent = new Codec.Source(getClass().getClassLoader(), /* lambdas= */ false, null);
        for (Object result : List.of((Supplies) () -> 1, List.of((Supplies) () -> 1), Map.of(1, (Supplies) () -> 1))) {
            byte[] bytes = Codec.encodeResult(result, NO_LIMIT);
            assertThatThrownBy(() -> Codec.decode(bytes, parent))
                    .isInstanceOf(IOException.class)
                    .hasMessage("it is refused: it has a lambda, which a result must not have");
        }
        assertThat(Objects.requireNonNull(Codec.decode(Codec.encodeResult(1, NO_LIMIT), parent)))
                .isEqualTo(1);
    }
}
