// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class PageTest {
    private static final String PAGE = """
            # Title

            <!-- begin: one -->
            old
            <!-- end: one -->

            By hand.
            <!-- begin: two -->
            <!-- end: two -->
            """;

    @Test
    void sections_areReplacedAndTheRestIsKept() {
        assertThat(Page.fill(PAGE, name -> "new " + name)).isEqualTo("""
                # Title

                <!-- begin: one -->

                new one

                <!-- end: one -->

                By hand.
                <!-- begin: two -->

                new two

                <!-- end: two -->
                """);
    }

    @Test
    void fillingAgain_changesNothing() {
        String filled = Page.fill(PAGE, name -> "| table |\n\nof " + name);

        assertThat(Page.fill(filled, name -> "| table |\n\nof " + name)).isEqualTo(filled);
    }

    @Test
    void markersInALine_areText() {
        String page = "Write `<!-- begin: one -->` to begin.\n";

        assertThat(Page.fill(page, name -> "new")).isEqualTo(page);
    }

    @Test
    void unbalancedMarkers_areAnError() {
        ensureRefused("<!-- begin: one -->\n", "the section one has no end");
        ensureRefused("<!-- end: one -->\n", "the section one ends but has not begun");
        ensureRefused("<!-- begin: one -->\n<!-- end: two -->\n", "the section two ends but has not begun");
        ensureRefused("<!-- begin: one -->\n<!-- begin: two -->\n", "the section two begins before the end of one");
    }

    private static void ensureRefused(String page, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Page.fill(page, name -> ""))
                .withMessage(message);
    }
}
