package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.unblend.emulator.Emulator;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.emulator.EmulatorGrid;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code emulate}: an emulator as a calculator. */
@Command(
        name = "emulate",
        description = "Evaluates an emulator at the points of a table, with its error and a status for each.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend emulate models/lines-co.json --grid in.csv --out out.csv"})
final class EmulateCommand implements Callable<Integer> {
    @Parameters(paramLabel = "MODEL.json", description = "the emulator")
    private Path model;

    @Option(
            names = "--grid",
            required = true,
            paramLabel = "CSV",
            description = "table of points with a column for each input")
    private Path grid;

    @Option(names = "--out", required = true, paramLabel = "CSV", description = "table to write")
    private Path out;

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
        EmulatorGrid table = EmulatorGrid.read(grid, e, outside == Outside.BLANK);
        int[] counts = table.write(out, e);
        console.out()
                .printf(
                        "%d points in %s: %d ok, %d near an edge of the domain, %d extrapolated, %d outside%n",
                        table.records().size(), out, counts[0], counts[1], counts[2], counts[3]);
        return ExitCode.OK;
    }
}
