package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/** Run files that set a point estimate beside a posterior. */
class CompareRunTest {
    @TempDir
    Path directory;

    @BeforeEach
    void files() throws IOException {
        file("model.json", """
                {
                  "format": "model/1",
                  "name": "maps",
                  "axes": { "line": "open", "pixel": "open", "component": "open" },
                  "nodes": [
                    { "parameter": "W", "axes": ["line", "component"] },
                    { "parameter": "H", "axes": ["component", "pixel"] },
                    { "product": "mean", "left": "W", "right": "H" },
                    { "observe": "X", "axes": ["line", "pixel"], "normal": { "mean": "mean", "sd": 0.5 } }
                  ],
                  "priors": { "W": { "exponential": { "rate": 1 } }, "H": { "exponential": { "rate": 0.5 } } }
                }
                """);
        // Of W = [3 0; 2 1; 0 2] and H = [2 1 0 0; 0 1 2 3] with some noise.
        file("X.csv", "line,x0_y0,x1_y0,x0_y1,x1_y1\na,6.3,2.8,-0.2,0.4\nb,3.9,3.2,1.7,3.3\nc,0.1,2.4,4.1,5.6\n");
        file("W.csv", "line,second,first\nb,1,2\na,0,3\nc,2,0\n");
        file("H.csv", "which,x0_y0,x1_y0,x0_y1,x1_y1\nsecond,0,1,2,3\nfirst,2,1,0,0\n");
        file("run.json", """
                {
                  "format": "run/1",
                  "model": "model.json",
                  "axes": { "component": 2 },
                  "data": { "X": { "matrix": "X.csv", "rows": "line", "columns": "pixel" } },
                  "want": ["point", "posterior"],
                  "compare": true,
                  "truth": { "W": "W.csv", "H": "H.csv" },
                  "engine": { "name": "gibbs", "chains": 2, "warmup": 200, "draws": 400, "thin": 2 },
                  "seed": 3
                }
                """);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private void edit(String name, String from, String to) throws IOException {
        String text = Files.readString(directory.resolve(name));
        assertTrue(text.contains(from), name + " does not contain " + from);
        file(name, text.replace(from, to));
    }

    private Path run() {
        Path out = directory.resolve("out");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.out().contains("Point against posterior."), cli.out());
        return out;
    }

    private static List<String[]> rows(Path csv) throws IOException {
        return Files.readAllLines(csv).stream().map(l -> l.split(",")).toList();
    }

    /** Draws of the entries of a factor in units of profiles with mean one, {@code [draws][rows][columns]}. */
    private static List<Dense[]> draws(Path out) throws IOException {
        List<List<String>> lines = new ArrayList<>();
        try (CsvReader<CsvRecord> csv = CsvReader.builder().ofCsvRecord(out.resolve("posterior.csv"))) {
            csv.forEach(r -> lines.add(r.getFields()));
        }
        List<String> names = lines.get(0);
        int w = names.indexOf("W[a,component1]");
        int h = names.indexOf("H[component1,x0_y0]");
        assertTrue(w >= 0 && h >= 0, names.toString());
        List<Dense[]> all = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            double[] x = line.stream().mapToDouble(Double::parseDouble).toArray();
            Dense ofW = Dense.zeros(3, 2);
            Dense ofH = Dense.zeros(2, 4);
            for (int k = 0; k < 2; k++) {
                double mean = (x[w + k] + x[w + 2 + k] + x[w + 4 + k]) / 3;
                for (int i = 0; i < 3; i++) {
                    ofW.row(i)[k] = x[w + 2 * i + k] / mean;
                }
                for (int j = 0; j < 4; j++) {
                    ofH.row(k)[j] = x[h + 4 * k + j] * mean;
                }
            }
            all.add(new Dense[] {ofW, ofH});
        }
        assertEquals(800, all.size());
        return all;
    }

    @Test
    void theTableIsWhatTheDrawsAndThePointSay() throws IOException {
        Path out = run();
        List<String[]> table = rows(out.resolve("comparison.csv"));
        assertEquals(
                "factor,row,column,mean,sd,q2.5,q97.5,point,place,starts_sd,truth", String.join(",", table.get(0)));
        assertEquals(1 + 6 + 8 + 12, table.size());
        List<Dense[]> draws = draws(out);
        Dense w = MatrixReader.read(out.resolve("point/factors/W.csv"), false)
                .values()
                .dense();
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 2; k++) {
                String[] row = table.get(1 + 2 * i + k);
                double mean = 0;
                double below = 0;
                double point = Double.parseDouble(row[7]);
                for (Dense[] draw : draws) {
                    mean += draw[0].get(i, k) / draws.size();
                    below += draw[0].get(i, k) < point ? 1.0 / draws.size() : 0;
                }
                assertEquals(mean, Double.parseDouble(row[3]), 1e-9 * (1 + mean), String.join(",", row));
                assertEquals(below, Double.parseDouble(row[8]), 1e-9, String.join(",", row));
                // The point is one of the two columns of its own file, in units of its mean.
                double[] candidates = new double[2];
                for (int c = 0; c < 2; c++) {
                    candidates[c] = w.get(i, c) * 3 / (w.get(0, c) + w.get(1, c) + w.get(2, c));
                }
                assertTrue(
                        Arrays.stream(candidates).anyMatch(c -> Math.abs(c - point) < 1e-9),
                        point + " is none of " + Arrays.toString(candidates));
            }
        }
        // The truth is matched whatever the order and the names of its components: profiles 9/5, 6/5, 0 and 0, 1, 2.
        boolean swapped = Double.parseDouble(table.get(1)[10]) == 0;
        double[] expected = swapped ? new double[] {0, 1.8, 1, 1.2, 2, 0} : new double[] {1.8, 0, 1.2, 1, 0, 2};
        for (int e = 0; e < 6; e++) {
            assertEquals(expected[e], Double.parseDouble(table.get(1 + e)[10]), 1e-12);
        }
        // Profiles so different are told apart by any fit, so the point's are those of the posterior.
        for (String[] row : table.subList(1, 7)) {
            assertEquals(Double.parseDouble(row[10]), Double.parseDouble(row[7]), 0.5, String.join(",", row));
        }
    }

    @Test
    void theModeIsThatOfTheSameDensityAndStandsInItsOwnDirectory() throws IOException {
        Path out = run();
        String text = Files.readString(out.resolve("comparison.txt"));
        assertTrue(text.contains("The point is the mode of the same density."), text);
        assertTrue(text.contains("against truth"), text);
        for (String name : List.of(
                "comparison.svg",
                "comparison-maps.svg",
                "likelihood.svg",
                "trace.svg",
                "pairs.svg",
                "point/result.json")) {
            assertTrue(Files.size(out.resolve(name)) > 100, name);
        }
        edit("run.json", "[\"point\", \"posterior\"]", "[\"point\"]");
        edit("run.json", "\"compare\": true,", "");
        edit("run.json", "\"truth\": { \"W\": \"W.csv\", \"H\": \"H.csv\" },", "");
        edit(
                "run.json",
                "\"engine\": { \"name\": \"gibbs\", \"chains\": 2, \"warmup\": 200, \"draws\": 400, \"thin\": 2 },",
                "");
        Path alone = directory.resolve("alone");
        assertEquals(
                0, Cli.run("run", directory.resolve("run.json"), "--out", alone).exit());
        Dense beside = MatrixReader.read(out.resolve("point/factors/W.csv"), false)
                .values()
                .dense();
        Dense own = MatrixReader.read(alone.resolve("factors/W.csv"), false)
                .values()
                .dense();
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 2; k++) {
                // Other random starts end at the same mode.
                assertEquals(own.get(i, k), beside.get(i, k), 1e-4);
            }
        }
        Cli summary = Cli.run("summary", out);
        assertTrue(summary.out().contains("Point against posterior."), summary.out());
    }

    @Test
    void whereThereIsNoModeAFitWithFlatPriorsStandsBesideAndTheReportSaysSo() throws IOException {
        edit("model.json", "\"sd\": 0.5", "\"sd\": \"noise\"");
        edit(
                "model.json",
                "{ \"parameter\": \"W\"",
                "{ \"parameter\": \"noise\" }, { \"parameter\": \"shape\", \"axes\": [\"component\"] }, { \"parameter\": \"W\"");
        edit(
                "model.json",
                "\"H\": { \"exponential\": { \"rate\": 0.5 } }",
                "\"H\": { \"gamma\": { \"shape\": \"shape\", \"mean\": 1 } },"
                        + " \"shape\": { \"gamma\": { \"shape\": 2, \"rate\": 2 } },"
                        + " \"noise\": { \"log_normal\": { \"mu\": -0.7, \"sigma\": 0.3 } }");
        Path out = run();
        String text = Files.readString(out.resolve("comparison.txt"));
        assertTrue(text.contains("a fit with flat priors, as the posterior has no mode to look for:"), text);
        String record = Files.readString(out.resolve("point/result.json"));
        assertTrue(record.contains("\"want\" : [ \"point\" ]") || record.contains("\"point\""), record);
        assertFalse(text.contains("NaN"), text);
    }

    private void refused(String code, String reason, String remedy) {
        Path out = directory.resolve("refused");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(2, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.err().contains("error[" + code + "]"), cli.err());
        assertTrue(cli.err().contains(reason), cli.err());
        assertTrue(cli.err().contains(remedy), cli.err());
        assertFalse(Files.exists(out));
    }

    @Test
    void questionsThatMakeNoComparisonAreRefused() throws IOException {
        String run = Files.readString(directory.resolve("run.json"));
        edit("run.json", "[\"point\", \"posterior\"]", "[\"posterior\"]");
        refused("R018", "no point estimate is wanted", "[\"point\", \"posterior\"]");
        file("run.json", run.replace("[\"point\", \"posterior\"]", "[\"point\", \"evidence\"]"));
        refused("R018", "no posterior is wanted", "[\"point\", \"posterior\"]");
        file("run.json", run.replace("\"compare\": true", "\"compare\": 1"));
        refused("J005", "true or false is expected here", "\"compare\": true");
        file("run.json", run.replace("\"compare\": true", "\"compare\": false"));
        refused("R019", "true values are for a comparison", "take the truth out");
        file(
                "run.json",
                run.replace("\"compare\": true,", "")
                        .replace("\"truth\": { \"W\": \"W.csv\", \"H\": \"H.csv\" },", ""));
        refused("R016", "come from different engines", "\"compare\": true");
        file("run.json", run.replace(", \"H\": \"H.csv\"", ""));
        refused("R019", "the truth is given of W, the unknown factors are W and H", "a table for each");
        file("run.json", run.replace("\"H\": \"H.csv\"", "\"G\": \"H.csv\""));
        refused("R019", "the truth names 'G', which is no parameter", "known here: W, H");
        file("run.json", run);
        file("H.csv", "which,x0_y0,x1_y0,x0_y1\nsecond,0,1,2\nfirst,2,1,0\n");
        refused("D008", "it has 3 columns, the axis 'pixel' has 4 entries", "");
        file("run.json", run.replace("\"H\": \"H.csv\"", "\"H\": \"none.csv\""));
        Cli cli = Cli.run("check", directory.resolve("run.json"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("none.csv"), cli.err());
        file(
                "run.json",
                run.replace("\"compare\": true,", "\"compare\": true, \"engine\": {}, ")
                        .replace(
                                "\"engine\": { \"name\": \"gibbs\", \"chains\": 2, \"warmup\": 200, \"draws\": 400, \"thin\": 2 },",
                                "")
                        .replace("\"truth\": { \"W\": \"W.csv\", \"H\": \"H.csv\" },", ""));
        edit(
                "model.json",
                "{ \"product\": \"mean\", \"left\": \"W\", \"right\": \"H\" },",
                "{ \"sum\": \"mean\", \"of\": [\"W\", \"H\"] },");
        edit("model.json", "[\"line\", \"component\"]", "[\"line\", \"pixel\"]");
        edit("model.json", "[\"component\", \"pixel\"]", "[\"line\", \"pixel\"]");
        refused("R020", "one matrix product", "ask for one of the two");
    }

    @Test
    void aPosteriorThatIsNotToBeUsedIsNotBelieved() throws IOException {
        edit("run.json", "\"warmup\": 200, \"draws\": 400, \"thin\": 2", "\"warmup\": 20, \"draws\": 8");
        // Numbers far from what the prior expects, so that chains of a few sweeps have not met.
        file("X.csv", "line,x0_y0,x1_y0,x0_y1,x1_y1\na,630,280,-2,4\nb,390,320,170,330\nc,1,240,410,560\n");
        Path out = directory.resolve("out");
        Cli cli = Cli.run("run", directory.resolve("run.json"), "--out", out);
        assertEquals(1, cli.exit(), cli.out() + cli.err());
        assertTrue(cli.out().contains("The posterior is not to be used"), cli.out());
    }

    @Test
    void startsAreThoseOfThePoint() throws IOException {
        edit("run.json", "\"chains\": 2", "\"chains\": 2, \"starts\": 3");
        assertTrue(Files.readString(run().resolve("comparison.txt")).contains("of 3 starts of hals reach it"));
        edit("run.json", "\"starts\": 3", "\"starts\": 0");
        refused("R007", "starts = 0.0 is not allowed", "starts of the point estimate");
    }

    @Test
    void thePlanNamesBoth() {
        Cli cli = Cli.run("plan", directory.resolve("run.json"));
        assertEquals(0, cli.exit(), cli.err());
        assertTrue(cli.out().contains("engine    gibbs for posterior"), cli.out());
        assertTrue(cli.out().contains("beside it hals for point, the mode of the same density"), cli.out());
    }
}
