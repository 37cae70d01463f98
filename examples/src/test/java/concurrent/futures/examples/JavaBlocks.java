// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the blocks of Java in a Markdown file. */
final class JavaBlocks {
    private static final Pattern FENCE = Pattern.compile("( *)(`{3,}|~{3,})(.*)");

    private JavaBlocks() {}

    /** A block, and the line of the file on which its first line stands. */
    record Block(Path file, int firstLine, List<String> lines) {
        String place() {
            return file + ":" + firstLine;
        }
    }

    static List<Block> in(Path file) throws IOException {
        return in(file, Files.readAllLines(file));
    }

    static List<Block> in(Path file, List<String> lines) {
        List<Block> blocks = new ArrayList<>();
        int i = 0;
        while (i < lines.size()) {
            Matcher fence = FENCE.matcher(lines.get(i));
            i++;
            if (fence.matches()) {
                int first = i;
                while (i < lines.size() && !closes(fence.group(2), lines.get(i))) {
                    i++;
                }
                if (isJava(fence.group(3), file, first)) {
                    blocks.add(new Block(file, first + 1, outdent(fence.group(1), lines.subList(first, i))));
                }
                i++;
            }
        }
        return blocks;
    }

    private static boolean closes(String fence, String line) {
        String stripped = line.strip();
        return stripped.startsWith(fence) && stripped.chars().allMatch(c -> c == fence.charAt(0));
    }

    private static boolean isJava(String info, Path file, int fenceLine) {
        String language = info.strip();
        if (language.toLowerCase(java.util.Locale.ROOT).startsWith("java") && !language.equals("java")) {
            boolean anotherLanguage = language.matches("(?i)javascript\\b.*");
            if (!anotherLanguage) {
                throw new AssertionError(file + ":" + fenceLine + ": write ```java: every block of Java is compiled");
            }
        }
        return language.equals("java");
    }

    private static List<String> outdent(String indent, List<String> lines) {
        return lines.stream()
                .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line.stripLeading())
                .toList();
    }
}
