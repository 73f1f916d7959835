package org.unblend.mcmc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.unblend.diagnose.Chains;
import org.unblend.infer.ChainPath;
import org.unblend.infer.Finding;
import org.unblend.infer.Samples;

/** Verdicts on Markov chains by the rules of Vehtari et al. 2021: R-hat below 1.01, 100 effective draws per chain. */
public final class ChainChecks {
    private static final double GOOD = 1.01;
    private static final double BAD = 1.1;
    private static final int DRAWS_PER_CHAIN = 100;
    private static final double LEAST_EBFMI = 0.3;

    private ChainChecks() {}

    /** One column of the draws with its statistics. */
    private record Column(String name, double rhat, double bulk, double tail) {}

    /** R-hat and effective sizes of all parameters of weighted draws that come from chains. */
    public static List<Finding> convergence(Samples samples, String what) {
        ChainPath path = samples.chains().orElseThrow();
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < samples.names().size(); j++) {
            columns.add(column(samples.names().get(j), path.split(samples.column(j))));
        }
        return verdict(columns, path.chains(), what);
    }

    /** The same for named series, {@code [chains * draws]} each. */
    public static List<Finding> convergence(List<String> names, List<double[]> series, ChainPath path, String what) {
        return verdict(
                IntStream.range(0, names.size())
                        .mapToObj(j -> column(names.get(j), path.split(series.get(j))))
                        .toList(),
                path.chains(),
                what);
    }

    private static Column column(String name, double[][] x) {
        return new Column(name, Chains.rhat(x), Chains.essBulk(x), Chains.essTail(x));
    }

    private static List<Finding> verdict(List<Column> columns, int chains, String what) {
        List<Column> known = columns.stream().filter(c -> !Double.isNaN(c.rhat)).toList();
        if (known.isEmpty()) {
            return List.of(Finding.fatal(
                    "R-hat of " + what,
                    "nothing moved in any chain",
                    "check the model for priors or data without effect"));
        }
        Column worst =
                known.stream().max(Comparator.comparingDouble(Column::rhat)).orElseThrow();
        Column few = known.stream()
                .min(Comparator.comparingDouble(c -> Math.min(c.bulk, c.tail)))
                .orElseThrow();
        double least = Math.min(few.bulk, few.tail);
        String mixed = String.format(Locale.ROOT, "largest %.3f (%s)", worst.rhat, worst.name);
        String size = String.format(Locale.ROOT, "smallest bulk %.0f, tail %.0f (%s)", few.bulk, few.tail, few.name);
        String longer =
                "run longer chains (\"engine\": {\"draws\": N, \"warmup\": N}), or write the model in other quantities";
        return List.of(
                worst.rhat < GOOD
                        ? Finding.ok("R-hat of " + what, mixed)
                        : worst.rhat < BAD
                                ? Finding.caution("R-hat of " + what, mixed + ", above 1.01: chains differ", longer)
                                : Finding.fatal("R-hat of " + what, mixed + ": chains did not find the same", longer),
                least >= (double) DRAWS_PER_CHAIN * chains
                        ? Finding.ok("effective draws of " + what, size)
                        : Finding.caution(
                                "effective draws of " + what,
                                size + ", below " + DRAWS_PER_CHAIN + " per chain",
                                longer));
    }

    /** Divergences, truncated trajectories and energy of Hamiltonian chains. */
    static List<Finding> hamiltonian(ChainPath path, int deepest) {
        List<Finding> findings = new ArrayList<>();
        double divergent = sum(path.figures().get("diverging"));
        int n = path.chains() * path.draws();
        String count = String.format(Locale.ROOT, "%.0f of %d draws", divergent, n);
        findings.add(
                divergent == 0
                        ? Finding.ok("divergences", count)
                        : Finding.caution(
                                "divergences",
                                count
                                        + ": the posterior has bends that the step size cannot follow, the draws may miss them",
                                "set \"acceptance\" to 0.95 or 0.99, or write the model in other quantities"));
        double full = 0;
        for (double depth : path.figures().get("tree_depth")) {
            full += depth >= deepest ? 1 : 0;
        }
        String cut = String.format(Locale.ROOT, "%.0f of %d trajectories were cut at 2^%d steps", full, n, deepest);
        findings.add(
                full == 0
                        ? Finding.ok("tree depth", cut)
                        : Finding.caution("tree depth", cut, "set \"depth\" higher, or try the dense metric"));
        double least = Double.POSITIVE_INFINITY;
        for (double[] energy : path.split(path.figures().get("energy"))) {
            least = Math.min(least, Chains.ebfmi(energy));
        }
        String fraction = String.format(Locale.ROOT, "smallest E-BFMI %.2f", least);
        findings.add(
                least > LEAST_EBFMI
                        ? Finding.ok("energy", fraction)
                        : Finding.caution(
                                "energy",
                                fraction + ", below 0.3: tails are explored slowly",
                                "run longer, or write the model in other quantities"));
        return findings;
    }

    private static double sum(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v;
        }
        return sum;
    }
}
