package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final String DATA = "{\"x\": [1.5, 2.0]}";

    @TempDir
    Path directory;

    private Path result(String name, double logZ, double error) throws IOException {
        return result(name, logZ, error, "hash of " + name, "OK", DATA);
    }

    private Path result(String name, double logZ, double error, String hash, String verdict, String data)
            throws IOException {
        Path result = Files.createDirectories(directory.resolve(name));
        Files.writeString(result.resolve("result.json"), """
                { "format": "result/1", "run": "r", "model": "m", "model_hash": "%s", "verdict": "%s",
                  "evidence": { "logz": %s, "logz_error": %s, "information_nats": 3.3, "method": "by hand" },
                  "effort": { "evaluations": 1234, "batches": 5, "failed": 0 },
                  "provenance": { "seconds": 8 } }
                """.formatted(hash, verdict, logZ, error));
        Files.writeString(
                result.resolve("posterior.json"),
                "{\"posterior\": {\"observed_data\": [[0]]}, \"observed_data\": " + data + "}");
        return result;
    }

    private void refused(Cli cli, String code, String reason) {
        assertEquals(ExitCode.BAD_INPUT, cli.exit(), cli.err());
        assertTrue(cli.err().contains(code), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertEquals("", cli.out());
    }

    @Test
    void bestFirstWithBayesFactorsAgainstIt() throws IOException {
        Cli cli = Cli.run("compare", result("a", -14, 0.3), result("b", -10, 0.4));
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().indexOf("/b ") < cli.out().indexOf("/a "), cli.out());
        // The errors are independent: 0.5 = sqrt(0.3^2 + 0.4^2).
        assertTrue(cli.out().contains("-4.00 ± 0.50"), cli.out());
        assertTrue(cli.out().contains("3.3 nats") && cli.out().contains("1234"), cli.out());
        assertTrue(cli.out().contains("ln B = 4.00 ± 0.50, odds of 55 : 1"), cli.out());
        assertTrue(cli.out().contains("(strong evidence)"), cli.out());
    }

    @Test
    void withinTheErrorsNothingIsSaid() throws IOException {
        Cli cli = Cli.run("compare", result("a", -14, 1), result("b", -12.5, 1));
        assertTrue(cli.out().contains("cannot be told apart: ln B = 1.50 ± 1.41"), cli.out());
        assertTrue(cli.out().contains("logz_error"), cli.out());
        assertFalse(cli.out().contains("favour"), cli.out());
    }

    @Test
    void exactButSmallDifferencesDoNotDecide() throws IOException {
        Cli cli = Cli.run("compare", result("a", -14, 0.01), result("b", -13.1, 0.01));
        assertTrue(cli.out().contains("cannot be told apart by these data: ln B = 0.900 ± 0.014"), cli.out());
        assertFalse(cli.out().contains("logz_error"), cli.out());
    }

    @Test
    void hugeDifferencesAreWrittenAsPowers() throws IOException {
        Cli cli = Cli.run("compare", result("a", -1e4, 0), result("b", -10, 0.1));
        assertTrue(cli.out().contains("odds of 10^4339 : 1"), cli.out());
    }

    @Test
    void runsOfOneModelAreCalledSo() throws IOException {
        Path a = result("a", -10, 0.1, "same", "OK", DATA);
        assertTrue(Cli.run("compare", a, result("b", -10.1, 0.1, "same", "OK", DATA))
                .out()
                .contains("runs of one model"));
        assertTrue(Cli.run("compare", a, result("b", -12, 0.1, "same", "OK", DATA))
                .out()
                .contains("at least one error is too small"));
    }

    @Test
    void badVerdictsAreToldAndDecideTheExitCode() throws IOException {
        Path good = result("a", -10, 0.1);
        Cli caution = Cli.run("compare", good, result("b", -19, 0.1, "b", "CAUTION", DATA));
        assertEquals(0, caution.exit());
        assertTrue(caution.out().contains("Not to be relied on before the diagnosis is read"), caution.out());
        assertEquals(
                ExitCode.NOT_USABLE,
                Cli.run("compare", good, result("c", -19, 0.1, "c", "DO NOT USE", DATA))
                        .exit());
    }

    @Test
    void otherDataAreRefused() throws IOException {
        Path a = result("a", -10, 0.1);
        Path b = result("b", -10, 0.1, "b", "OK", "{\"x\": [1.5, 2.1]}");
        refused(Cli.run("compare", a, b), "W010", "evidences of different data");
    }

    @Test
    void badDirectoriesAreAllReported() throws IOException {
        Path a = result("a", -10, 0.1);
        Path without = result("w", -10, 0.1);
        Files.writeString(without.resolve("result.json"), "{ \"format\": \"result/1\" }");
        Path negative = result("n", -10, -0.1);
        Path draws = result("d", -10, 0.1);
        Files.writeString(draws.resolve("posterior.json"), "{}");
        Path empty = Files.createDirectories(directory.resolve("empty"));
        Cli cli = Cli.run("compare", a, without, negative, draws, empty, a);
        refused(cli, "W005", "no result.json");
        refused(cli, "W007", "no evidence");
        refused(cli, "W007", "at least 0");
        refused(cli, "W008", "observed_data");
        refused(cli, "W009", "named twice");
        Files.writeString(draws.resolve("posterior.json"), "{ \"observed_data\": ");
        refused(Cli.run("compare", a, draws), "J002", "not valid JSON");
        refused(Cli.run("compare", a), "C000", "DIR");
    }

    /** Two priors on one scale of noise: a wider prior where the data say nothing costs ln(width ratio). */
    @Test
    void realRunsGiveTheFactorOfTheirPriors() throws IOException {
        SmallRun run = new SmallRun(directory);
        Path narrow = directory.resolve("narrow");
        Path wide = directory.resolve("wide");
        assertEquals(0, Cli.run("run", run.file("run.json"), "--out", narrow).exit());
        run.edit("priors.json", "\"low\": -10, \"high\": 10 }", "\"low\": -1000, \"high\": 1000 }");
        assertEquals(0, Cli.run("run", run.file("run.json"), "--out", wide).exit());
        Cli cli = Cli.run("compare", wide, narrow);
        assertEquals(0, cli.exit(), cli.err());
        Matcher m = Pattern.compile("favour \\S*narrow over \\S*wide: ln B = ([\\d.]+) ± ([\\d.]+)")
                .matcher(cli.out());
        assertTrue(m.find(), cli.out());
        // False alarm 6e-5 for a Normal error; the seed is fixed.
        assertEquals(Math.log(100), Double.parseDouble(m.group(1)), 4 * Double.parseDouble(m.group(2)) + 0.01);
    }
}
