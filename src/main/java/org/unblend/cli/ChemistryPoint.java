package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.unblend.chemistry.Budget;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Conditions;
import org.unblend.chemistry.Species;
import org.unblend.io.AtomicFile;
import org.unblend.plot.LinePlot;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** One chemical model: its abundances, its course as a figure, and what forms and destroys a species. */
final class ChemistryPoint {
    private static final int REACTIONS = 8;
    private static final double LEAST = 1e-20;

    /** The conditions. */
    static final class Options {
        @Option(names = "--av", required = true, paramLabel = "MAG", description = "visual extinction [mag]")
        private double av;

        @Option(names = "--nh", required = true, paramLabel = "N", description = "density of hydrogen nuclei [cm-3]")
        private double density;

        @Option(
                names = "--zeta",
                required = true,
                paramLabel = "Z",
                description = "ionisation by cosmic rays [1.3e-17 /s]")
        private double zeta;

        @ArgGroup(multiplicity = "1")
        private Field field;

        @Option(names = "--tkin", required = true, paramLabel = "K", description = "temperature [K]")
        private double temperature;

        @Option(names = "--mz", paramLabel = "Z", description = "metallicity (default: 1)")
        private double metallicity = 1;

        @Option(names = "--plot", paramLabel = "SVG", description = "figure of the abundances over time")
        private Path plot;

        @Option(names = "--budget", paramLabel = "X", description = "show what forms and destroys this species")
        private String budget;
    }

    private static final class Field {
        @Option(names = "--chi-habing", paramLabel = "F", description = "ultraviolet field [Habing]")
        private Double habing;

        @Option(names = "--chi-draine", paramLabel = "F", description = "the same [Draine], 1.7 Habing")
        private Double draine;
    }

    private final ChemistryModel model;
    private final List<String> names;
    private final Console console;

    ChemistryPoint(ChemistryModel model, List<String> names, Console console) {
        this.model = model;
        this.names = names;
        this.console = console;
    }

    int run(Options o) throws IOException {
        if (o.budget != null) {
            index(o.budget);
        }
        double habing = o.field.habing != null ? o.field.habing : o.field.draine * Conditions.DRAINE;
        Conditions c = new Conditions(o.av, o.density, o.zeta, habing, o.temperature, o.metallicity);
        List<double[]> course = new ArrayList<>();
        double[] before = {0};
        String[] phase = {""};
        ChemistryResult r = model.run().solve(c, (name, years, t, n, x) -> {
            // Time runs on through collapse and warming.
            if (phase[0].equals("collapse") && !name.equals("collapse")) {
                before[0] = course.get(course.size() - 1)[0];
            }
            phase[0] = name;
            double[] point = new double[names.size() + 1];
            point[0] = before[0] + years;
            for (int s = 0; s < names.size(); s++) {
                point[s + 1] = x[model.species().indexOf(names.get(s))];
            }
            course.add(point);
        });
        if (r.status() == ChemistryResult.Status.OUT_OF_DOMAIN) {
            throw ChemistryCommand.bad(r.message() + "; stay inside");
        }
        console.out()
                .printf(
                        Locale.ROOT,
                        "network %s: %d species, %d processes; %s, %d steps%n",
                        model.network().name(),
                        model.species().size(),
                        model.processes(),
                        model.settings()
                                .phases()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', ' '),
                        r.steps());
        if (r.status() != ChemistryResult.Status.OK) {
            console.err().println(r.message());
            return ExitCode.NOT_USABLE;
        }
        console.out().println("species      log10 x    N [cm-2]");
        for (String s : names) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%-10s %9.3f   %9.3e%n",
                            s,
                            r.log10(s),
                            Math.max(0, r.abundance(s)) * Conditions.COLUMN_PER_AV * c.av());
        }
        double worst = r.drift().values().stream().mapToDouble(Math::abs).max().orElse(0);
        console.out().printf(Locale.ROOT, "elements and charge are kept to %.0e%n", worst);
        if (o.budget != null) {
            budget(o.budget, c, r);
        }
        if (o.plot != null) {
            AtomicFile.write(o.plot, out -> out.write(figure(course)));
            console.out().println("  figure " + o.plot);
        }
        return ExitCode.OK;
    }

    /** @throws org.unblend.io.json.BadInput if the network lacks the species */
    private int index(String of) {
        String name = Species.parse(of).map(Species::name).orElse(of);
        int s = model.species().indexOf(name);
        if (s < 0) {
            throw ChemistryCommand.bad("the network has no species '" + of + "'; choose one of " + model.species());
        }
        return s;
    }

    private void budget(String of, Conditions c, ChemistryResult r) {
        int s = index(of);
        List<Budget.Entry> entries = Budget.of(model, c, r.abundances());
        for (int sign : new int[] {1, -1}) {
            List<Budget.Entry> side = entries.stream()
                    .filter(e -> sign * e.change()[s] * e.rate() > 0)
                    .sorted(Comparator.comparingDouble((Budget.Entry e) -> -Math.abs(e.change()[s] * e.rate())))
                    .toList();
            double total = side.stream()
                    .mapToDouble(e -> Math.abs(e.change()[s] * e.rate()))
                    .sum();
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%s of %s: %.3e per s and hydrogen nucleus%n",
                            sign > 0 ? "formation" : "destruction",
                            model.species().get(s),
                            total);
            for (Budget.Entry e : side.subList(0, Math.min(REACTIONS, side.size()))) {
                console.out()
                        .printf(
                                Locale.ROOT,
                                "%6.1f %%  %-40s %s%n",
                                100 * Math.abs(e.change()[s] * e.rate()) / total,
                                e.equation(),
                                e.source());
            }
        }
    }

    private String figure(List<double[]> course) {
        List<double[]> late = course.stream().filter(p -> p[0] >= 1).toList();
        double[] time = late.stream().mapToDouble(p -> Math.log10(p[0])).toArray();
        LinePlot.Style[] styles = {
            LinePlot.Style.BLUE,
            LinePlot.Style.RED,
            LinePlot.Style.BLACK,
            LinePlot.Style.BLUE_DASHED,
            LinePlot.Style.GREY_DASHED
        };
        List<LinePlot.Panel> panels = new ArrayList<>();
        // A panel holds as many species as there are ways to draw them.
        for (int from = 0; from < names.size(); from += styles.length) {
            List<LinePlot.Series> series = new ArrayList<>();
            for (int s = from; s < Math.min(names.size(), from + styles.length); s++) {
                int column = s + 1;
                series.add(new LinePlot.Series(
                        names.get(s),
                        styles[s - from],
                        time,
                        late.stream()
                                .mapToDouble(p -> Math.log10(Math.max(LEAST, p[column])))
                                .toArray()));
            }
            panels.add(new LinePlot.Panel("log10 x", series));
        }
        String title = model.settings().phases() == ChemistrySettings.Phases.TWO_PHASE
                ? "Abundances through collapse and warming"
                : "Abundances";
        return LinePlot.svg(title, "log10 time [yr]", panels);
    }
}
