package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/** Run files whose factors may be exactly zero. */
class ZeroInflatedRunTest {
    private static final String ENGINE = "\"name\": \"gibbs\", \"warmup\": 200, \"draws\": 200, \"chains\": 2";
    private static final String PRIOR =
            "{ \"zero_inflated\": { \"zero\": \"q\", \"else\": { \"gamma\": { \"shape\": \"shape\", \"mean\": 0.4 } } } }";

    @TempDir
    Path directory;

    /** The shipped run of line maps with another prior of H. */
    private Path run(String engine, String want, String prior) throws IOException {
        Files.writeString(
                directory.resolve("model.json"),
                Files.readString(Path.of("models/line-maps.json"))
                        .replace(
                                "{ \"parameter\": \"shape\",",
                                "{ \"parameter\": \"q\", \"axes\": [\"component\"] }, { \"parameter\": \"shape\",")
                        .replace(
                                "\"H\": { \"gamma\": { \"shape\": \"shape\", \"mean\": 0.2 } }",
                                "\"q\": { \"beta\": { \"alpha\": 1, \"beta\": 1 } },\n    \"H\": " + prior));
        return Files.writeString(
                directory.resolve("run.json"),
                Files.readString(Path.of("runs/line-maps.json"))
                        .replace("../models/line-maps.json", "model.json")
                        .replace("data/", Path.of("runs/data").toAbsolutePath() + "/")
                        .replace("\"posterior\", \"evidence\"", want)
                        .replaceFirst("\"engine\": .*,\n", "\"engine\": { " + engine + " },\n"));
    }

    @Test
    void theProbabilityOfZeroIsATableBesideMeansAndIntervals() throws IOException {
        Path out = directory.resolve("out");
        Cli cli = Cli.run("run", run(ENGINE, "\"posterior\"", PRIOR), "--out", out);
        assertTrue(cli.exit() < 2, cli.err());
        Dense zero = table(out, "H-zero");
        Dense low = table(out, "H-q2.5");
        Dense mean = table(out, "H-mean");
        int sure = 0;
        for (int k = 0; k < zero.rows(); k++) {
            for (int j = 0; j < zero.columns(); j++) {
                assertTrue(zero.get(k, j) >= 0 && zero.get(k, j) <= 1);
                assertEquals(zero.get(k, j) > 0.03, low.get(k, j) == 0, "an interval begins where draws are zero");
                sure += zero.get(k, j) > 0.5 && mean.get(k, j) < 0.1 ? 1 : 0;
            }
        }
        assertTrue(sure > 10, "pixels that are empty: " + sure);
        assertFalse(Files.exists(out.resolve("factors/W-zero.csv")), "W has no zeros");
    }

    private static Dense table(Path out, String name) {
        return MatrixReader.read(out.resolve("factors/" + name + ".csv"), false)
                .values()
                .dense();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\": \"nested\" | \"posterior\" | point mass",
                "\"name\": \"nuts\" | \"posterior\" | point mass",
                "\"starts\": 2 | \"point\" | no mode"
            })
    void enginesThatNeedADensitySayWhatToDo(String engine, String want, String reason) throws IOException {
        Cli cli = Cli.run("run", run(engine, want, PRIOR), "--out", directory.resolve("out"));
        assertEquals(2, cli.exit(), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertTrue(cli.err().contains("posterior") || cli.err().contains("gibbs"), cli.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ \"zero_inflated\": { \"zero\": 0.3 } } | J008 | 'else'",
                "{ \"zero_inflated\": { \"else\": { \"exponential\": { \"rate\": 1 } } } } | J008 | 'zero'",
                "{ \"zero_inflated\": { \"zero\": 1.3, \"else\": { \"exponential\": { \"rate\": 1 } } } } | M011 | zero must",
                "{ \"zero_inflated\": { \"zero\": 0.3, \"else\": { \"flat\": { \"low\": 0 } } } } | M016 | flat",
                "{ \"zero_inflated\": { \"zero\": 0.3, \"else\": { \"gama\": { \"shape\": 1, \"mean\": 1 } } } } | J009 | gamma"
            })
    void mistakesAreTold(String prior, String code, String reason) throws IOException {
        Cli cli = Cli.run("run", run(ENGINE, "\"posterior\"", prior), "--out", directory.resolve("out"));
        assertEquals(2, cli.exit(), Arrays.asList(cli.out(), cli.err()).toString());
        assertTrue(cli.err().contains(code) && cli.err().contains(reason), cli.err());
    }
}
