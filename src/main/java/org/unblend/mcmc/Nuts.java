package org.unblend.mcmc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unblend.infer.ChainPath;
import org.unblend.infer.Progress;
import org.unblend.infer.RunContext;

/**
 * Hamiltonian Monte Carlo without U-turns on any smooth density, see {@link NutsChain}.
 *
 * @param chains number of chains
 * @param warmup transitions that adapt step size and metric and are thrown away
 * @param draws draws per chain
 * @param acceptance mean acceptance that the step size aims at, 0.6 to 0.99: higher is slower and follows sharper bends
 * @param dense true for a full covariance as metric, false for variances alone
 * @param deepest a trajectory has at most 2^deepest steps
 */
public record Nuts(int chains, int warmup, int draws, double acceptance, boolean dense, int deepest) {

    /** Four chains of 1000 draws after 1000 transitions of warm-up, diagonal metric. */
    public static final Nuts STANDARD = new Nuts(4, 1000, 1000, 0.8, false, 10);

    static final String NAME = "nuts";

    public Nuts {
        if (chains < 1 || warmup < 20 || draws < 8) {
            throw new IllegalArgumentException(
                    "NUTS needs at least 1 chain, 20 transitions of warm-up and 8 draws, got " + chains + ", " + warmup
                            + ", " + draws);
        }
        if (!(acceptance > 0.5 && acceptance < 1) || deepest < 1 || deepest > 20) {
            throw new IllegalArgumentException(
                    "the acceptance must be between 0.5 and 1 and the depth from 1 to 20, got " + acceptance + " and "
                            + deepest);
        }
    }

    /**
     * Draws of a density.
     *
     * @param z {@code [chains * draws x dimension]}, one chain after the other
     * @param logDensity {@code [chains * draws]}
     * @param path chains, and figures {@code energy, acceptance_rate, tree_depth, diverging, step_size, n_steps}
     * @param gradients gradient evaluations in all, warm-up left out
     * @param stopped why the run ended early, if it did
     */
    public record Drawn(double[] z, double[] logDensity, ChainPath path, long gradients, Optional<String> stopped) {}

    /**
     * Samples.
     *
     * @param starts one point of positive density per chain, {@code [dimension]} each
     * @param context its random stream, executor, budget and journal are used
     * @throws IllegalArgumentException if a start has no density or their number is not that of the chains
     */
    public Drawn sample(LogDensity target, List<double[]> starts, RunContext context) {
        if (starts.size() != chains) {
            throw new IllegalArgumentException(chains + " chains need as many starts, got " + starts.size());
        }
        List<NutsChain> running = new ArrayList<>();
        for (double[] start : starts) {
            running.add(new NutsChain(target, start, warmup, acceptance, dense, deepest));
        }
        ChainRunner.Drawn drawn = new ChainRunner(NAME, warmup, draws, 1)
                .run(
                        running,
                        context,
                        (done, iteration, latest) -> status(done, iteration, latest, target.dimension()));
        return collect(drawn, target.dimension());
    }

    private Progress.Status status(double done, int iteration, List<double[]> latest, int d) {
        int width = d + NutsChain.FIGURES;
        double log = 0;
        double steps = 0;
        double divergent = 0;
        int rows = 0;
        for (double[] block : latest) {
            for (int at = 0; at + width <= block.length && rows < 25 * chains; at += width, rows++) {
                log += block[at + d];
                steps += block[at + d + 6];
                divergent += block[at + d + 4];
            }
        }
        return new Progress.Status(
                NAME,
                done,
                String.format(Locale.ROOT, "log density %.2f", log / Math.max(1, rows)),
                String.format(
                        Locale.ROOT,
                        "%s, %.0f steps per draw",
                        iteration < warmup ? "warm-up" : "draw " + (iteration - warmup),
                        steps / Math.max(1, rows)),
                (long) iteration * chains,
                divergent == 0 || iteration < warmup ? "ok" : "divergent trajectories");
    }

    private Drawn collect(ChainRunner.Drawn drawn, int d) {
        int width = d + NutsChain.FIGURES;
        int n = drawn.draws();
        double[] z = new double[chains * n * d];
        double[][] figures = new double[NutsChain.FIGURES][chains * n];
        long gradients = 0;
        for (int c = 0; c < chains; c++) {
            double[] values = drawn.values().get(c);
            for (int i = 0; i < n; i++) {
                int row = c * n + i;
                System.arraycopy(values, i * width, z, row * d, d);
                for (int f = 0; f < NutsChain.FIGURES; f++) {
                    figures[f][row] = values[i * width + d + f];
                }
                gradients += Math.round(figures[6][row]);
            }
        }
        Map<String, double[]> named = new LinkedHashMap<>();
        List<String> names = List.of("energy", "acceptance_rate", "tree_depth", "diverging", "step_size", "n_steps");
        for (int f = 0; f < names.size(); f++) {
            named.put(names.get(f), figures[f + 1]);
        }
        return new Drawn(z, figures[0], new ChainPath(chains, n, named), gradients, drawn.stopped());
    }
}
