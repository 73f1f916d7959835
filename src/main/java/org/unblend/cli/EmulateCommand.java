package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.train.Dl4jNetworks;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.emulator.EmulatorGrid;
import org.unblend.io.emulator.NpyFiles;
import org.unblend.io.emulator.OnnxFile;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emulate}: an emulator as a calculator. */
@Command(
        name = "emulate",
        description = {
            "Evaluates an emulator at the points of a table, with its error and a status for each,",
            "or writes it for other programs."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend emulate models/lines-co.json --grid in.csv --out out.csv"})
final class EmulateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL.json", description = "the emulator")
    private Path model;

    @ArgGroup(multiplicity = "1")
    private Wish wish;

    /** Values or an export. */
    private static final class Wish {
        @ArgGroup(exclusive = false)
        private Grid grid;

        @Option(
                names = "--export",
                required = true,
                paramLabel = "FILE",
                description = "NAME.onnx: the emulator in natural units; NAME.zip: its one network as a zip of"
                        + " deeplearning4j, in scaled units; else a directory of numpy arrays")
        private Path export;
    }

    private static final class Grid {
        @Option(
                names = "--grid",
                required = true,
                paramLabel = "CSV",
                description = "table of points with a column for each input")
        private Path grid;

        @Option(names = "--out", required = true, paramLabel = "CSV", description = "table to write")
        private Path out;
    }

    /** What is done with rows outside the domain. */
    private enum Outside {
        REFUSE,
        BLANK
    }

    @Option(
            names = "--outside",
            paramLabel = "refuse|blank",
            description = "rows outside the domain: refuse the table (default), or leave their answers blank")
    private Outside outside = Outside.REFUSE;

    private final Console console;

    EmulateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Emulator e = EmulatorFile.read(model);
        if (wish.grid == null) {
            export(e, wish.export);
            console.out().println(e.description() + " in " + wish.export);
            return ExitCode.OK;
        }
        EmulatorGrid table = EmulatorGrid.read(wish.grid.grid, e, outside == Outside.BLANK);
        int[] counts = table.write(wish.grid.out, e);
        console.out()
                .printf(
                        "%d points in %s: %d ok, %d near an edge of the domain, %d extrapolated, %d outside%n",
                        table.records().size(), wish.grid.out, counts[0], counts[1], counts[2], counts[3]);
        return ExitCode.OK;
    }

    private static void export(Emulator e, Path to) throws IOException {
        String name = to.toString();
        if (name.endsWith(".onnx")) {
            OnnxFile.write(e, to);
        } else if (name.endsWith(".zip")) {
            if (e.parts().size() > 1) {
                throw new BadInput(
                        "E042",
                        Place.of(to),
                        "the emulator has " + e.parts().size() + " networks, a zip holds one",
                        "export to .onnx");
            }
            try {
                Dl4jNetworks.write(e.parts().get(0).network(), to.toFile());
            } catch (NoClassDefFoundError missing) {
                throw new BadInput(
                        "E022",
                        Place.of(to),
                        "deeplearning4j is not on the class path",
                        "start by the script unblend, or export to .onnx");
            }
        } else {
            NpyFiles.write(e, to);
        }
    }
}
