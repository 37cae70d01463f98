// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every block of Java in the documentation compiles. */
class DocumentationTest {
    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    /** Its blocks use libraries that are not here: the tests in interop compile them, and GuideTest there compares. */
    private static final Path COMPILED_ELSEWHERE = ROOT.resolve("docs/guide/interop.md");

    private final BlockCompiler compiler = new BlockCompiler();

    @TestFactory
    Stream<DynamicTest> everyBlock_compiles() throws IOException {
        List<JavaBlocks.Block> blocks = new ArrayList<>();
        for (Path file : documents()) {
            blocks.addAll(JavaBlocks.in(ROOT.relativize(file), Files.readAllLines(file)));
        }
        return blocks.stream()
                .map(block -> DynamicTest.dynamicTest(
                        block.place(), () -> assertThat(compiler.errors(block)).isEmpty()));
    }

    @Test
    void statements_seeTheFixtures() {
        assertThat(errors("Future<Integer> future = executor.submit(() -> 1);", "int one = future.result();"))
                .isEmpty();
    }

    @Test
    void imports_areHoisted() {
        assertThat(errors("import java.math.BigInteger;", "", "BigInteger one = BigInteger.ONE;"))
                .isEmpty();
    }

    @Test
    void methods_needNoClass() {
        assertThat(errors("@Override", "public String toString() {", "    return \"\";", "}"))
                .isEmpty();
    }

    @Test
    void classes_standAlone() {
        assertThat(errors("public class Program {", "    public static void main(String[] args) {}", "}"))
                .isEmpty();
    }

    @Test
    void classWithImports_needsAllOfThem() {
        assertThat(errors("import java.nio.file.Path;", "class Program {", "    List<Path> paths;", "}"))
                .singleElement()
                .asString()
                .startsWith("guide.md:13: ");
    }

    @Test
    void mistake_isToldWithFileAndLine() {
        assertThat(errors("int one = 1;", "int two = \"two\";"))
                .singleElement()
                .asString()
                .startsWith("guide.md:12: incompatible types");
        assertThat(errors("int one = 1", "int two = 2;"))
                .singleElement()
                .asString()
                .startsWith("guide.md:11: ';' expected");
    }

    @Test
    void blocks_areFoundInListsAndAfterOtherBlocks() {
        List<String> lines = List.of(
                "```sh",
                "```java is not Java here",
                "```",
                "- item",
                "  ```java",
                "  int one = 1;",
                "  ```",
                "~~~java");
        assertThat(JavaBlocks.in(Path.of("guide.md"), lines))
                .extracting(JavaBlocks.Block::place, JavaBlocks.Block::lines)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("guide.md:6", List.of("int one = 1;")),
                        org.assertj.core.groups.Tuple.tuple("guide.md:9", List.of()));
    }

    @Test
    void blocks_cannotOptOut() {
        assertThatThrownBy(() -> JavaBlocks.in(Path.of("guide.md"), List.of("", "```java no-compile", "```")))
                .hasMessage("guide.md:2: write ```java: every block of Java is compiled");
    }

    private List<String> errors(String... lines) {
        return compiler.errors(new JavaBlocks.Block(Path.of("guide.md"), 11, List.of(lines)));
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        documents.add(ROOT.resolve("README.md"));
        if (Files.isDirectory(ROOT.resolve("docs"))) {
            try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
                files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(documents::add);
            }
        }
        documents.removeIf(Files::notExists);
        documents.remove(COMPILED_ELSEWHERE);
        return documents;
    }
}
