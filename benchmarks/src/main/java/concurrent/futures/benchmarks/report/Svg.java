// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.Locale;

/**
 * A drawing in the making. It brings its own background and colors, for light and dark, because what shows it as an
 * image lends it none.
 */
final class Svg {
    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #1f2328; }
            .head { font-weight: 600; }
            .faint { fill: #59636e; font-size: 11px; }
            .page { fill: #ffffff; }
            .grid { stroke: #d1d9e0; }
            .error { stroke: #1f2328; }
            .ours { fill: #0969da; }
            .peer { fill: #9aa4af; }
            .line { fill: none; stroke-width: 1.5; }
            .our { stroke: #0969da; stroke-width: 3; }
            @media (prefers-color-scheme: dark) {
                text { fill: #e6edf3; }
                .faint { fill: #9198a1; }
                .page { fill: #0d1117; }
                .grid { stroke: #3d444d; }
                .error { stroke: #e6edf3; }
                .ours { fill: #4493f8; }
                .peer { fill: #656c76; }
                .our { stroke: #4493f8; }
            }
            """;

    private final StringBuilder body = new StringBuilder();

    /** A drawing for readers who cannot see it has a title that says what it shows. */
    Svg(double width, double height, String title) {
        String size = "width='%s' height='%s'".formatted(number(width), number(height));
        body.append("<svg xmlns='http://www.w3.org/2000/svg' role='img' ").append(size);
        body.append(" viewBox='0 0 %s %s'>\n".formatted(number(width), number(height)));
        body.append("<title>").append(escaped(title)).append("</title>\n<style>\n");
        body.append(STYLE).append("</style>\n<rect class='page' ").append(size).append("/>\n");
    }

    /** Adds an element without content: its name, then names and values of attributes by turns. */
    Svg add(String element, Object... attributes) {
        body.append('<').append(element).append(attributes(attributes)).append("/>\n");
        return this;
    }

    Svg line(String style, double x1, double y1, double x2, double y2) {
        return add("line", "class", style, "x1", x1, "y1", y1, "x2", x2, "y2", y2);
    }

    Svg rectangle(String style, double x, double y, double width, double height) {
        return add("rect", "class", style, "x", x, "y", y, "width", width, "height", height);
    }

    /** Adds a text whose {@code start}, {@code middle} or {@code end} is at a place. */
    Svg text(String style, String anchor, double x, double y, String text) {
        body.append("<text").append(attributes("class", style, "text-anchor", anchor, "x", x, "y", y));
        body.append('>').append(escaped(text)).append("</text>\n");
        return this;
    }

    /** The finished document. */
    String document() {
        return body + "</svg>\n";
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private static String attributes(Object... attributes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String shown = value instanceof Double number ? number(number) : value.toString();
            text.append(' ')
                    .append(attributes[i])
                    .append("='")
                    .append(escaped(shown))
                    .append('\'');
        }
        return text.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;");
    }
}
