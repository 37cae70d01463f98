// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that nobody has written so, from a worker that has gone mad, are refused, and cost no more than they are. */
class CodecCorruptionTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int NO_LIMIT = 1 << 28;

    /** A list of references may have eight bytes for one; what reading itself costs comes on top. */
    private static final long FOR_EACH_BYTE = 32;

    private static final long FOR_ALL = 200_000;

    private final Codec.Source worker =
            new Codec.Source(CodecCorruptionTest.class.getClassLoader(), /* lambdas= */ true, null);

    private record Row(int number, String name, List<Integer> values) implements Serializable {}

    private interface Supplies extends Serializable {
        Object get();
    }

    static Stream<Arguments> samples() {
        List<Integer> list = new ArrayList<>(List.of(1, 2, 3));
        Supplies lambda = () -> list;
        Row row = new Row(1, "a name that is longer than some", list);
        return Stream.<Object>of(
                        12345,
                        "a string that is longer than some",
                        "\u4e2d\u6587",
                        new byte[] {1, 2, 3},
                        new double[] {1, 2},
                        new boolean[] {true},
                        new Object[] {true, (byte) 1, (short) 2, '3', 4, 5L, 6.0f, 7.0, null},
                        new String[] {"a", null},
                        list,
                        Arrays.asList(1, null),
                        List.of(list, List.of(), list),
                        Stream.of(1, null).toList(),
                        new Object[] {row, row, new Row(2, null, List.of())},
                        lambda)
                .map(sample -> () -> new Object[] {sample});
    }

    private static byte[] bytes(Object object) throws IOException {
        return Codec.encodeTask(object, NO_LIMIT, loader -> {});
    }

    private Object decode(byte[] bytes) throws IOException {
        return Codec.decode(bytes, worker);
    }

    /** What has been allocated is in proportion to the bytes, whatever comes of them. */
    private void decodeCheaply(byte[] bytes, Consumer<Throwable> failure) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Throwable thrown = null;
        try {
            decode(bytes);
        } catch (Throwable failing) {
            thrown = failing;
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated)
                .as("allocated for %d bytes", bytes.length)
                .isLessThan(FOR_ALL + FOR_EACH_BYTE * bytes.length);
        if (thrown != null) {
            failure.accept(thrown);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void endThatIsMissing_isRefused(Object sample) throws IOException {
        byte[] bytes = bytes(sample);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void moreThanAnObject_isRefused(Object sample) throws IOException {
        byte[] bytes = bytes(sample);
        assertThatThrownBy(() -> decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("something follows");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void bytesThatAreOthers_areReadOrRefused(Object sample) throws IOException {
        byte[] bytes = bytes(sample);
        Random random = new Random(8);
        for (int i = 0; i < 3_000; i++) {
            byte[] others = bytes.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                int at = random.nextInt(others.length);
                others[at] = (byte) (random.nextBoolean() ? random.nextInt() : random.nextInt(Tag.RECORD_AGAIN + 2));
            }
            decodeCheaply(
                    others,
                    thrown ->
                            assertThat(thrown).as(() -> Arrays.toString(others)).isInstanceOf(IOException.class));
        }
    }

    @Test
    void anyBytes_areReadOrRefused() {
        Random random = new Random(9);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextInt(3) > 0 ? random.nextInt(4) : random.nextInt(Tag.RECORD_AGAIN + 2));
            }
            decodeCheaply(
                    bytes,
                    thrown ->
                            assertThat(thrown).as(() -> Arrays.toString(bytes)).isInstanceOf(IOException.class));
        }
    }

    /* ---------------- Lengths ---------------- */

    @Test
    void lengthsThatAreNotThere_areNotBelieved() {
        for (byte tag = Tag.LATIN_STRING; tag <= Tag.LAMBDA; tag++) {
            for (int length : new int[] {1_001, 1 << 20, 1 << 29, Integer.MAX_VALUE, -1, Integer.MIN_VALUE}) {
                byte[] bytes =
                        ByteBuffer.allocate(1_000).put(tag).putInt(length).array();
                Arrays.fill(bytes, 1 + Integer.BYTES, bytes.length, Tag.NULL);
                decodeCheaply(bytes, thrown -> assertThat(thrown).isInstanceOf(IOException.class));
                assertThatThrownBy(() -> decode(bytes))
                        .as("tag %d, length %d", tag, length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** Each list says that it is as long as there are bytes. */
    @Test
    void listsInLists_doNotAddUp() {
        for (byte tag : new byte[] {Tag.OBJECTS, Tag.ARRAY_LIST, Tag.LIST_OF}) {
            ByteBuffer bytes = ByteBuffer.allocate(1_000_000);
            for (int i = 0; i < Packer.MOST_LEVELS; i++) {
                bytes.put(tag).putInt(bytes.remaining() - Integer.BYTES);
            }
            decodeCheaply(bytes.array(), thrown -> assertThat(thrown).hasMessageContaining("too short for"));
            assertThatThrownBy(() -> decode(bytes.array())).isInstanceOf(IOException.class);
        }
    }

    @Test
    void listsInLists_areNotTooDeep() {
        ByteBuffer bytes = ByteBuffer.allocate(1_000_000);
        while (bytes.remaining() > 1 + Integer.BYTES) {
            bytes.put(Tag.ARRAY_LIST).putInt(1);
        }
        assertThatThrownBy(() -> decode(bytes.array()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nested too deeply");
    }

    /* ---------------- What stands aside ---------------- */

    /** A stream of the JDK in which something stands for what follows it. */
    private static byte[] stream(Object object, byte[] following) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream stream = new ObjectOutputStream(bytes)) {
            stream.writeObject(object);
        }
        return ByteBuffer.allocate(1 + Integer.BYTES + bytes.size() + following.length)
                .put(Tag.STREAM)
                .putInt(bytes.size())
                .put(bytes.toByteArray())
                .put(following)
                .array();
    }

    @Test
    void whatIsAside_isReadOnce() throws IOException {
        byte[] megabyte = bytes(new byte[1_000_000]);
        assertThat(decode(stream(new Aside(0), megabyte))).isEqualTo(new byte[1_000_000]);
        List<Object> often = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            often.add(new Aside(0));
        }
        byte[] bytes = stream(often, megabyte);
        decodeCheaply(bytes, thrown -> assertThat(thrown).hasMessageContaining("out of order"));
        assertThatThrownBy(() -> decode(bytes)).isInstanceOf(IOException.class);
    }

    @Test
    void whatIsAside_isBehindTheStream() throws IOException {
        byte[] one = bytes(new byte[] {1});
        for (int start : new int[] {-1, Integer.MIN_VALUE, one.length, 1_000_000, Integer.MAX_VALUE}) {
            byte[] bytes = stream(new Aside(start), one);
            assertThatThrownBy(() -> decode(bytes)).as("from %d", start).isInstanceOf(IOException.class);
        }
        byte[] longer = stream(new Aside(0), one);
        ByteBuffer.wrap(longer).putInt(1, longer.length);
        assertThatThrownBy(() -> decode(longer)).isInstanceOf(IOException.class);
    }

    @Test
    void streamThatIsCut_isRefused() throws IOException {
        Map<String, List<Integer>> map = new HashMap<>(Map.of("a", new ArrayList<>(Collections.nCopies(20, 1))));
        byte[] bytes = bytes(map);
        assertThat(bytes[0]).isEqualTo(Tag.STREAM);
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode(cut)).as("%d bytes", length).isInstanceOf(IOException.class);
        }
    }
}
