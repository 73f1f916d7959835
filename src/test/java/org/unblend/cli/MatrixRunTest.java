package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Dense;

/** Run files with a matrix: the point estimate is that of {@code factorise}, and every kind of bad input is refused. */
class MatrixRunTest extends MatrixRunFixture {
    private void withSd(String sd) throws IOException {
        edit("model.json", "\"sd\": 1", "\"sd\": \"sd\"");
        edit("model.json", "{ \"observe\"", "{ \"data\": \"sd\", \"axes\": [\"line\", \"pixel\"] },\n{ \"observe\"");
        edit(
                "run.json",
                "\"pixel\" }\n",
                "\"pixel\" },\n\"sd\": { \"matrix\": \"sd.csv\", \"rows\": \"line\", \"columns\": \"pixel\" }\n");
        file("sd.csv", sd);
    }

    @Test
    void thePointEstimateIsThatOfFactorise() throws IOException {
        assertSame(factorise("parts", "X.csv"), run("out"));
        String trace = Files.readString(directory.resolve("out/trace.csv"));
        assertTrue(trace.startsWith("iteration,seconds,objective,kkt\n10,0."), trace);
        String record = Files.readString(directory.resolve("out/result.json"));
        for (String source : List.of("run.json", "model.json", "X.csv")) {
            assertTrue(record.contains(source + "\""), record);
        }
        assertTrue(record.contains("\"run\" : \"run\""), record);
    }

    @Test
    void errorsAreMatchedByTheirLabelsInAnyOrderAndOrientation() throws IOException {
        withSd("pixel\tCS\tHCN\tCO\nb\t1\t2\t1\na\t1\t1\t2\nc\t3\t1\t1\nd\t1\t1\t4\n");
        edit(
                "run.json",
                "\"sd.csv\", \"rows\": \"line\", \"columns\": \"pixel\"",
                "\"sd.csv\", \"rows\": \"pixel\", \"columns\": \"line\"");
        file("S.csv", "2,1,1,4\n1,2,1,1\n1,1,3,1\n");
        assertSame(factorise("parts", "X.csv", "--sd", directory.resolve("S.csv")), run("out"));
    }

    @Test
    void gapsAndWeightsAreMissingData() throws IOException {
        file("X.csv", TABLE.replace("4,0,4,6", "4,,4,6"));
        edit("run.json", "\"pixel\" }", "\"pixel\", \"missing\": \"skip\" }");
        assertSame(factorise("gaps", "X.csv", "--skip-missing"), run("skipped"));
        file("V.csv", "1,2,1,1\n1,0,1,1\n1,1,1,1\n");
        edit("run.json", "\"missing\": \"skip\"", "\"weights\": \"V.csv\"");
        assertSame(factorise("weights", "X.csv", "--weights", directory.resolve("V.csv")), run("weighted"));
    }

    @Test
    void matricesWithoutNamesAreReadInEveryFormat() throws IOException {
        file("plain.csv", "2,1,5,0\n4,0,4,6\n3,1,7,3\n");
        Path parts = factorise("parts", "plain.csv");
        Dense w = matrix(parts.resolve("factors/W.csv"));
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
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(directory.resolve("X.tsv.gz")))) {
            zipped.write("2\t1\t5\t0\n4\t0\t4\t6\n3\t1\t7\t3\n".getBytes());
        }
        for (String name : List.of("X.mtx", "X.tsv.gz")) {
            edit("run.json", name.equals("X.mtx") ? "X.csv" : "X.mtx", name);
            Path out = run("out-" + name);
            Dense again = matrix(out.resolve("factors/W.csv"));
            for (int i = 0; i < 3; i++) {
                assertArrayEquals(w.row(i), again.row(i), name);
            }
            assertEquals(
                    List.of("line1", "line2", "line3"),
                    MatrixReader.read(out.resolve("factors/W.csv"), false).rows());
        }
    }

    @Test
    void theModelThatFactoriseShowsIsAModelFile() throws IOException {
        Cli cli = Cli.run(
                "factorise",
                directory.resolve("X.csv"),
                "--rank",
                2,
                "--prior-w",
                "exponential:0.5",
                "--prior-h",
                "half_normal:20",
                "--show-model");
        file("model.json", cli.out());
        edit("run.json", "\"axes\": { \"component\": 2 },\n", "");
        edit(
                "run.json",
                "\"rows\": \"line\", \"columns\": \"pixel\"",
                "\"rows\": \"feature\", \"columns\": \"sample\"");
        assertSame(
                factorise("parts", "X.csv", "--prior-w", "exponential:0.5", "--prior-h", "half_normal:20"), run("out"));
    }

    @Test
    void thePriorsOfTheRunComeBeforeThoseOfTheModel() throws IOException {
        file("priors.json", """
                { "format": "priors/1",
                  "priors": { "W": { "exponential": { "rate": 2 } }, "H": { "exponential": { "rate": 3 } } } }
                """);
        edit("run.json", "\"axes\"", "\"priors\": \"priors.json\", \"axes\"");
        assertSame(factorise("parts", "X.csv", "--prior-w", "exponential:2", "--prior-h", "exponential:3"), run("out"));
    }

    @Test
    void axesThatNobodyFillsOrNobodyHasAreRefused() throws IOException {
        String run = Files.readString(directory.resolve("run.json"));
        edit("run.json", "\"axes\": { \"component\": 2 },", "");
        refused("M056", "/axes/component", "leaves the axis 'component' open", "\"axes\": { \"component\": 3 }");
        file("run.json", run.replace("\"component\"", "\"components\""));
        assertTrue(
                Cli.run("check", directory.resolve("run.json")).err().contains("the model has no axis 'components'"));
        file("run.json", run.replace("\"component\": 2", "\"component\": 2.5"));
        assertTrue(Cli.run("check", directory.resolve("run.json")).err().contains("cannot have 2.5 entries"));
        file("run.json", run.replace("\"rows\": \"line\"", "\"rows\": \"lines\""));
        Cli cli = Cli.run("check", directory.resolve("run.json"));
        assertTrue(cli.err().contains("run.json:6:") && cli.err().contains("/data/X/rows"), cli.err());
        assertTrue(cli.err().contains("did you mean 'line'?"), cli.err());
    }

    @Test
    void shapesAndLabelsThatDifferAreRefused() throws IOException {
        withSd("1,1,1\n1,1,1\n1,1,1\n");
        refused("D008", "sd.csv", "it has 3 columns, the axis 'pixel' has 4 entries", "may be exchanged");
        file("sd.csv", TABLE.replace("CS", "CN").replace(",b", ",e"));
        Cli both = Cli.run("check", directory.resolve("run.json"));
        assertTrue(both.err().contains("'CN' instead of 'CS'"), both.err());
        assertTrue(both.err().contains("'e' instead of 'b'"), both.err());
        file("sd.csv", TABLE.replace("CS", "CO"));
        refused("D005", "sd.csv", "'CO' names two of its rows", "distinct");
        file("sd.csv", TABLE.replace("5,0", "5,-1"));
        refused("M013", "/data/sd", "-1", "");
        file("sd.csv", TABLE.replace("5,0", "5,NaN"));
        refused("X013", "sd.csv:2:5", "the entry is NaN", "\"missing\": \"skip\" in a run file");
        edit("model.json", "[\"line\", \"pixel\"] },", "[\"line\"] },");
        file("sd.csv", TABLE);
        refused("M051", "/data/sd", "'sd' has [line=3] in the model, its matrix [line, pixel]", "column of a table");
    }

    @Test
    void dataThatTheNoiseCannotGiveAreRefused() throws IOException {
        file("X.csv", TABLE.replace("5,0", "5,"));
        refused("X013", "X.csv:2:5", "the entry is blank", "give a number");
        file("V.csv", "1,1,1,1\n1,1,1,1\n1,1,1,1\n");
        edit("run.json", "\"pixel\" }", "\"pixel\", \"weights\": \"V.csv\" }");
        refused("M034", "/data/X", "CO,d is NaN", "weight of 0");
        edit("run.json", ", \"weights\": \"V.csv\"", "");
        edit("model.json", "\"normal\": { \"mean\": \"mean\", \"sd\": 1 }", "\"poisson\": { \"mean\": \"mean\" }");
        file("X.csv", TABLE.replace("5,0", "5,-1"));
        refused("M035", "/data/X", "-1.0, but poisson counts", "whole numbers from 0");
        edit("model.json", "\"poisson\": { ", "\"gamma\": { \"shape\": 2, ");
        file("X.csv", TABLE);
        refused("N007", "run.json", "row 1, column 4", "");
        edit("run.json", "\"component\": 2", "\"component\": 9");
        file("X.csv", TABLE.replace(",0", ",1"));
        refused("N007", "run.json", "above both dimensions", "");
    }

    @Test
    void questionsWithoutAnAnswerAreRefused() throws IOException {
        edit("run.json", "[\"point\"]", "[\"posterior\"]");
        refused("R010", "run.json", "the prior of W is improper", "proper prior");
        edit("run.json", "[\"posterior\"]", "[\"evidence\"]");
        refused("R010", "run.json", "the prior of W is improper", "proper prior");
        edit("run.json", "[\"evidence\"]", "[\"point\", \"posterior\"]");
        refused("R016", "run.json", "different engines", "a run file for each");
        edit("run.json", "[\"point\", \"posterior\"]", "[\"point\"]");
        edit("model.json", "\"W\": { \"flat\": { \"low\": 0 }", "\"W\": { \"exponential\": { \"rate\": 1 }");
        refused("N008", "run.json", "no mode", "give both factors");
    }

    @Test
    void ranksAreThoseOfTheVerb() throws IOException {
        edit("run.json", "[\"point\"]", "[\"rank\"]");
        file("X.csv", TABLE + "HCO+,1,2,1,5\nN2H+,2,2,0,7\nSiO,1,1,3,3\n");
        Path out = run("rank");
        Path verb = directory.resolve("verb");
        // The verb is told the sd that the model states.
        file("S.csv", "1,1,1,1\n".repeat(6));
        Cli cli = Cli.run(
                "ranks",
                directory.resolve("X.csv"),
                "--to",
                2,
                "--sd",
                directory.resolve("S.csv"),
                "--seed",
                5,
                "--out",
                verb);
        assertEquals(0, cli.exit(), cli.err());
        assertEquals(Files.readString(verb.resolve("ranks.csv")), Files.readString(out.resolve("ranks.csv")));
        assertEquals(0, Cli.run("check", directory.resolve("run.json")).exit());
        edit("run.json", "\"want\"", "\"engine\": { \"init\": \"grown\" }, \"want\"");
        refused("R017", "/engine/init", "no start is called 'grown'", "did you mean 'grow'?");
        edit("run.json", "grown", "grow");
        assertEquals(0, Cli.run("check", directory.resolve("run.json")).exit());
        edit("run.json", "\"engine\": { \"init\": \"grow\" }, ", "");
        edit("run.json", "[\"rank\"]", "[\"rank\", \"posterior\"]");
        refused("R016", "run.json", "ranks are compared by 'run' alone", "of its own");
    }

    @Test
    void aPointEstimateBeginsWhereTheRunSays() throws IOException {
        edit("run.json", "\"want\"", "\"engine\": { \"init\": \"nndsvd\" }, \"want\"");
        assertSame(factorise("parts", "X.csv", "--init", "nndsvd"), run("out"));
        edit("run.json", "nndsvd", "nndsvt");
        refused("N009", "run.json", "no start is called 'nndsvt'", "did you mean 'nndsvd'?");
    }

    @Test
    void zerosOfGammaNoiseHaveNoPosterior() throws IOException {
        edit(
                "model.json",
                "\"normal\": { \"mean\": \"mean\", \"sd\": 1 }",
                "\"gamma\": { \"shape\": 2, \"mean\": \"mean\" }");
        edit("model.json", "\"W\": { \"flat\": { \"low\": 0 }", "\"W\": { \"exponential\": { \"rate\": 1 }");
        edit("model.json", "\"H\": { \"flat\": { \"low\": 0 }", "\"H\": { \"exponential\": { \"rate\": 1 }");
        edit("run.json", "[\"point\"]", "[\"posterior\"]");
        refused("N007", "run.json", "at CO,d is 0", "weight 0");
    }

    @Test
    void aMatrixFillsTwoAxes() throws IOException {
        edit("run.json", "\"columns\": \"pixel\"", "\"columns\": \"line\"");
        Cli cli = Cli.run("check", directory.resolve("run.json"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("both fill the axis 'line'"), cli.err());
    }
}
