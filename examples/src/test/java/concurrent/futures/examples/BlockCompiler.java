// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a block of Java as a reader would complete it: as a file, as statements, or as members of a class. */
final class BlockCompiler {
    private static final String IMPORTS = """
            import java.util.*;
            import java.util.concurrent.*;
            import java.util.function.*;
            import java.util.stream.*;
            import java.time.*;
            import java.nio.file.*;
            import concurrent.futures.Future;
            import concurrent.futures.*;
            import static concurrent.futures.Futures.*;
            """;
    private static final String FIXTURES = resource("Fixtures.java");

    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** The errors, each with file and line of the document; none if the block compiles. */
    List<String> errors(JavaBlocks.Block block) {
        Source source = forms(block).stream().filter(this::parses).findFirst().orElseGet(() -> statements(block));
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        task(source, diagnostics).call();
        return diagnostics.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(source::describe)
                .toList();
    }

    private static List<Source> forms(JavaBlocks.Block block) {
        return List.of(file(block), statements(block), members(block));
    }

    /** Classes. With imports they are taken for a whole program, which has to name all that it uses. */
    private static Source file(JavaBlocks.Block block) {
        boolean whole = block.lines().stream().anyMatch(BlockCompiler::isImport);
        return new Source(block, whole ? "" : IMPORTS, block.lines(), "");
    }

    private static Source statements(JavaBlocks.Block block) {
        return wrap(block, "class Block extends Fixtures { void block() throws Exception {\n", "\n}}");
    }

    private static Source members(JavaBlocks.Block block) {
        return wrap(block, "class Block extends Fixtures {\n", "\n}");
    }

    private static Source wrap(JavaBlocks.Block block, String before, String after) {
        StringBuilder head = new StringBuilder(IMPORTS);
        List<String> body = new ArrayList<>();
        for (String line : block.lines()) {
            if (isImport(line)) {
                head.append(line).append('\n');
                body.add(""); // keeps the numbers of the lines below
            } else {
                body.add(line);
            }
        }
        return new Source(block, head + before, body, after + "\n" + FIXTURES);
    }

    private static boolean isImport(String line) {
        return line.startsWith("import ");
    }

    private boolean parses(Source source) {
        DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
        try {
            boolean hasTypes = ((JavacTask) task(source, diagnostics))
                    .parse()
                    .iterator()
                    .next()
                    .getTypeDecls()
                    .iterator()
                    .hasNext();
            return hasTypes
                    && diagnostics.getDiagnostics().stream().noneMatch(d -> d.getKind() == Diagnostic.Kind.ERROR);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JavaCompiler.CompilationTask task(Source source, DiagnosticCollector<JavaFileObject> diagnostics) {
        List<String> options = List.of(
                "--release", "21", "-proc:none", "-implicit:none", "-cp", System.getProperty("java.class.path"));
        return compiler.getTask(null, new Nowhere(compiler), diagnostics, options, null, List.of(source));
    }

    private static String resource(String name) {
        try (InputStream in = BlockCompiler.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final JavaBlocks.Block block;
        private final String text;
        private final long linesBefore;

        Source(JavaBlocks.Block block, String before, List<String> body, String after) {
            super(URI.create("block:///Block.java"), Kind.SOURCE);
            this.block = block;
            this.text = before + String.join("\n", body) + after;
            this.linesBefore = before.lines().count();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        /** A public class may be in a file of any name here. */
        @Override
        public boolean isNameCompatible(String simpleName, Kind kind) {
            return kind == Kind.SOURCE;
        }

        String describe(Diagnostic<?> diagnostic) {
            long line = diagnostic.getLineNumber() - linesBefore;
            long inBlock = Math.clamp(line, 1, Math.max(1, block.lines().size()));
            return "%s:%d: %s"
                    .formatted(block.file(), block.firstLine() + inBlock - 1, diagnostic.getMessage(Locale.ROOT));
        }
    }
}
