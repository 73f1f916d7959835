package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Species;
import org.unblend.io.chemistry.ChemistryGrid;
import org.unblend.io.chemistry.ChemistryRows;
import org.unblend.io.chemistry.NetworkFile;
import org.unblend.io.json.BadInput;
import org.unblend.math.Parallel;
import org.unblend.model.Nearest;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code chemistry}: abundances for one set of conditions or a table. */
@Command(
        name = "chemistry",
        description = "Computes abundances of molecules from the conditions of the gas.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: unblend chemistry --av 10 --nh 1e5 --zeta 1 --chi-habing 1 --tkin 30",
            "Example: unblend chemistry --grid in.csv --out out.csv --network umist12.csv"
        })
final class ChemistryCommand implements Callable<Integer> {
    private static final List<String> USUAL =
            List.of("CO", "CS", "HCN", "HCO+", "H", "H2", "C", "C+", "O", "N", "S", "e-");

    private static final long TEN_SECONDS = 10_000_000_000L;

    @ArgGroup(multiplicity = "1")
    private Input input;

    @Option(names = "--network", paramLabel = "FILE", description = "network of UMIST or KIDA (default: built-in)")
    private Path network;

    @Option(names = "--species", split = ",", paramLabel = "X,Y", description = "species to show")
    private List<String> species = USUAL;

    @Option(
            names = "--phases",
            paramLabel = "two_phase|static|steady",
            description = "collapse and warming (default), constant conditions, or these until nothing changes")
    private ChemistrySettings.Phases phases = ChemistrySettings.Phases.TWO_PHASE;

    @Option(names = "--years", paramLabel = "YR", description = "duration at the final density [yr] (default: 1e7)")
    private double years = ChemistrySettings.STANDARD.years();

    @Option(names = "--freezing", description = "let gas freeze at the final density while it is below 30 K")
    private boolean freezing;

    @Option(
            names = "--element",
            paramLabel = "E=X",
            description = "abundance of an element per hydrogen nucleus, such as Si=3.2e-5; may be repeated")
    private Map<String, Double> elements = Map.of();

    @Option(
            names = "--uclchem",
            description = "what UCLCHEM 1.3 does otherwise: fewer electrons than ions at the start, freezing takes no"
                    + " hydrogen, cosmic-ray rates as tabulated")
    private boolean uclchem;

    @Option(names = "--threads", paramLabel = "N", description = "threads (default: all cores)")
    private int threads = Runtime.getRuntime().availableProcessors();

    private final Console console;

    ChemistryCommand(Console console) {
        this.console = console;
    }

    /** One model or a table. */
    private static final class Input {
        @ArgGroup(exclusive = false)
        private ChemistryPoint.Options one;

        @ArgGroup(exclusive = false)
        private Grid grid;
    }

    private static final class Grid {
        @Option(names = "--grid", required = true, paramLabel = "CSV", description = "table of conditions")
        private Path grid;

        @Option(names = "--out", required = true, paramLabel = "CSV", description = "table of abundances to write")
        private Path out;
    }

    @Override
    public Integer call() throws IOException {
        ChemistryModel model;
        try {
            model = new ChemistryModel(NetworkFile.read(Optional.ofNullable(network)), settings());
        } catch (IllegalArgumentException e) {
            throw bad(e.getMessage());
        }
        List<String> names = names(model);
        return input.one != null
                ? new ChemistryPoint(model, names, console).run(input.one)
                : grid(model, names, input.grid);
    }

    private ChemistrySettings settings() {
        ChemistrySettings settings =
                ChemistrySettings.STANDARD.with(phases).lasting(years).freezing(freezing);
        var abundances = settings.elements();
        for (var e : elements.entrySet()) {
            abundances = abundances.with(e.getKey(), e.getValue());
        }
        settings = settings.with(abundances);
        return uclchem
                ? settings.with(ChemistrySettings.Start.UCLCHEM_1_3).with(ChemistrySettings.Bookkeeping.UCLCHEM_1_3)
                : settings;
    }

    static BadInput bad(String message) {
        return BadOption.of(new IllegalArgumentException(message));
    }

    private List<String> names(ChemistryModel model) {
        List<String> names = new ArrayList<>();
        for (String s : species) {
            String name = Species.parse(s.strip()).map(Species::name).orElse(s);
            if (model.species().contains(name)) {
                names.add(name);
            } else if (!species.equals(USUAL)) {
                throw bad("the network " + model.network().name() + " has no species '" + s + "'; "
                        + Nearest.hint(name, model.species()));
            }
        }
        return names;
    }

    private int grid(ChemistryModel model, List<String> names, Grid files) throws IOException {
        ChemistryGrid table = ChemistryGrid.read(files.grid);
        int rows = table.conditions().size();
        ChemistryRows answer = new ChemistryRows(model, table, names, files.out);
        if (answer.resumed() > 0) {
            console.out().println("resuming the table that was interrupted");
        }
        ChemistryResult.Status[] status;
        ExecutorService executor = Machine.workers(Math.max(1, threads));
        long begin = console.clock().getAsLong();
        long[] shown = {begin};
        try {
            status = answer.run(new Parallel(executor), to -> {
                long now = console.clock().getAsLong();
                if (now - shown[0] > TEN_SECONDS && to < rows) {
                    shown[0] = now;
                    double left = (now - begin) * 1e-9 * (rows - to) / to;
                    console.err().printf(Locale.ROOT, "chemistry  %d of %d  eta %.0f s%n", to, rows, left);
                    console.err().flush();
                }
            });
        } finally {
            executor.shutdownNow();
        }
        console.out()
                .printf(
                        "%d models with %d species and %d processes in %s%n",
                        rows, model.species().size(), model.processes(), files.out);
        boolean all = true;
        for (ChemistryResult.Status s : ChemistryResult.Status.values()) {
            long count = Arrays.stream(status).filter(s::equals).count();
            if (s != ChemistryResult.Status.OK && count > 0) {
                console.out().println("  " + count + " " + s.name().toLowerCase(Locale.ROOT));
                all = false;
            }
        }
        return all ? ExitCode.OK : ExitCode.NOT_USABLE;
    }
}
