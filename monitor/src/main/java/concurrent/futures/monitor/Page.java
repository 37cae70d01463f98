// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.monitor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The files of the page, and the page as a single file that has all in itself. */
final class Page {
    private static final String FRONT = "page.html";
    private static final String STYLE = "monitor.css";
    private static final List<String> SCRIPTS = List.of("model.js", "stream.js", "plot.js", "tables.js", "page.js");
    private static final String HTML = "text/html; charset=utf-8";

    private static final Map<String, String> TYPES = Map.of(
            "/",
            HTML,
            "/icon.svg",
            "image/svg+xml",
            "/" + STYLE,
            "text/css; charset=utf-8",
            "/model.js",
            "text/javascript; charset=utf-8",
            "/stream.js",
            "text/javascript; charset=utf-8",
            "/plot.js",
            "text/javascript; charset=utf-8",
            "/tables.js",
            "text/javascript; charset=utf-8",
            "/page.js",
            "text/javascript; charset=utf-8");

    private Page() {}

    /** The type of a file of the page; null if there is no such file. */
    static @Nullable String type(String path) {
        return TYPES.get(path);
    }

    static byte[] file(String path) {
        return bytes(path.equals("/") ? FRONT : path.substring(1));
    }

    /**
     * The page with what was recorded in it. It may do nothing but run its own script, which is named by its hash, so
     * that not even a name that found its way into markup would be run.
     */
    static String saved(String message) {
        String style = text(STYLE);
        StringBuilder script = new StringBuilder();
        SCRIPTS.forEach(name -> script.append(text(name)));
        String policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-" + hash(script) + "'";
        StringBuilder page = new StringBuilder();
        for (String line : text(FRONT).lines().toList()) {
            if (line.startsWith("<script src=") || line.startsWith("<link rel=\"icon\"")) {
                continue; // scripts all come at the end
            }
            if (line.startsWith("<link rel=\"stylesheet\"")) {
                page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"")
                        .append(policy)
                        .append("\">\n");
                page.append("<style>\n").append(style).append("</style>\n");
            } else if (line.equals("</body>")) {
                page.append("<script type=\"application/json\" id=\"data\">")
                        .append(message)
                        .append("</script>\n");
                page.append("<script>").append(script).append("</script>\n</body>\n");
            } else {
                page.append(line).append('\n');
            }
        }
        return page.toString();
    }

    private static String hash(CharSequence script) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return Base64.getEncoder()
                    .encodeToString(digest.digest(script.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    private static String text(String name) {
        // As a browser reads it, which is what the hash has to be of.
        return new String(bytes(name), StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private static byte[] bytes(String name) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the file " + name + " is missing from the monitor's jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
