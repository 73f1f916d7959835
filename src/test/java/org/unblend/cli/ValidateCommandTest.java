package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quick cases themselves are run with the README's commands. */
class ValidateCommandTest {
    @TempDir
    Path directory;

    /** A copy of a case, so that the tables of the checkout stay as they are. */
    private Path copy(String name) throws IOException {
        Path target = Files.createDirectories(directory.resolve("validation").resolve(name));
        try (var files = Files.list(Path.of("validation", name))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }

    private Cli validate(String name) {
        return Cli.run("validate", name, "--folder", directory.resolve("validation"), "--data", directory);
    }

    @Test
    void aRowThatFailsIsNews() throws IOException {
        Path file = copy("linear-regression").resolve("case.json");
        Files.writeString(file, Files.readString(file).replace("\"published\": -9.306063", "\"published\": -12"));
        Cli cli = validate("linear-regression");
        assertEquals(1, cli.exit(), cli.err());
        assertTrue(cli.out().contains("4 of 5 rows ok"), cli.out());
        assertTrue(cli.out().contains("fails: ln Z"), cli.out());
        assertTrue(Files.readString(file.resolveSibling("table.md")).contains("**fails**"));
    }

    @Test
    void aCaseWithoutItsDataIsSkipped() throws IOException {
        Path folder = copy("radiative-transfer");
        Files.deleteIfExists(folder.resolve("table.md"));
        Cli cli = validate("radiative-transfer");
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("skipped, reference data are missing"), cli.out());
        assertFalse(Files.exists(folder.resolve("table.md")));
    }

    @Test
    void unknownCasesAndBrokenFilesAreBadInput() throws IOException {
        Path file = copy("radiative-transfer").resolve("case.json");
        Cli unknown = validate("radiative-transfr");
        assertEquals(2, unknown.exit());
        assertTrue(unknown.err().contains("did you mean 'radiative-transfer'?"), unknown.err());
        Files.writeString(
                file, Files.readString(file).replace("\"check\": \"radiative-transfer\"", "\"check\": \"magic\""));
        Cli check = validate("radiative-transfer");
        assertEquals(2, check.exit());
        assertTrue(check.err().contains("there is no check 'magic'"), check.err());
        Files.writeString(file, Files.readString(file).replace("\"at_most\"", "\"at_mots\""));
        Cli rule = validate("radiative-transfer");
        assertEquals(2, rule.exit());
        assertTrue(rule.err().contains("the row has no rule"), rule.err());
    }

    /** Ten runs of a minute: their evidences agree with each other and with importance sampling (seeds are fixed). */
    @Test
    @Tag("slow")
    void theEvidenceOfNgc1068HoldsOverSeedsAndMethods() throws IOException {
        Path folder = copy("ngc1068-lines");
        Path runs = Files.createDirectories(directory.resolve("runs"));
        String run = Files.readString(Path.of("runs/ngc1068-lines.json"));
        for (String part : new String[] {"models", "priors"}) {
            run = run.replace("../" + part, Path.of(part).toAbsolutePath().toString());
        }
        run = run.replace("\"data/", "\"" + Path.of("runs/data").toAbsolutePath() + "/");
        Files.writeString(runs.resolve("ngc1068-lines.json"), run);
        Cli cli = validate("ngc1068-lines");
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        assertTrue(Files.exists(folder.resolve("table.md")));
    }
}
