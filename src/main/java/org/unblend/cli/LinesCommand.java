package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.unblend.io.AtomicFile;
import org.unblend.io.LineGrid;
import org.unblend.math.Parallel;
import org.unblend.radiative.Densities;
import org.unblend.radiative.ExcitationDiagram;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.MoleculeCatalog;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lines}: radiative transfer as a calculator, for one point or a grid. */
@Command(
        name = "lines",
        description = "Computes the lines of a molecule in one zone of gas (non-LTE, escape probability).",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: unblend lines --molecule co --tkin 20 --nh2 1e4 --column 1e16 --dv 1",
            "Example: unblend lines --grid in.csv --out out.csv"
        })
final class LinesCommand implements Callable<Integer> {
    /** Highest upper level that is listed. */
    private static final int HIGHEST = 10;

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(
            names = "--lamda",
            paramLabel = "DIR",
            description = "directory of LAMDA files (default: built-in molecules)")
    private Path lamda;

    @Mixin
    private ZoneOptions zone = new ZoneOptions();

    @Option(names = "--threads", paramLabel = "N", description = "threads (default: all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final Console console;

    LinesCommand(Console console) {
        this.console = console;
    }

    /** One point or a grid. */
    private static final class Input {
        @ArgGroup(exclusive = false)
        private One one;

        @ArgGroup(exclusive = false)
        private Grid grid;
    }

    private static final class One {
        @Option(names = "--molecule", required = true, paramLabel = "NAME", description = "such as co or HCO+")
        private String molecule;

        @Option(names = "--tkin", required = true, paramLabel = "K", description = "kinetic temperature [K]")
        private double tkin;

        @Option(
                names = "--nh2",
                paramLabel = "N",
                description = "density of H2 [cm-3], ortho and para in thermal ratio")
        private double nh2;

        @Option(names = "--nph2", paramLabel = "N", description = "density of para-H2 [cm-3]; needs --noh2")
        private double nph2 = Double.NaN;

        @Option(names = "--noh2", paramLabel = "N", description = "density of ortho-H2 [cm-3]; needs --nph2")
        private double noh2 = Double.NaN;

        @Option(names = "--ne", paramLabel = "N", description = "density of electrons [cm-3]")
        private double ne;

        @Option(names = "--nh", paramLabel = "N", description = "density of H [cm-3]")
        private double nh;

        @Option(names = "--nhe", paramLabel = "N", description = "density of He [cm-3]")
        private double nhe;

        @Option(names = "--nhp", paramLabel = "N", description = "density of H+ [cm-3]")
        private double nhp;

        @Option(names = "--column", required = true, paramLabel = "N", description = "column density [cm-2]")
        private double column;

        @Option(names = "--dv", required = true, paramLabel = "V", description = "line width, FWHM [km/s]")
        private double dv;

        @Option(names = "--tbg", paramLabel = "K", description = "background temperature [K] (default: 2.73)")
        private double tbg = LineGrid.COSMIC_BACKGROUND;

        @Option(names = "--diagram", paramLabel = "SVG", description = "draw the excitation diagram")
        private Path diagram;

        @Option(
                names = "--spectrum",
                paramLabel = "FILE",
                description = "the profiles of the lines: a figure (FILE.svg) or a table (FILE.csv)")
        private Path spectrum;
    }

    private static final class Grid {
        @Option(names = "--grid", required = true, paramLabel = "CSV", description = "table of points")
        private Path grid;

        @Option(names = "--out", required = true, paramLabel = "CSV", description = "table of lines to write")
        private Path out;
    }

    @Override
    public Integer call() throws IOException {
        return input.one != null ? one(input.one) : grid(input.grid);
    }

    private int one(One one) throws IOException {
        if (one.spectrum != null && !one.spectrum.toString().matches(".*\\.(csv|svg)")) {
            throw BadOption.of(
                    "--spectrum " + one.spectrum + " is neither a figure nor a table",
                    "let its name end in .svg or .csv");
        }
        MoleculeCatalog catalog = lamda == null ? MoleculeCatalog.builtIn() : MoleculeCatalog.lamda(lamda);
        LineTable.Point point;
        List<LineTable.Row> rows;
        try {
            Densities densities = new Densities(one.nh2, one.nph2, one.noh2, one.ne, one.nh, one.nhe, one.nhp);
            point = new LineTable.Point(
                    catalog.find(one.molecule), one.tkin, densities, one.column, one.dv, one.tbg, zone.physics());
            rows = LineTable.compute(List.of(point), HIGHEST, Parallel.SERIAL);
        } catch (IllegalArgumentException e) {
            throw BadOption.of(e);
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "%s  T %s K  %s cm-3  N %s cm-2  dv %s km/s  T_bg %s K%n",
                        point.molecule().name(),
                        one.tkin,
                        point.densities().text(),
                        one.column,
                        one.dv,
                        one.tbg);
        console.out().println(" J_up     freq [GHz]    T_ex [K]         tau     T_R [K]  flux [K km/s]  status");
        for (LineTable.Row row : rows) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%5d %14.6f %11.4f %11.3e %11.4e %14.4e  %s%n",
                            row.jUp(),
                            row.frequency(),
                            row.tex(),
                            row.tau(),
                            row.brightness(),
                            row.flux(),
                            row.status().name().toLowerCase(Locale.ROOT));
        }
        draw(one, point, rows);
        return ExitCode.OK;
    }

    private void draw(One one, LineTable.Point point, List<LineTable.Row> rows) throws IOException {
        try {
            if (one.diagram != null) {
                write(one.diagram, LinePictures.diagram(point, ExcitationDiagram.of(point, HIGHEST)));
            }
            if (one.spectrum != null) {
                boolean table = one.spectrum.toString().endsWith(".csv");
                write(one.spectrum, table ? LinePictures.spectrumCsv(point, rows) : LinePictures.spectrum(point, rows));
            }
        } catch (IllegalArgumentException e) {
            throw BadOption.of(e);
        }
    }

    private void write(Path file, String text) throws IOException {
        AtomicFile.write(file, text);
        console.out().println("written to " + file);
    }

    private int grid(Grid grid) throws IOException {
        LineGrid table = LineGrid.read(grid.grid, Optional.ofNullable(lamda), zone.physics());
        ExecutorService executor = Machine.workers(Math.max(1, threads));
        try {
            List<LineTable.Row> rows = LineTable.compute(table.points(), HIGHEST, new Parallel(executor));
            table.write(grid.out, rows);
            console.out()
                    .printf(
                            "%d lines of %d points in %s%n",
                            rows.size(), table.points().size(), grid.out);
            for (LineTable.Status status : LineTable.Status.values()) {
                long count = rows.stream().filter(r -> r.status() == status).count();
                if (status != LineTable.Status.OK && count > 0) {
                    console.out().println("  " + count + " " + status.name().toLowerCase(Locale.ROOT));
                }
            }
        } finally {
            executor.shutdownNow();
        }
        return ExitCode.OK;
    }
}
