package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.io.maps.TestMaps;

/**
 * Matrices and ranks that are hard or wrong: {@code factorise}, {@code ranks}, and run files for point estimates and ranks
 * each refuse them with code, place, reason and remedy, leaving nothing behind, or give a result that is right.
 */
class BadMatrixTest extends MatrixRunFixture {
    private static final String GOOD = "2,1,5,4\n4,3,4,6\n3,1,7,3\n1,5,2,2\n";

    private int tried;

    private List<Object> verb(String verb, String noise, int rank, String weights) {
        List<Object> words = new ArrayList<>(List.of(verb, directory.resolve("X.csv"), "--likelihood", noise));
        words.addAll(List.of(verb.equals("ranks") ? "--to" : "--rank", rank));
        if (!weights.isEmpty()) {
            words.addAll(List.of("--weights", directory.resolve("V.csv")));
        }
        return words;
    }

    private List<Object> run(String want, String noise, int rank, String weights) throws IOException {
        String likelihood = switch (noise) {
            case "poisson" -> "\"poisson\": { \"mean\": \"mean\" }";
            case "gamma" -> "\"gamma\": { \"shape\": 1, \"mean\": \"mean\" }";
            default -> "\"normal\": { \"mean\": \"mean\", \"sd\": 1 }";
        };
        file(
                "m.json",
                Files.readString(directory.resolve("model.json"))
                        .replace("\"normal\": { \"mean\": \"mean\", \"sd\": 1 }", likelihood));
        file(
                "r.json",
                Files.readString(directory.resolve("run.json"))
                        .replace("model.json", "m.json")
                        .replace("\"component\": 2", "\"component\": " + rank)
                        .replace(
                                "\"pixel\" }",
                                "\"pixel\"" + (weights.isEmpty() ? "" : ", \"weights\": \"V.csv\"") + " }")
                        .replace("[\"point\"]", "[\"" + want + "\"]"));
        return new ArrayList<>(List.of("run", directory.resolve("r.json")));
    }

    private Cli tried(List<Object> words) {
        tried++;
        words.addAll(List.of("--out", directory.resolve("out" + tried)));
        return Cli.run(words.toArray());
    }

    private List<Cli> all(String noise, int rank, String weights) throws IOException {
        return List.of(
                tried(verb("factorise", noise, rank, weights)),
                tried(verb("ranks", noise, rank, weights)),
                tried(run("point", noise, rank, weights)),
                tried(run("rank", noise, rank, weights)));
    }

    private void everyRoadRefuses(List<Cli> roads, String reason) {
        for (Cli cli : roads) {
            assertEquals(2, cli.exit(), cli.out() + cli.err());
            assertTrue(cli.err().matches("(?s).*(" + reason + ").*"), cli.err());
            assertTrue(cli.err().contains("= help: ") && cli.err().contains("--> "), cli.err());
        }
        for (int t = 1; t <= tried; t++) {
            assertFalse(Files.exists(directory.resolve("out" + t)), "out" + t);
            assertFalse(Files.exists(directory.resolve("out" + t + ".unfinished")), "out" + t);
        }
    }

    private void everyRoadAnswers(List<Cli> roads) throws IOException {
        for (int t = 0; t < roads.size(); t++) {
            Cli cli = roads.get(t);
            assertEquals(0, cli.exit(), cli.out() + cli.err());
            Path table = directory.resolve("out" + (t + 1) + (t % 2 == 0 ? "/factors/W.csv" : "/ranks.csv"));
            assertTrue(Files.exists(table), table.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"normal", "poisson"})
    void aRowOfZerosIsFitted(String noise) throws IOException {
        file("X.csv", "2,1,5,4\n0,0,0,0\n3,1,7,3\n1,5,2,2\n");
        everyRoadAnswers(all(noise, 2, ""));
        for (String out : List.of("out1", "out3")) {
            for (double w : matrix(directory.resolve(out + "/factors/W.csv")).row(1)) {
                assertEquals(0, w, 1e-12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"normal", "poisson"})
    void nothingButZerosIsFittedByZeros(String noise) throws IOException {
        file("X.csv", "0,0,0\n0,0,0\n0,0,0\n");
        everyRoadAnswers(all(noise, 2, ""));
        double[][] w = matrix(directory.resolve("out1/factors/W.csv")).array();
        double[][] h = matrix(directory.resolve("out1/factors/H.csv")).array();
        assertEquals(0, w[0][0] * h[0][0] + w[0][1] * h[1][0], 1e-12);
    }

    @Test
    void zerosUnderGammaNoise() throws IOException {
        file("X.csv", GOOD.replace("6", "0"));
        everyRoadRefuses(all("gamma", 2, ""), "row 2, column 4 is 0.0, which Gamma noise cannot give");
    }

    @Test
    void negativeCounts() throws IOException {
        file("X.csv", GOOD.replace("6", "-6"));
        everyRoadRefuses(all("poisson", 2, ""), "(row2,column4|line2,pixel4) is -6.0, but poisson counts");
        everyRoadRefuses(all("gamma", 2, ""), "(row2,column4|line2,pixel4) is -6.0, where gamma has no density");
    }

    @Test
    void negativeDataUnderNormalNoiseAreKept() throws IOException {
        file("X.csv", GOOD.replace("6", "-6"));
        everyRoadAnswers(all("normal", 2, ""));
    }

    @Test
    void ranksThatCannotBe() throws IOException {
        file("X.csv", GOOD);
        everyRoadRefuses(all("normal", 0, ""), "--rank is 0|--to is 0|cannot have 0 entries");
        everyRoadRefuses(all("normal", 5, ""), "rank 5 is above both dimensions of the data, 4 x 4");
        everyRoadRefuses(all("normal", 10_000, ""), "rank 10000 is above both dimensions");
    }

    @ParameterizedTest
    @CsvSource({"normal", "poisson", "gamma"})
    void weightsOfAnotherShape(String noise) throws IOException {
        file("X.csv", GOOD);
        file("V.csv", "1,1\n1,1\n");
        everyRoadRefuses(all(noise, 2, "V"), "weights are 2 x 2, the data are 4 x 4|it has 2 rows, the axis");
    }

    @Test
    void weightsThatCannotBe() throws IOException {
        file("X.csv", GOOD);
        file("V.csv", "1,1,1,-1\n".repeat(4));
        everyRoadRefuses(all("normal", 2, "V"), "weight at (row1,column4|line1,pixel4) is -1.0");
        file("V.csv", "0,0,0,0\n".repeat(4));
        everyRoadRefuses(all("normal", 2, "V"), "every entry is masked");
        file("V.csv", "1e300,1,1,1\n".repeat(4));
        everyRoadRefuses(all("normal", 2, "V"), "the largest weight is 1.0E300");
    }

    @Test
    void gapsWithoutAMask() throws IOException {
        file("X.csv", GOOD.replace("6", "NaN"));
        everyRoadRefuses(all("normal", 2, ""), "the entry is NaN");
        file("V.csv", "1,1,1,1\n".repeat(4));
        everyRoadRefuses(all("normal", 2, "V"), "(row2,column4|line2,pixel4) is NaN");
        file("V.csv", "1,1,1,1\n1,1,1,0\n1,1,1,1\n1,1,1,1\n");
        tried = 0;
        everyRoadAnswers(all("normal", 2, "V"));
    }

    @ParameterizedTest
    @CsvSource({"e-300,normal", "e300,normal", "e-300,gamma", "e300,gamma"})
    void extremeScales(String scale, String noise) throws IOException {
        file("X.csv", GOOD.replace(",", scale + ",").replace("\n", scale + "\n"));
        everyRoadRefuses(all(noise, 2, ""), "whose square cannot be computed safely");
    }

    @Test
    void infiniteEntries() throws IOException {
        file("X.csv", GOOD.replace("6", "1e999"));
        everyRoadRefuses(all("normal", 2, ""), "the entry is 1e999");
    }

    @Test
    void filesWithoutAMatrix() throws IOException {
        file("X.csv", "");
        everyRoadRefuses(all("normal", 1, ""), "has no rows");
        file("X.csv", "a,b,c\n");
        everyRoadRefuses(all("normal", 1, ""), "has a header and no rows");
        file("X.csv", "1,2\n3,4,5\n6,7,8\n");
        everyRoadRefuses(all("normal", 1, ""), "the row has 3 cells, the first one has 2");
        Files.delete(directory.resolve("X.csv"));
        everyRoadRefuses(all("normal", 1, ""), "there is no such file");
        Files.createDirectory(directory.resolve("X.csv"));
        everyRoadRefuses(all("normal", 1, ""), "is a directory");
    }

    /** One column or row is W or H itself; nothing of it can be held out to compare ranks. */
    @ParameterizedTest
    @CsvSource({"normal", "poisson", "gamma"})
    void oneColumnAndOneRow(String noise) throws IOException {
        for (String matrix : List.of("1\n2\n3\n4\n", "1,2,3,4\n")) {
            file("X.csv", matrix);
            everyRoadRefuses(
                    List.of(tried(verb("ranks", noise, 1, "")), tried(run("rank", noise, 1, ""))),
                    "no entry can be held out");
            for (List<Object> words : List.of(verb("factorise", noise, 1, ""), run("point", noise, 1, ""))) {
                Cli cli = tried(words);
                assertEquals(0, cli.exit(), cli.err());
                Path out = directory.resolve("out" + tried);
                // An exact fit from every start is no reason to try more starts.
                assertTrue(Files.readString(out.resolve("diagnosis.txt")).startsWith("OK"), cli.out());
                double[][] w = matrix(out.resolve("factors/W.csv")).array();
                double[][] h = matrix(out.resolve("factors/H.csv")).array();
                assertEquals(4, w[w.length - 1][0] * h[0][h[0].length - 1], 1e-3);
                delete(out);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void countsThatCannotBeDivided() throws IOException {
        file("X.csv", GOOD.replace("6", "3000000000"));
        List<Object> words = verb("ranks", "poisson", 2, "");
        words.addAll(List.of("--hold-out", "counts"));
        everyRoadRefuses(List.of(tried(words)), "a count is above 2147483647");
    }

    /** Gibbs moves divide every count among the components. */
    @Test
    void countsThatChainsCannotDivide() throws IOException {
        file("X.csv", GOOD.replace("6", "3000000000"));
        List<Object> ranks = verb("ranks", "poisson", 2, "");
        ranks.addAll(List.of("--by", "evidence"));
        everyRoadRefuses(List.of(tried(ranks)), "a count is 3.0E9, above 2147483647");
        List<Object> rank = run("rank", "poisson", 2, "");
        String proper = "{ \"exponential\": { \"rate\": 1 } }";
        edit("m.json", "\"W\": { \"flat\": { \"low\": 0 } }", "\"W\": " + proper);
        edit("m.json", "\"H\": { \"flat\": { \"low\": 0 } }", "\"H\": " + proper);
        everyRoadRefuses(List.of(tried(rank)), "a count is 3.0E9, above 2147483647");
        edit("r.json", "[\"rank\"]", "[\"posterior\"]");
        edit("r.json", "\"want\"", "\"engine\": { \"name\": \"gibbs\" }, \"want\"");
        everyRoadRefuses(
                List.of(tried(new ArrayList<>(List.of("run", directory.resolve("r.json"))))),
                "a count is 3.0E9, above 2147483647");
    }

    @Test
    void startsThatTheDataDoNotHave() throws IOException {
        file("X.csv", "0,0,0\n0,0,0\n0,0,0\n");
        List<Object> factorise = verb("factorise", "normal", 1, "");
        factorise.addAll(List.of("--init", "nndsvd"));
        List<Object> ranks = verb("ranks", "normal", 2, "");
        ranks.addAll(List.of("--init", "nndsvd"));
        everyRoadRefuses(List.of(tried(factorise), tried(ranks)), "singular vectors cannot start");
    }

    @Test
    void startsThatNoDescentLeaves() throws IOException {
        file("X.csv", GOOD);
        Path h = file("H.csv", "0,0,0,0\n");
        for (String noise : List.of("normal", "poisson")) {
            List<Object> zeros = verb("factorise", noise, 1, "");
            zeros.addAll(List.of("--init", file("W.csv", "0\n0\n0\n0\n") + "," + h));
            everyRoadRefuses(List.of(tried(zeros)), "component1 is 0 in both factors");
            List<Object> huge = verb("factorise", noise, 1, "");
            huge.addAll(List.of("--init", file("W.csv", "1e200\n0\n0\n0\n") + "," + h));
            everyRoadRefuses(List.of(tried(huge)), "entry of 1.0E200, whose square");
        }
        file("W.csv", "0\n0\n0\n0\n");
        List<Object> run = run("point", "normal", 1, "");
        edit("r.json", "\"want\"", "\"engine\": { \"init\": { \"W\": \"W.csv\", \"H\": \"H.csv\" } }, \"want\"");
        everyRoadRefuses(List.of(tried(run)), "is 0 in both factors");
        edit("r.json", "{ \"W\": \"W.csv\", \"H\": \"H.csv\" }", "{ }");
        everyRoadRefuses(
                List.of(tried(new ArrayList<>(List.of("run", directory.resolve("r.json"))))), "names no table");
    }

    @Test
    void shapesThatCannotBe() throws IOException {
        file("X.csv", GOOD);
        for (String shape : List.of("0", "-1", "NaN", "Infinity")) {
            List<Object> words = verb("factorise", "gamma", 1, "");
            words.addAll(List.of("--shape", shape));
            everyRoadRefuses(List.of(tried(words)), "--shape is ");
        }
    }

    @Test
    void transformRefusesWhatFactoriseDoes() throws IOException {
        file("X.csv", GOOD);
        Path parts = directory.resolve("parts");
        List<Object> words = verb("factorise", "poisson", 2, "");
        words.addAll(List.of("--out", parts));
        assertEquals(0, Cli.run(words.toArray()).exit());
        String[][] bad = {
            {"1\n2\n-3\n4\n", "is -3.0, but poisson counts"},
            {"1\n2\nNaN\n4\n", "the entry is NaN"},
            {"", "has no rows"},
            {"1\n2\n3\n", "the data have 3 features, W has 4"},
            {"1\n2.5\n3\n4\n", "is 2.5, but poisson counts"}
        };
        for (String[] one : bad) {
            file("X.csv", one[0]);
            List<Object> transform =
                    new ArrayList<>(List.of("transform", directory.resolve("X.csv"), "--factors", parts));
            everyRoadRefuses(List.of(tried(transform)), one[1]);
        }
        file("X.csv", "0\n0\n0\n0\n");
        List<Object> zeros = new ArrayList<>(List.of("transform", directory.resolve("X.csv"), "--factors", parts));
        assertEquals(0, tried(zeros).exit());
        for (double[] row :
                matrix(directory.resolve("out" + tried + "/factors/H.csv")).array()) {
            assertEquals(0, row[0], 1e-12);
        }
    }

    @Test
    void mapsThatCannotBeStacked() throws IOException {
        Path one = TestMaps.write(directory.resolve("a.fits"), new double[][] {{1, 2}, {3, 4}}, TestMaps.sky());
        TestMaps.write(directory.resolve("b.fits"), new double[][] {{1, 2, 1}, {3, 4, 5}}, TestMaps.sky());
        double gap = Double.NaN;
        TestMaps.write(directory.resolve("n.fits"), new double[][] {{gap, gap}, {gap, gap}}, TestMaps.sky());
        String[][] bad = {
            {"[\"a.fits\", \"b.fits\"]", "b.fits"},
            {"[\"n.fits\", \"n.fits\"]", "n.fits"},
            {"[\"a.fits\", \"c.fits\"]", "no such file"},
            {"[\"a.fits\", \"X.csv\"]", "only FITS images"},
            {"[]", "no file is named"},
            {"\"n.fits\"", "NaN"}
        };
        for (String[] data : bad) {
            file("X.csv", GOOD);
            List<Object> run = run("point", "normal", 1, "");
            edit("r.json", "\"X.csv\"", data[0]);
            everyRoadRefuses(List.of(tried(run)), data[1]);
        }
        assertTrue(Files.exists(one));
    }
}
