package org.unblend.cli.validate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.unblend.chemistry.Conditions;
import org.unblend.chemistry.GasLines;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Planner;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;
import org.unblend.io.run.LoadedRun;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Parallel;
import org.unblend.model.Observation;
import org.unblend.model.RowStatus;

/**
 * The simulated gas of de Mijolla 2022, tables 2.3 and 2.5: the runs {@code simulated-one-phase-chemistry} and the like.
 * Keys: {@code data}, the largest relative difference of the intensities in the runs' data from those computed anew, and
 * {@code printed} of those that the thesis prints; {@code outside RUN}, how many true parameters lie outside the central 99 % interval; {@code narrower T one-phase} and the like:
 * the width of the central 89 % interval of T, and of log10 n, without chemistry over that with chemistry; of two phases,
 * the smaller ratio of both. Below the table stand all intervals, and those of the printed intensities.
 *
 * <p>Phases are exchangeable: each draw's phase of lower density counts as the first.
 */
record SimulatedGasCheck(Planner planner) implements DetailedCheck {
    private static final double[] WARM = {40, 5e5, 100, 10, 150, 0.9, 50};
    private static final double[] COLD = {3, 2e4, 10, 10, 50, 0.9, 50};
    private static final double FILL_COLD = 0.7;
    private static final double FILL_WARM = 0.3;
    private static final List<String> OWN = List.of("A_V", "n_H", "zeta", "chi", "T_kin", "m_Z", "dv");

    /** One parameter's posterior. */
    private record Marginal(String name, double truth, double[] quantiles, boolean logarithmic) {
        boolean outside() {
            return truth < quantiles[0] || truth > quantiles[4];
        }

        double width() {
            return logarithmic ? Math.log10(quantiles[3] / quantiles[1]) : quantiles[3] - quantiles[1];
        }
    }

    @Override
    public Outcome detailed(Path folder, Path data, Parallel parallel, Consumer<String> told) throws IOException {
        Path runs = folder.toAbsolutePath().normalize().getParent().getParent().resolve("runs");
        GasLines direct = DirectGas.of(DirectGas.LINES, 1);
        double[] warm = DirectGas.intensities(direct, WARM);
        double[] cold = DirectGas.intensities(direct, COLD);
        Map<String, Measured> ours = new LinkedHashMap<>();
        StringBuilder text = new StringBuilder();
        double off = 0;
        double printed = 0;
        for (String phases : List.of("one-phase", "two-phase")) {
            boolean two = phases.startsWith("two");
            Map<String, List<Marginal>> found = new LinkedHashMap<>();
            for (String kind : List.of("chemistry", "lines", "chemistry-printed", "lines-printed")) {
                String name = "simulated-" + phases + "-" + kind;
                LoadedRun run = RunLoader.load(runs.resolve(name + ".json"), Optional.empty());
                Result result = new RunCheck(planner).run(run, run.file().seed().orElse(1), parallel);
                List<Marginal> marginals = marginals(result.samples(), two);
                told.accept("  " + name + ": " + result.evidence().orElseThrow().logZ() + " " + result.verdict());
                text.append(table(name, marginals));
                double[] observed = ((Observation) run.model().graph().node("I").orElseThrow()).data();
                double difference = 0;
                for (int l = 0; l < observed.length; l++) {
                    double expected = two ? FILL_COLD * cold[l] + FILL_WARM * warm[l] : warm[l];
                    difference = Math.max(difference, Math.abs(observed[l] / expected - 1));
                }
                if (kind.endsWith("printed")) {
                    printed = Math.max(printed, difference);
                    continue;
                }
                off = Math.max(off, difference);
                found.put(kind, marginals);
                ours.put(
                        "outside " + phases + " " + kind,
                        Measured.exact(
                                marginals.stream().filter(Marginal::outside).count()));
            }
            for (String quantity : List.of("T_kin", "n_H")) {
                ours.put("narrower " + quantity + " " + phases, Measured.exact(narrower(quantity, found)));
            }
        }
        ours.put("data", Measured.exact(off));
        ours.put("printed", Measured.exact(printed));
        return new Outcome(ours, text.toString());
    }

    private static double narrower(String quantity, Map<String, List<Marginal>> found) {
        List<Marginal> with = named(quantity, found.get("chemistry"));
        List<Marginal> without = named(quantity.equals("n_H") ? "n_H2" : quantity, found.get("lines"));
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < with.size(); i++) {
            least = Math.min(least, without.get(i).width() / with.get(i).width());
        }
        return least;
    }

    private static List<Marginal> named(String quantity, List<Marginal> all) {
        return all.stream().filter(m -> base(m.name).equals(quantity)).toList();
    }

    private static String base(String name) {
        return name.replaceFirst("_[12]$", "");
    }

    private static List<Marginal> marginals(Samples samples, boolean two) {
        List<String> names = samples.names();
        String density = names.contains("n_H_1") || names.contains("n_H") ? "n_H" : "n_H2";
        List<Marginal> all = new ArrayList<>();
        for (String name : names) {
            double[] x = samples.column(names.indexOf(name)).clone();
            if (two && !base(name).equals(name)) {
                String other = base(name) + (name.endsWith("1") ? "_2" : "_1");
                double[] y = samples.column(names.indexOf(other));
                double[] first = samples.column(names.indexOf(density + "_1"));
                double[] second = samples.column(names.indexOf(density + "_2"));
                for (int i = 0; i < x.length; i++) {
                    x[i] = first[i] <= second[i] ? x[i] : y[i];
                }
            }
            double truth = truth(base(name), two ? name.endsWith("_1") ? COLD : WARM : WARM, name);
            double[] q = Weighted.quantiles(x, samples.weights(), 0.005, 0.055, 0.5, 0.945, 0.995);
            boolean logarithmic = base(name).matches("n_.*|zeta|chi|N_.*");
            all.add(new Marginal(name, truth, q, logarithmic));
        }
        return all;
    }

    private static double truth(String base, double[] gas, String name) {
        if (base.equals("fill")) {
            return name.endsWith("_1") ? FILL_COLD : FILL_WARM;
        }
        if (base.equals("n_H2")) {
            return gas[1];
        }
        if (base.startsWith("N_")) {
            String species = base.substring(2, base.length() - 3);
            double[] x = new double[1];
            DirectGas.chemistry(List.of(species)).evaluate(gas, x, new RowStatus[1], 1);
            return x[0] * Conditions.COLUMN_PER_AV * gas[0] / gas[6];
        }
        return gas[OWN.indexOf(base)];
    }

    private static String table(String name, List<Marginal> marginals) {
        StringBuilder t = new StringBuilder("## " + name + "\n\n| parameter | true | median | 89 % | 99 % | |\n");
        t.append("|---|---|---|---|---|---|\n");
        for (Marginal m : marginals) {
            double[] q = m.quantiles;
            t.append(String.format(
                    Locale.ROOT,
                    "| %s | %.4g | %.4g | %.4g-%.4g | %.4g-%.4g | %s |%n",
                    m.name,
                    m.truth,
                    q[2],
                    q[1],
                    q[3],
                    q[0],
                    q[4],
                    m.outside() ? "outside" : ""));
        }
        return t.append('\n').toString();
    }
}
