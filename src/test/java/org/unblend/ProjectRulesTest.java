package org.unblend;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of the house that a machine can check. */
class ProjectRulesTest {
    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final int MOST_LINES = 400;

    /** Each package with those it may use besides itself. A package that is missing here fails the test. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            Map.entry("math", List.of()),
            Map.entry("model", List.of("math")),
            Map.entry("density", List.of("math", "model")),
            Map.entry("diagnose", List.of("math", "model", "density")),
            Map.entry("infer", List.of("math", "model", "density", "diagnose")),
            Map.entry("nested", belowEngines()),
            Map.entry("mcmc", belowEngines()),
            Map.entry("nmf", belowEngines()),
            Map.entry("optimise", belowEngines()),
            Map.entry("emulator", List.of("math", "model")),
            Map.entry("radiative", List.of("math", "model")),
            Map.entry("chemistry", List.of("math", "model")),
            Map.entry("simulate", List.of("math")),
            Map.entry("io", belowFiles()),
            Map.entry("plot", and(belowFiles(), "io")),
            Map.entry("cli", and(belowFiles(), "io", "plot")));

    private static JavaClasses program;

    private static List<String> belowEngines() {
        return List.of("math", "model", "density", "diagnose", "infer");
    }

    private static List<String> belowFiles() {
        return and(
                belowEngines(), "nested", "mcmc", "nmf", "optimise", "emulator", "radiative", "chemistry", "simulate");
    }

    private static List<String> and(List<String> some, String... more) {
        return Stream.concat(some.stream(), Arrays.stream(more)).toList();
    }

    @BeforeAll
    static void readProgram() {
        program = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.unblend");
        assertTrue(program.size() > 100, "the classes of the program were not found");
    }

    @Test
    void lowerPackagesDoNotUseHigherOnesNorSiblings() {
        MAY_USE.forEach((name, allowed) -> {
            String[] forbidden = MAY_USE.keySet().stream()
                    .filter(other -> !other.equals(name) && !allowed.contains(other))
                    .map(ProjectRulesTest::inside)
                    .toArray(String[]::new);
            if (forbidden.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(inside(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden)
                        .allowEmptyShould(true)
                        .check(program);
            }
        });
    }

    @Test
    void everyPackageHasItsPlaceInTheOrder() {
        String[] known = MAY_USE.keySet().stream().map(ProjectRulesTest::inside).toArray(String[]::new);
        classes().should().resideInAnyPackage(known).check(program);
    }

    private static String inside(String name) {
        return "org.unblend." + name + "..";
    }

    @Test
    void figuresAreDrawnWithoutAwt() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.awt..", "javax.swing..", "javax.imageio..")
                .check(program);
    }

    @Test
    void onlyTheCommandLinePrintsAndReadsTheClock() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(program);
    }

    @Test
    void randomNumbersComeFromKeyedStreams() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, ThreadLocalRandom.class, SplittableRandom.class)
                .orShould()
                .callMethod(Math.class, "random")
                .check(program);
    }

    @Test
    void thereIsNoSharedMutableField() {
        fields().that().areStatic().should().beFinal().check(program);
    }

    @Test
    void filesStayShort() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : sources()) {
            int lines = Files.readAllLines(file).size();
            if (lines > MOST_LINES) {
                tooLong.add(file + ": " + lines + " lines");
            }
        }
        assertEquals(List.of(), tooLong);
    }

    @Test
    void publicTypesSayWhatTheyAre() throws IOException {
        List<String> silent = new ArrayList<>();
        // A comment, annotations, then the declaration; types nested in others are indented.
        Pattern declaration = Pattern.compile(
                "(?m)^ *public (?:abstract |static |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) (\\w+)");
        Pattern commented = Pattern.compile("\\*/\\s*(?:@\\w+(?:\\([^)]*\\))?\\s*)*\\z");
        for (Path file : sources()) {
            String text = Files.readString(file);
            Matcher m = declaration.matcher(text);
            while (m.find()) {
                if (!commented.matcher(text.substring(0, m.start())).find()) {
                    silent.add(file + ": " + m.group(1));
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Path> found =
                    files.filter(f -> f.toString().endsWith(".java")).sorted().toList();
            assertTrue(found.size() > 100, "the sources were not found under " + SOURCES.toAbsolutePath());
            return found;
        }
    }
}
