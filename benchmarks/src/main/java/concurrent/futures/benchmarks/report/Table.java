// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A table in Markdown whose columns are lined up, so that it can be read as it is. Numbers stand at the right. */
final class Table {
    private final int textColumns;
    private final List<List<String>> lines = new ArrayList<>();

    /** Begins with the head. The first columns are text, the others numbers. */
    Table(List<String> head, int textColumns) {
        this.textColumns = textColumns;
        lines.add(escaped(head));
    }

    void add(List<String> line) {
        lines.add(escaped(line));
    }

    /** All lines, without an end of line after the last. */
    String text() {
        List<String> rows = new ArrayList<>();
        for (List<String> line : lines) {
            rows.add(row(line));
            if (rows.size() == 1) {
                rows.add(rule());
            }
        }
        return String.join("\n", rows);
    }

    private String row(List<String> line) {
        StringBuilder row = new StringBuilder("|");
        for (int column = 0; column < line.size(); column++) {
            String cell = line.get(column);
            String space = " ".repeat(width(column) - length(cell));
            row.append(' ').append(isText(column) ? cell + space : space + cell).append(" |");
        }
        return row.toString();
    }

    private String rule() {
        StringBuilder rule = new StringBuilder("|");
        for (int column = 0; column < lines.getFirst().size(); column++) {
            rule.append("-".repeat(width(column) + 1)).append(isText(column) ? "-|" : ":|");
        }
        return rule.toString();
    }

    private boolean isText(int column) {
        return column < textColumns;
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> length(line.get(column))).max().orElseThrow();
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    private static List<String> escaped(List<String> line) {
        return line.stream().map(cell -> cell.replace("|", "\\|")).toList();
    }
}
