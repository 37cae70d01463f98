// SPDX-License-Identifier: Apache-2.0
package concurrent.futures.benchmarks.report;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes of results what people read. It is what {@code benchmarks/run} starts when it has measured. */
public final class Report {
    private static final int FAILURE = 1;
    private static final int USAGE = 64;

    private Report() {}

    /**
     * Runs a command.
     *
     * @param args {@code machine COMMIT} prints what is to be written down beside results; {@code ratios RESULTS…}
     *     prints a table; {@code page PAGE RESULTS…} fills in a page, and the folder named like it with figures; {@code
     *     turns FOLDER [PAGE]} prints the tables of contestants who took turns, or fills in their page
     */
    public static void main(String[] args) {
        // System.out writes the letters of the locale, and what is printed here has others.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.exit(run(out, List.of(args)));
    }

    static int run(PrintStream out, List<String> args) {
        String command = args.isEmpty() ? "" : args.getFirst();
        try {
            if (command.equals("machine") && args.size() == 2) {
                out.println(Machine.here(args.get(1)).json());
            } else if (command.equals("ratios") && args.size() > 1) {
                out.println(RatioTable.ofAll(Results.read(paths(args, 1))));
            } else if (command.equals("page") && args.size() > 1) {
                fill(Path.of(args.get(1)), Results.read(paths(args, 2)));
            } else if (command.equals("turns") && args.size() > 1) {
                turns(out, paths(args, 1));
            } else {
                System.err.println("usage: Report machine COMMIT | ratios RESULTS... | page PAGE RESULTS...");
                System.err.println("       Report turns FOLDER [PAGE]");
                return USAGE;
            }
            return 0;
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("benchmarks: " + e.getMessage());
            return FAILURE;
        }
    }

    private static List<Path> paths(List<String> args, int from) {
        return args.stream().skip(from).map(Path::of).toList();
    }

    private static void fill(Path page, Results results) throws IOException {
        String name = String.valueOf(page.getFileName()).replace(".md", "");
        Sections sections = new Sections(results, name);
        String filled = Page.fill(Files.readString(page), sections::text);
        Path folder = Files.createDirectories(page.resolveSibling(name));
        deleteFigures(folder);
        for (Figure figure : sections.figures()) {
            Files.writeString(folder.resolve(figure.name() + ".svg"), figure.svg());
        }
        Files.writeString(page, filled);
        sections.leftOver()
                .forEach(suite -> System.err.println("benchmarks: the page has no section " + Case.slug(suite)));
    }

    private static void turns(PrintStream out, List<Path> paths) throws IOException {
        Path folder = paths.getFirst();
        TurnTable table = TurnTable.read(folder.resolve("turns.jsonl"));
        if (paths.size() == 1) {
            out.println(table.ratios() + "\n\n" + table.limits());
        } else {
            Path page = paths.get(1);
            Path machine = folder.resolve("machine.json");
            Files.writeString(page, Page.fill(Files.readString(page), name -> table.section(name, machine)));
        }
    }

    /** Those of an earlier report, which the page may no longer show. */
    private static void deleteFigures(Path folder) throws IOException {
        try (DirectoryStream<Path> figures = Files.newDirectoryStream(folder, "*.svg")) {
            for (Path figure : figures) {
                Files.delete(figure);
            }
        }
    }
}
