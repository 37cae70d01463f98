// SPDX-License-Identifier: Apache-2.0
package concurrent.futures;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the core that no compiler checks. */
class ArchitectureTest {
    private static final Set<String> PUBLIC_TYPES = Set.of(
            "AbstractFutureExecutor",
            "Action",
            "AsCompleted",
            "BrokenExecutorException",
            "DeadlockException",
            "DoneAndNotDone",
            "DoneCallback",
            "ExecutorListener",
            "ExecutorStats",
            "Future",
            "FutureExecutor",
            "Futures",
            "Handler",
            "InvalidStateException",
            "MapOptions",
            "Mapper",
            "OnWorkerDeath",
            "ProcessExecutor",
            "Promise",
            "ReturnWhen",
            "Task",
            "TaskEvent",
            "TaskGroup",
            "TaskOutcome",
            "ThreadExecutor",
            "VirtualThreadExecutor",
            "WhenFull",
            "WorkItem",
            "WorkerEvent",
            "WorkerDiedException");

    /** What other modules of this library see, and nobody else does. */
    private static final String INTERNAL = "concurrent.futures.codec";

    private static final Set<String> INTERNAL_TYPES =
            Set.of("Appearance", "Codec", "Encoded", "Filters", "Loaders", "RemoteClasses", "Wording");

    private static final int MOST_LINES_OF_A_FILE = 400;
    private static final int MOST_LINES_OF_A_METHOD = 40;
    private static final String FIRST_LINE = "// SPDX-License-Identifier: Apache-2.0";

    private static final Path SOURCES = Path.of("src/main/java");

    private static JavaClasses core;
    private static List<Path> files;
    private static List<Source> sources;

    /** A source file, read as the compiler reads it: ArchUnit sees neither blocks nor lines. */
    private record Source(CompilationUnitTree unit, Trees trees) {
        String name() {
            return Path.of(unit.getSourceFile().toUri()).getFileName().toString();
        }

        long line(long position) {
            LineMap lines = unit.getLineMap();
            return lines.getLineNumber(position);
        }

        String place(Tree tree) {
            return name() + ":" + line(trees.getSourcePositions().getStartPosition(unit, tree));
        }
    }

    @BeforeAll
    static void readCore() throws IOException {
        core = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("/test/"))
                .importPackages("concurrent.futures");
        try (Stream<Path> found = Files.walk(SOURCES)) {
            files = found.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
        sources = parse(files);
        assertThat(core).as("classes").hasSizeGreaterThan(50);
        assertThat(sources).as("sources").hasSizeGreaterThan(50).hasSameSizeAs(files);
    }

    private static List<Source> parse(List<Path> files) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Source> parsed = new ArrayList<>();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            Trees trees = Trees.instance(task);
            for (CompilationUnitTree unit : task.parse()) {
                parsed.add(new Source(unit, trees));
            }
        }
        return parsed;
    }

    /** What the sources have that the scanner finds, with its place. */
    private static List<String> findings(Finder finder) {
        List<String> found = new ArrayList<>();
        for (Source source : sources) {
            finder.source = source;
            finder.found = found;
            finder.scan(source.unit(), null);
        }
        return found;
    }

    private abstract static class Finder extends TreePathScanner<Void, Void> {
        Source source;
        List<String> found;

        void found(Tree tree, String what) {
            found.add(source.place(tree) + ": " + what);
        }
    }

    /* ---------------- Names and packages ---------------- */

    @Test
    void publicTypes_areExactlyThose() {
        Set<String> found = new TreeSet<>();
        Set<String> internal = new TreeSet<>();
        for (JavaClass each : core) {
            if (each.isTopLevelClass() && each.getModifiers().contains(JavaModifier.PUBLIC)) {
                (each.getPackageName().equals(INTERNAL) ? internal : found).add(each.getSimpleName());
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(PUBLIC_TYPES);
        assertThat(internal).containsExactlyInAnyOrderElementsOf(INTERNAL_TYPES);
    }

    @Test
    void publicNames_collideWithNoneOfJavaUtilConcurrentButFuture() throws Exception {
        Set<String> taken = new TreeSet<>();
        Path jdk = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base/java/util/concurrent");
        try (Stream<Path> found = Files.list(jdk)) {
            for (Path file : found.toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                if (Files.isRegularFile(file) && !name.contains("$") && isPublicInJavaUtilConcurrent(name)) {
                    taken.add(name);
                }
            }
        }
        assertThat(taken).contains("Future", "Executor", "Callable", "CompletableFuture");
        Set<String> colliding = new TreeSet<>();
        for (JavaClass each : core) {
            if (each.isTopLevelClass()
                    && each.getModifiers().contains(JavaModifier.PUBLIC)
                    && taken.contains(each.getSimpleName())) {
                colliding.add(each.getSimpleName());
            }
        }
        assertThat(colliding).containsExactly("Future");
    }

    private static boolean isPublicInJavaUtilConcurrent(String name) throws ClassNotFoundException {
        Class<?> type = Class.forName("java.util.concurrent." + name, /* initialize= */ false, null);
        return Modifier.isPublic(type.getModifiers());
    }

    @Test
    void packages_areFreeOfCycles() {
        slices().matching("concurrent.futures.(**)..")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(core);
        noClasses()
                .that()
                .resideInAPackage("concurrent.futures")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("concurrent.futures.*..")
                .because("the other packages are made of what the main one has")
                .check(core);
    }

    @Test
    void core_dependsOnTheJdkAndJSpecifyAlone() {
        classes()
                .that(not(belongToAnyOf(FlightTask.class, FlightWorker.class)))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify.annotations..", "concurrent.futures..")
                .check(core);
    }

    /** Flight Recorder need not be there, and takes long to load. */
    @Test
    void flightRecorder_isKnownToOneClass() {
        noClasses()
                .that(not(belongToAnyOf(Flight.class, FlightTask.class, FlightWorker.class)))
                .should()
                .dependOnClassesThat(belongToAnyOf(FlightTask.class, FlightWorker.class))
                .check(core);
    }

    @Test
    void packagePrivateClasses_areFinalUnlessAbstractOrExtended() {
        Set<String> open = new TreeSet<>();
        for (JavaClass each : core) {
            Set<JavaModifier> modifiers = each.getModifiers();
            boolean closed = modifiers.contains(JavaModifier.FINAL)
                    || modifiers.contains(JavaModifier.ABSTRACT)
                    || each.isInterface()
                    || each.isEnum()
                    || each.isAnonymousClass()
                    || !each.getSubclasses().isEmpty();
            if (!closed
                    && !modifiers.contains(JavaModifier.PUBLIC)
                    && !each.getSimpleName().equals("package-info")) {
                open.add(each.getName());
            }
        }
        assertThat(open).isEmpty();
    }

    @Test
    void exceptions_areTheOnlyPublicClassesThatAnybodyMayExtend() {
        classes()
                .that()
                .arePublic()
                .and()
                .areNotInterfaces()
                .and()
                .areNotEnums()
                .and()
                .areTopLevelClasses()
                .and()
                .areNotAssignableTo(Throwable.class)
                .and()
                .doNotHaveModifier(JavaModifier.FINAL)
                .should()
                .haveModifier(JavaModifier.ABSTRACT)
                .orShould(haveNoConstructorForOthers())
                .check(core);
    }

    private static ArchCondition<JavaClass> haveNoConstructorForOthers() {
        return new ArchCondition<>("have no constructor for others") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean none = type.getConstructors().stream()
                        .noneMatch(each -> each.getModifiers().contains(JavaModifier.PUBLIC)
                                || each.getModifiers().contains(JavaModifier.PROTECTED));
                events.add(new SimpleConditionEvent(type, none, type.getName() + " can be extended by others"));
            }
        };
    }

    /* ---------------- What the core does not use ---------------- */

    @Test
    void synchronizedMethods_areNotUsed() {
        methods().should().notHaveModifier(JavaModifier.SYNCHRONIZED).check(core);
    }

    @Test
    void synchronizedBlocks_areNotUsed() {
        assertThat(findings(new Finder() {
                    @Override
                    public Void visitSynchronized(SynchronizedTree tree, Void nothing) {
                        found(tree, "synchronized");
                        return super.visitSynchronized(tree, nothing);
                    }
                }))
                .isEmpty();
    }

    /** The clock of the wall may be set at any time; it tells people when an executor was created. */
    @Test
    void time_isMonotonic() {
        noClasses()
                .that(not(belongToAnyOf(ExecutorStats.class, Watchers.class)))
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Instant")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.time.Clock")
                .check(core);
    }

    /** The end of a process is told by one, and by nothing else but a thread that waits for it. */
    @Test
    void completableFuture_isKnownToTheBridge_andToWhoeverWatchesAProcess() {
        noClasses()
                .that(not(belongToAnyOf(Bridge.class)).and(not(simpleName("Child"))))
                .should()
                .accessTargetWhere(describe("of a CompletableFuture or stage", access -> {
                    JavaClass owner = access.getTargetOwner();
                    return !owner.isAssignableTo(Bridge.class)
                            && (owner.isAssignableTo(CompletionStage.class)
                                    || owner.isAssignableTo(CompletableFuture.class));
                }))
                .check(core);
        noClasses()
                .that(not(belongToAnyOf(Bridge.class, Future.class, Futures.class))
                        .and(not(simpleName("Child"))))
                .should()
                .dependOnClassesThat()
                .areAssignableTo(CompletionStage.class)
                .check(core);
    }

    /** Workers are processes of their own, and what they print is passed on. */
    private static final Set<String> OF_PROCESSES = Set.of(
            "concurrent.futures.process.WorkerMain",
            "concurrent.futures.process.StandardOutput",
            "concurrent.futures.process.Lines");

    private static final DescribedPredicate<JavaClass> SHARED_JVM =
            describe("in a JVM that is not their own", type -> !OF_PROCESSES.contains(type.getName()));

    @Test
    void console_isNotUsed() {
        noClasses()
                .that(SHARED_JVM)
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(core);
        noClasses()
                .should()
                .accessTargetWhere(
                        described("printStackTrace", target -> target.getName().equals("printStackTrace")))
                .check(core);
    }

    @Test
    void sleep_isNotUsed() {
        noClasses()
                .should()
                .accessTargetWhere(described(
                        "sleep",
                        access -> access.getName().equals("sleep")
                                && (access.getOwner().isAssignableTo(Thread.class)
                                        || access.getOwner().isAssignableTo(TimeUnit.class))))
                .check(core);
    }

    @Test
    void javaUtilLogging_isNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging..")
                .check(core);
    }

    @Test
    void whatTheJdkDiscourages_isNotUsed() {
        Set<String> ofThreads = Set.of("stop", "suspend", "resume", "countStackFrames", "destroy");
        Set<String> ofObjects = Set.of("finalize", "wait", "notify", "notifyAll");
        noClasses()
                .that(SHARED_JVM)
                .should()
                .accessTargetWhere(described("discouraged", access -> {
                    boolean ofThread =
                            access.getOwner().isAssignableTo(Thread.class) && ofThreads.contains(access.getName());
                    boolean ofObject =
                            access.getOwner().isEquivalentTo(Object.class) && ofObjects.contains(access.getName());
                    boolean ofRuntime = Set.of("exit", "halt", "runFinalization", "gc", "addShutdownHook")
                                    .contains(access.getName())
                            && (access.getOwner().isEquivalentTo(System.class)
                                    || access.getOwner().isEquivalentTo(Runtime.class));
                    return ofThread || ofObject || ofRuntime;
                }))
                .check(core);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("sun.misc.Unsafe")
                .check(core);
    }

    private static DescribedPredicate<JavaAccess<?>> described(String name, Predicate<AccessTarget> predicate) {
        return describe(name, access -> predicate.test(access.getTarget()));
    }

    /* ---------------- Sources ---------------- */

    @Test
    void wildcardImports_areNotUsed() {
        assertThat(findings(new Finder() {
                    @Override
                    public Void visitImport(ImportTree tree, Void nothing) {
                        if (tree.getQualifiedIdentifier().toString().endsWith(".*")) {
                            found(tree, tree.toString().strip());
                        }
                        return super.visitImport(tree, nothing);
                    }
                }))
                .isEmpty();
    }

    @Test
    void files_haveOneTopLevelType() {
        List<String> several = new ArrayList<>();
        for (Source source : sources) {
            if (source.unit().getTypeDecls().size() > 1) {
                several.add(source.name());
            }
            for (Tree type : source.unit().getTypeDecls()) {
                if (type instanceof ClassTree named) {
                    assertThat(source.name()).isEqualTo(named.getSimpleName() + ".java");
                }
            }
        }
        assertThat(several).isEmpty();
    }

    @Test
    void files_haveAtMostFourHundredLines() throws IOException {
        List<String> longer = new ArrayList<>();
        for (Path file : files) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES_OF_A_FILE) {
                longer.add(file.getFileName() + ": " + lines);
            }
        }
        assertThat(longer).isEmpty();
    }

    @Test
    void methods_haveAtMostFortyLines() {
        int[] methods = {0};
        List<String> longer = findings(new Finder() {
            @Override
            public Void visitMethod(MethodTree tree, Void nothing) {
                SourcePositions positions = source.trees().getSourcePositions();
                long begin = positions.getStartPosition(source.unit(), tree);
                long end = positions.getEndPosition(source.unit(), tree);
                if (end >= 0) {
                    methods[0]++;
                    long lines = source.line(end) - source.line(begin) + 1;
                    if (lines > MOST_LINES_OF_A_METHOD) {
                        found(tree, tree.getName() + " has " + lines + " lines");
                    }
                }
                return super.visitMethod(tree, nothing);
            }
        });
        assertThat(longer).isEmpty();
        assertThat(methods[0]).isGreaterThan(300);
    }

    @Test
    void files_startWithTheLicense() throws IOException {
        for (Path file : files) {
            assertThat(Files.readAllLines(file)).as("%s", file).startsWith(FIRST_LINE);
        }
    }

    @Test
    void files_haveNoUnfinishedBusiness() throws IOException {
        Pattern marks = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
        List<String> found = new ArrayList<>();
        for (Path file : files) {
            List<String> lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                if (marks.matcher(lines.get(i)).find()) {
                    found.add(file.getFileName() + ":" + (i + 1) + ": "
                            + lines.get(i).strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
