package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.io.maps.TestMaps;
import org.unblend.io.matrix.FitsImage;
import org.unblend.io.run.RunLoader;

/** What run files say of starts, preparation, maps and sparse data does what the options of {@code factorise} do. */
class PointRunFileTest extends MatrixRunFixture {
    private static final String PIXEL = "\"columns\": \"pixel\"";

    private void entry(String more) throws IOException {
        edit("run.json", PIXEL, PIXEL + ", " + more);
    }

    private void poisson() throws IOException {
        edit("model.json", "\"normal\": { \"mean\": \"mean\", \"sd\": 1 }", "\"poisson\": { \"mean\": \"mean\" }");
    }

    @Test
    void tablesSayWhereToBegin() throws IOException {
        Path w = file("W.csv", "line,one,two\nCO,1,2\nHCN,3,1\nCS,1,1\n");
        Path h = file("H.csv", ",a,b,c,d\none,1,0.5,2,1\ntwo,1,1,1,0.3\n");
        edit(
                "run.json",
                "\"want\"",
                "\"engine\": { \"iterations\": 3, \"init\": { \"W\": \"W.csv\", \"H\": \"H.csv\" } }, \"want\"");
        Path given = factorise("parts", "X.csv", "--init", w + "," + h, "--iterations", 3);
        assertSame(given, run("out"));
        assertTrue(Files.readString(directory.resolve("out/result.json")).contains("H.csv\""));
        edit("run.json", "\"iterations\": 3", "\"starts\": 3");
        refused("R017", "/engine/starts", "one start, and 'starts' asks for 3", "take a random start");
        edit("run.json", "\"starts\": 3, ", "");
        edit("run.json", "{ \"W\":", "{ \"V\":");
        refused("R017", "/engine/init", "'init' names 'V', which is no parameter", "known here: W, H");
        edit("run.json", "{ \"V\":", "{ \"W\":");
        file("W.csv", "line,one,two\nCO,1,-2\nHCN,3,1\nCS,1,1\n");
        refused("N009", "run.json", "", "");
        file("W.csv", "line,one\nCO,1\nHCN,3\nCS,1\n");
        refused("D008", "W.csv", "it has 1 columns, the axis 'component' has 2 entries", "");
        file("W.csv", "");
        refused("X011", "W.csv", "has no rows", "");
        edit("run.json", "\"init\": {", "\"init\": 3, \"x\": {");
        assertTrue(Cli.run("check", directory.resolve("run.json")).err().contains("/engine/init"));
    }

    @Test
    void preparationIsThatOfTheOptions() throws IOException {
        file("X.csv", TABLE.replace("5,0", "5,-1"));
        entry("\"negatives\": \"clip\", \"scale_rows\": \"unit-mean\"");
        Path verb = factorise("parts", "X.csv", "--negatives", "clip", "--scale-rows", "unit-mean");
        Path out = run("out");
        assertSame(verb, out);
        for (String name : new String[] {"factors/W_fitted.csv", "factors/row_scale.csv"}) {
            assertEquals(Files.readString(verb.resolve(name)), Files.readString(out.resolve(name)));
        }
        assertTrue(Files.readString(out.resolve("result.json")).contains("\"scale_rows\" : \"unit-mean\""));
        assertTrue(Files.readString(out.resolve("summary.txt")).contains("negative and are now 0"));
    }

    @Test
    void errorsAndWeightsFollowTheScaleOfTheirRow() throws IOException {
        file("V.csv", "1,2,1,1\n1,0,1,1\n1,1,3,1\n");
        entry("\"scale_rows\": \"unit-mean\", \"weights\": \"V.csv\"");
        assertSame(
                factorise("weighted", "X.csv", "--scale-rows", "unit-mean", "--weights", directory.resolve("V.csv")),
                run("weights"));
        edit("run.json", ", \"weights\": \"V.csv\"", "");
        edit("model.json", "\"sd\": 1", "\"sd\": \"sd\"");
        edit("model.json", "{ \"observe\"", "{ \"data\": \"sd\", \"axes\": [\"line\", \"pixel\"] },\n{ \"observe\"");
        edit(
                "run.json",
                "\"unit-mean\" }\n",
                "\"unit-mean\" },\n\"sd\": { \"matrix\": \"S.csv\", \"rows\": \"line\", \"columns\": \"pixel\" }\n");
        file("S.csv", "2,1,1,4\n1,2,1,1\n1,1,3,1\n");
        assertSame(
                factorise("errors", "X.csv", "--scale-rows", "unit-mean", "--sd", directory.resolve("S.csv")),
                run("sd"));
    }

    @Test
    void squareRootsOfCounts() throws IOException {
        poisson();
        entry("\"transform\": \"sqrt\"");
        assertSame(factorise("parts", "X.csv", "--likelihood", "poisson", "--transform", "sqrt"), run("out"));
    }

    @Test
    void preparationThatMakesNoSenseIsRefused() throws IOException {
        entry("\"transform\": \"sqrt\"");
        refused("R022", "/data/X", "variance of Poisson counts alone", "leave it out");
        edit("run.json", "\"sqrt\"", "\"log\"");
        refused("R002", "/data/X/transform", "'log' is unknown", "write none or sqrt");
        edit("run.json", "\"transform\": \"log\"", "\"scale_rows\": \"unit-mean\"");
        edit("run.json", "[\"point\"]", "[\"posterior\"]");
        refused("R022", "/data/X", "something else is wanted", "take out negatives");
        edit("run.json", "\"scale_rows\"", "\"scale_row\"");
        refused("J003", "/data/X/scale_row", "unknown here", "did you mean 'scale_rows'?");
    }

    @Test
    void mapsAreStacked() throws IOException {
        double[][] co = {{4, 4, 1, Double.NaN}, {4, 8, 3, 1}, {0, 4, 1, 1}};
        double[][] cs = {{2, 2, 5, Double.NaN}, {2, 4, 15, 5}, {0, 2, Double.NaN, 5}};
        double[][] sd = {{1, 2, 1, 1}, {1, 1, 3, 1}, {1, 1, 1, 0.5}};
        Path first = TestMaps.write(directory.resolve("co.fits"), co, TestMaps.sky());
        Path second = TestMaps.write(directory.resolve("cs.fits"), cs, TestMaps.sky());
        Path errors = TestMaps.write(directory.resolve("sd.fits"), sd, TestMaps.sky());
        edit("run.json", "\"X.csv\"", "[\"co.fits\", \"cs.fits\"]");
        Object[] verb = {
            "factorise",
            first,
            second,
            "--sd",
            errors,
            "--sd",
            errors,
            "--rank",
            2,
            "--seed",
            5,
            "--out",
            directory.resolve("verb")
        };
        edit("model.json", "\"sd\": 1", "\"sd\": \"sd\"");
        edit("model.json", "{ \"observe\"", "{ \"data\": \"sd\", \"axes\": [\"line\", \"pixel\"] },\n{ \"observe\"");
        entry("\"sd\": [\"sd.fits\", \"sd.fits\"] }, \"sd\": { \"sd_of\": \"X\"");
        assertEquals(0, Cli.run(verb).exit());
        Path out = run("out");
        for (String name : new String[] {"factors/W.csv", "factors/H.csv", "summary.txt", "maps.svg"}) {
            assertEquals(
                    Files.readString(directory.resolve("verb").resolve(name)),
                    Files.readString(out.resolve(name)),
                    name);
        }
        assertArrayEquals(
                FitsImage.read(directory.resolve("verb/maps/component2.fits")).pixels(),
                FitsImage.read(out.resolve("maps/component2.fits")).pixels());
        String record = Files.readString(out.resolve("result.json"));
        assertTrue(record.contains("cs.fits\"") && record.contains("sd.fits\""), record);
        edit("run.json", "\"sd_of\": \"X\"", "\"sd_of\": \"Y\"");
        refused("R021", "/data/sd", "'Y' has no maps of standard deviations", "beside its maps");
        edit("run.json", "\"cs.fits\"", "\"X.csv\"");
        Cli cli = Cli.run("check", directory.resolve("run.json"));
        assertTrue(cli.err().contains("/data/X/sd") && cli.err().contains("only FITS images"), cli.err());
    }

    @Test
    void sparseDataStaySparse() throws IOException {
        poisson();
        // Dense this would be 3.2 GB for the data alone.
        StringBuilder text = new StringBuilder("%%MatrixMarket matrix coordinate integer general\n20000 20000 40000\n");
        for (int i = 1; i <= 20000; i++) {
            text.append(i).append(' ').append(i).append(" 3\n");
            text.append(i).append(' ').append(i * 7919 % 20000 + 1 == i ? i % 20000 + 1 : i * 7919 % 20000 + 1);
            text.append(" 1\n");
        }
        file("X.mtx", text.toString());
        edit("run.json", "X.csv", "X.mtx");
        edit("run.json", "\"want\"", "\"engine\": { \"starts\": 1, \"iterations\": 2 }, \"want\"");
        assertTrue(RunLoader.load(directory.resolve("run.json"), Optional.empty())
                .model()
                .graph()
                .observations()
                .get(0)
                .sparse()
                .isPresent());
        String[] words = {
            "factorise", "--likelihood", "poisson", "--starts", "1", "--iterations", "2", "--rank", "2", "--seed", "5"
        };
        Object[] all = new Object[words.length + 3];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = directory.resolve("X.mtx");
        all[words.length + 1] = "--out";
        all[words.length + 2] = directory.resolve("verb");
        assertEquals(0, Cli.run(all).exit());
        Path out = run("out");
        String w = Files.readString(directory.resolve("verb/factors/W.csv"));
        assertEquals(
                w.lines().skip(1).map(l -> l.substring(l.indexOf(','))).toList(),
                Files.readAllLines(out.resolve("factors/W.csv")).stream()
                        .skip(1)
                        .map(l -> l.substring(l.indexOf(',')))
                        .toList());
        // The other way round the same entries are stored.
        edit("run.json", "\"rows\": \"line\", \"columns\": \"pixel\"", "\"rows\": \"pixel\", \"columns\": \"line\"");
        assertTrue(RunLoader.load(directory.resolve("run.json"), Optional.empty())
                .model()
                .graph()
                .observations()
                .get(0)
                .sparse()
                .isPresent());
    }

    @Test
    void whatASparseFileDoesNotStoreMayBeMissing() throws IOException {
        file("X.mtx", """
                %%MatrixMarket matrix coordinate integer general
                3 4 10
                1 1 2
                1 2 1
                1 3 5
                2 1 4
                2 3 4
                2 4 6
                3 1 3
                3 2 1
                3 3 7
                3 4 3
                """);
        edit("run.json", "X.csv", "X.mtx");
        entry("\"unstored\": \"missing\"");
        Path verb = factorise("parts", "X.mtx", "--unstored", "missing");
        String objective = Files.readAllLines(verb.resolve("trace.csv")).get(1);
        assertEquals(
                objective.split(",")[2],
                Files.readAllLines(run("out").resolve("trace.csv")).get(1).split(",")[2]);
    }
}
