package org.unblend.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wrong input gives code, place, reason and remedy, exit code 2, and leaves nothing behind. */
class BadInputTest {
    @TempDir
    Path directory;

    private SmallRun run;

    @BeforeEach
    void write() throws IOException {
        run = new SmallRun(directory);
    }

    private void expect(String code, String place, String reason, String remedy) {
        Path out = directory.resolve("result");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", out);
        assertAll(
                () -> assertEquals(2, cli.exit(), cli.err()),
                () -> assertTrue(cli.err().contains("error[" + code + "]"), cli.err()),
                () -> assertTrue(cli.err().contains(place), cli.err()),
                () -> assertTrue(cli.err().contains(reason), cli.err()),
                () -> assertTrue(cli.err().contains(remedy), cli.err()),
                () -> assertFalse(Files.exists(out)),
                () -> assertFalse(Files.exists(directory.resolve("result.unfinished"))));
    }

    @Test
    void soundInputPasses() {
        Cli cli = Cli.run("check", run.file("run.json"));
        assertEquals(0, cli.exit(), cli.err());
    }

    @Test
    void unknownKey() throws IOException {
        run.edit("run.json", "\"want\"", "\"wnat\": [], \"want\"");
        expect("J003", "run.json:6:3   /wnat", "'wnat' is unknown", "did you mean 'want'?");
    }

    @Test
    void reportOfAnUnknownNode() throws IOException {
        run.edit("run.json", "\"want\"", "\"report\": { \"both\": \"m2\" }, \"want\"");
        expect(
                "R013",
                "run.json:6:",
                "'both' is no node of the model that follows from others",
                "leave the report out");
        run.edit(
                "model.json", "{ \"observe\"", "{ \"scale\": \"product\", \"of\": [\"mu\", \"tau\"] },\n{ \"observe\"");
        expect("R013", "run.json:6:", "'both' is no node of the model that follows from others", "product");
    }

    @Test
    void missingKey() throws IOException {
        run.edit("run.json", "\"model\": \"model.json\",", "");
        expect("J008", "run.json:1:1", "'model' is missing", "add it");
    }

    @Test
    void wrongKind() throws IOException {
        run.edit("run.json", "\"ess\": 300", "\"ess\": \"many\"");
        expect("J005", "/precision/ess", "a finite number is expected", "write a plain number");
    }

    @Test
    void brokenJson() throws IOException {
        run.edit("model.json", "\"name\": \"mean-and-spread\",", "\"name\": \"mean-and-spread\"");
        expect("J002", "model.json:4", "not valid JSON", "correct the syntax");
    }

    @Test
    void wrongFormat() throws IOException {
        run.edit("priors.json", "priors/1", "priors/2");
        expect("J007", "priors.json:2", "\"priors/1\" is expected", "that format");
    }

    @Test
    void repeatedKey() throws IOException {
        run.edit("priors.json", "\"tau\":", "\"mu\":");
        expect("J004", "/priors/mu", "stands twice", "remove one");
    }

    @Test
    void unknownNode() throws IOException {
        run.edit("model.json", "\"mean\": \"mu\"", "\"mean\": \"mv\"");
        expect("M012", "model.json:8", "no node is called 'mv'", "did you mean 'mu'?");
    }

    @Test
    void duplicatedNode() throws IOException {
        run.edit("model.json", "{ \"parameter\": \"tau\",", "{ \"parameter\": \"mu\" }, { \"parameter\": \"tau\",");
        expect("M040", "model.json", "two nodes are called 'mu'", "rename one");
    }

    @Test
    void duplicatedLabel() throws IOException {
        run.edit("model.json", "\"a\", \"b\"", "\"a\", \"a\"");
        expect("M003", "/axes/row", "the label 'a' twice", "make labels distinct");
    }

    @Test
    void missingColumn() throws IOException {
        run.edit("run.json", "\"column\": \"x\"", "\"column\": \"intensity\"");
        expect("D002", "data.csv:1", "no column 'intensity'", "known here: name, x");
    }

    @Test
    void missingRow() throws IOException {
        run.edit("data.csv", "f,0.9\n", "");
        expect("D004", "data.csv", "no row for 'f'", "add it");
    }

    @Test
    void unknownLabel() throws IOException {
        run.edit("data.csv", "f,0.9\n", "f,0.9\ng,1\n");
        expect("D003", "data.csv:8", "no label 'g'", "known here: a, b");
    }

    @Test
    void repeatedRow() throws IOException {
        run.edit("data.csv", "f,0.9\n", "f,0.9\nf,1\n");
        expect("D005", "data.csv:8", "'f' has two rows", "keep one");
    }

    @Test
    void nanInData() throws IOException {
        run.edit("data.csv", "c,2.1", "c,NaN");
        expect("D007", "data.csv:4", "the value of 'c' is NaN", "\"missing\": \"skip\"");
    }

    @Test
    void infinityInData() throws IOException {
        run.edit("data.csv", "c,2.1", "c,Infinity");
        expect("D007", "data.csv:4", "the value of 'c' is Infinity", "finite number");
    }

    @Test
    void textInData() throws IOException {
        run.edit("data.csv", "c,2.1", "c,two");
        expect("D006", "data.csv:4", "'two' is not a number", "decimal point");
    }

    @Test
    void missingDataMayBeSkipped() throws IOException {
        run.edit("data.csv", "c,2.1", "c,").edit("run.json", "\"by\"", "\"missing\": \"skip\", \"by\"");
        Cli cli = Cli.run("check", run.file("run.json"));
        assertTrue(cli.out().contains("5 data"), cli.out() + cli.err());
    }

    @Test
    void emptyTable() throws IOException {
        run.write("data.csv", "");
        expect("D001", "data.csv", "no rows", "header");
    }

    @Test
    void negativeUncertainty() throws IOException {
        run.edit("model.json", "{ \"observe\"", "{ \"data\": \"err\", \"axes\": [\"row\"] },\n { \"observe\"")
                .edit("model.json", "\"sd\": \"tau\"", "\"sd\": \"err\"")
                .edit(
                        "run.json",
                        "\"data\": {",
                        "\"data\": { \"err\": { \"csv\": \"err.csv\", \"column\": \"e\", \"by\": \"k\" },")
                .write("err.csv", "k,e\na,1\nb,1\nc,-0.5\nd,1\ne,1\nf,1\n");
        expect("M013", "/data/err", "sd of x is -0.5 at c", "correct it");
    }

    @Test
    void priorOutsideTheDomainOfTheForwardModel() throws IOException {
        String priors = Files.readString(Path.of("priors/ngc1068.json")).replace("\"high\": 200", "\"high\": 5000");
        Files.writeString(run.file("priors.json"), priors);
        run.write(
                "run.json",
                Files.readString(Path.of("runs/ngc1068-lines.json"))
                        .replace("../models/", Path.of("models").toAbsolutePath() + "/")
                        .replace("../priors/ngc1068.json", "priors.json")
                        .replace("data/", Path.of("runs/data").toAbsolutePath() + "/"));
        expect("M029", "priors.json:6", "T_kin covers [10.0, 5000.0]", "keep T_kin within");
    }

    @Test
    void unreadableFile() throws IOException {
        run.edit("run.json", "\"model.json\"", "\"modell.json\"");
        expect("F002", "modell.json", "there is no such file", "check the path");
    }

    @Test
    void directoryInsteadOfFile() throws IOException {
        Files.createDirectory(directory.resolve("folder"));
        run.edit("run.json", "\"data.csv\"", "\"folder\"");
        expect("F001", "folder", "is a directory", "name a file");
    }

    @Test
    void improperPriorWithEvidence() throws IOException {
        run.edit("priors.json", "\"uniform\": { \"low\": -10, \"high\": 10 }", "\"flat\": {}");
        expect("R010", "run.json", "the prior of mu is improper", "proper prior");
    }

    @Test
    void impossiblePrior() throws IOException {
        run.edit("priors.json", "\"low\": -10", "\"low\": 20");
        expect("M011", "priors.json:4", "uniform", "correct the argument");
    }

    @Test
    void unknownDistribution() throws IOException {
        run.edit("priors.json", "\"uniform\"", "\"unifrom\"");
        expect("J009", "priors.json:4", "no distribution is called 'unifrom'", "did you mean 'uniform'?");
    }

    @Test
    void missingPrior() throws IOException {
        run.edit("priors.json", "\"mu\":", "\"mv\":");
        expect("M048", "model.json:6", "'mu' has no prior", "add it to the prior set");
    }

    @Test
    void priorInAnotherUnit() throws IOException {
        run.edit("priors.json", "\"high\": 10 }, \"unit\": \"m\" },", "\"high\": 10 }, \"unit\": \"km\" },");
        expect("M049", "priors.json:4", "in km", "give the prior in m");
    }

    @Test
    void dataForNobody() throws IOException {
        run.edit("run.json", "\"data\": { \"x\":", "\"data\": { \"y\":");
        expect("M050", "model.json:8", "no data for 'x'", "under \"data\"");
    }

    @Test
    void unknownEngine() throws IOException {
        run.edit("run.json", "\"nested\"", "\"nets\"");
        expect("R011", "run.json", "no engine is called 'nets'", "nested");
    }

    @Test
    void unknownKnob() throws IOException {
        run.edit("run.json", "\"live\": 100", "\"lives\": 100");
        expect("R006", "/engine/lives", "no knob 'lives'", "did you mean 'live'?");
    }

    @Test
    void knobOutOfRange() throws IOException {
        run.edit("run.json", "\"live\": 100", "\"live\": 0.5");
        expect("R007", "/engine/live", "live = 0.5 is not allowed", "live points");
    }

    @Test
    void unknownWordOfAKnob() throws IOException {
        run.edit("run.json", "\"live\": 100", "\"explorer\": \"slice\"");
        expect("R007", "/engine/explorer", "explorer = slice is not allowed", "auto, regions, slices");
    }

    @Test
    void numberWhereAKnobWantsAWord() throws IOException {
        run.edit("run.json", "\"live\": 100", "\"explorer\": 1");
        expect("R007", "/engine/explorer", "explorer = 1.0 is not allowed", "give one of auto");
    }

    @Test
    void wordWhereAKnobWantsANumber() throws IOException {
        run.edit("run.json", "\"live\": 100", "\"live\": \"many\"");
        expect("R007", "/engine/live", "live = many is not allowed", "give a number");
    }

    @Test
    void knobsThatDoNotGoTogether() throws IOException {
        run.edit("run.json", "\"live\": 100", "\"explorer\": \"slices\", \"steps\": 0");
        expect("R024", "run.json", "explorer slices needs steps", "correct 'engine'");
    }

    @Test
    void impossiblePrecision() throws IOException {
        run.edit("run.json", "\"dlogz\": 0.1", "\"dlogz\": 0");
        expect("R004", "/precision", "dlogz must be above 0", "correct the precision");
    }

    @Test
    void seedThatIsNoWholeNumber() throws IOException {
        run.edit("run.json", "\"seed\": 7", "\"seed\": 7.5");
        expect("R005", "/seed", "7.5", "whole number");
    }

    @Test
    void unknownWish() throws IOException {
        run.edit("run.json", "\"evidence\"", "\"evidense\"");
        expect("R003", "/want/1", "'evidense' cannot be asked", "did you mean 'evidence'?");
    }

    @Test
    void impossibleTask() throws IOException {
        run.edit("run.json", "[\"posterior\", \"evidence\"]", "[\"point\"]");
        expect("R012", "run.json", "posterior and evidence only", "change");
    }

    @Test
    void allMistakesAreShownAtOnce() throws IOException {
        run.edit("run.json", "\"seed\": 7", "\"seed\": \"x\", \"sede\": 1")
                .edit("run.json", "\"ess\": 300", "\"ess\": -1");
        Cli cli = Cli.run("check", run.file("run.json"));
        assertTrue(cli.err().contains("3 mistakes"), cli.err());
    }

    @Test
    void whatIsNoObjectIsOneMistake() throws IOException {
        run.write("run.json", "[]");
        expect("J005", "run.json:1:1", "an object is expected here, not an array", "write { ... }");
        assertTrue(Cli.run("check", run.file("run.json")).err().contains("1 mistake;"));
    }

    @Test
    void aByteOrderMarkIsNoMistake() throws IOException {
        run.edit("data.csv", "name,x", "\uFEFFname,x");
        assertEquals(0, Cli.run("check", run.file("run.json")).exit());
    }

    @Test
    void aPlaceThatCannotBeWritten() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", file.resolve("inside"));
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("W002"), cli.err());
    }

    @Test
    void noThreads() {
        Cli cli = Cli.run("run", run.file("run.json"), "--threads", 0);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("at least one thread"), cli.err());
    }

    @Test
    void occupiedResultDirectory() throws IOException {
        Path out = Files.createDirectory(directory.resolve("result"));
        Files.writeString(out.resolve("mine.txt"), "keep");
        Cli cli = Cli.run("run", run.file("run.json"), "--out", out);
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("W001"), cli.err());
        assertEquals("keep", Files.readString(out.resolve("mine.txt")));
    }

    @Test
    void unknownVerb() {
        Cli cli = Cli.run("runn");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().contains("Did you mean: unblend run"), cli.err());
    }
}
