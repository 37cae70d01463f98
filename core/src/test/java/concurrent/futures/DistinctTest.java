// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DistinctTest {
    private static List<Future<Integer>> promises(int count) {
        List<Future<Integer>> promises = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            promises.add(new Promise<>());
        }
        return promises;
    }

    @Test
    void of_keepsEachOnceInTheOrderGiven_whateverTheSize() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int count : new int[] {0, 1, 2, 7, 8, 9, 63, 64, 65, 1_000, 20_000}) {
            List<Future<Integer>> given = promises(count);
            for (int i = 0; i < count; i++) {
                given.add(given.get(random.nextInt(count)));
            }
            Collections.shuffle(given, random);
            List<Future<Integer>> expected = new ArrayList<>(new LinkedHashSet<>(given));
            assertThat(Distinct.<Integer>of(given)).as("seed %d", seed).isEqualTo(expected);
            Iterable<Future<Integer>> ofUnknownSize = given::iterator;
            assertThat(Distinct.<Integer>of(ofUnknownSize)).as("seed %d", seed).isEqualTo(expected);
        }
    }

    @Test
    void of_manyTimesTheSame_isOne() {
        Future<Integer> promise = new Promise<>();
        assertThat(Distinct.<Integer>of(Collections.nCopies(10_000, promise))).containsExactly(promise);
    }

    @Test
    void of_null_saysSo() {
        assertThatNullPointerException()
                .isThrownBy(() -> Distinct.<Integer>of(Arrays.asList(new Promise<Integer>(), null)))
                .withMessageContaining("a future in fs");
    }
}
