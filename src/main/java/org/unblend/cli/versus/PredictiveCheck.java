package org.unblend.cli.versus;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.density.Predictions;
import org.unblend.diagnose.Weighted;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;

/**
 * Whether a fit would give such data again. For each draw of θ, data are replicated from it, and the deviance
 * {@code -2 ln p(x | θ)} of the data is set beside that of the replicate. Under a model that describes the data, and draws
 * of its posterior, either is the larger one about as often; a point that follows the noise has data of a smaller deviance
 * than its own replicates (Gelman, Meng & Stern 1996, Statistica Sinica 6, 733).
 *
 * @param observed deviance of the data, mean over draws
 * @param replicated deviance of the replicates, mean over draws
 * @param spread standard deviation of these
 * @param above share of the draws whose replicate has the larger deviance
 * @param inside share of the data inside the central 95 % of what is predicted for their entry
 */
record PredictiveCheck(double observed, double replicated, double spread, double above, double inside) {
    /** Numbers that are replicated, at about the most. */
    private static final int MOST_NUMBERS = 8_000_000;

    private static final int FEWEST = 40;
    private static final int MOST = 400;

    /**
     * Checks draws of θ.
     *
     * @param theta {@code [rows x dimension]}, not modified; rows are taken in turn, as often as needed
     * @return empty if there are too many data to replicate them
     */
    static Optional<PredictiveCheck> of(
            CompiledModel model, double[] theta, int rows, RandomStream random, Parallel parallel) {
        int entries = model.graph().observations().stream()
                .mapToInt(o -> o.dims().size())
                .sum();
        int n = Math.min(MOST, MOST_NUMBERS / entries);
        if (n < FEWEST) {
            return Optional.empty();
        }
        int d = model.dimension();
        double[] taken = new double[n * d];
        for (int r = 0; r < n; r++) {
            int row = rows >= n ? (int) ((long) r * rows / n) : r % rows;
            System.arraycopy(theta, row * d, taken, r * d, d);
        }
        List<double[]> replicated =
                Predictions.of(model, taken, n, random, parallel).replicated();
        double[] own = new double[n];
        model.logLikelihood(taken, own, n);
        double[] other = new double[n];
        parallel.forRanges(n, 1, (from, to) -> {
            for (int r = from; r < to; r++) {
                double[] log = new double[1];
                new CompiledModel(with(model.graph(), replicated, r))
                        .logLikelihood(Arrays.copyOfRange(taken, r * d, (r + 1) * d), log, 1);
                other[r] = log[0];
            }
        });
        double[] equal = new double[n];
        Arrays.fill(equal, 1.0 / n);
        double above = 0;
        for (int r = 0; r < n; r++) {
            above += (other[r] < own[r] ? 1.0 : other[r] == own[r] ? 0.5 : 0) / n;
        }
        return Optional.of(new PredictiveCheck(
                -2 * Weighted.mean(own, equal),
                -2 * Weighted.mean(other, equal),
                2 * Weighted.sd(other, equal),
                above,
                inside(model.graph(), replicated, n)));
    }

    /** The graph with data as they were replicated from one draw. */
    private static ModelGraph with(ModelGraph graph, List<double[]> replicated, int row) {
        List<Node> nodes = new ArrayList<>();
        int next = 0;
        for (Node node : graph.nodes()) {
            if (node instanceof Observation o) {
                int size = o.dims().size();
                double[] data = Arrays.copyOfRange(replicated.get(next++), row * size, (row + 1) * size);
                double[] weights = o.weights();
                // Entries that are missing have no replicate, and count for nothing.
                Arrays.setAll(data, e -> weights[e] > 0 ? data[e] : 0);
                nodes.add(new Observation(o.name(), o.dims(), o.unit(), o.likelihood(), data, weights));
            } else {
                nodes.add(node);
            }
        }
        return new ModelGraph(graph.name(), nodes);
    }

    private static double inside(ModelGraph graph, List<double[]> replicated, int n) {
        double[] equal = new double[n];
        Arrays.fill(equal, 1);
        int counted = 0;
        int inside = 0;
        for (int o = 0; o < replicated.size(); o++) {
            Observation x = graph.observations().get(o);
            double[] data = x.data();
            double[] weights = x.weights();
            for (int e = 0; e < data.length; e++) {
                if (weights[e] > 0) {
                    double[] column = new double[n];
                    for (int r = 0; r < n; r++) {
                        column[r] = replicated.get(o)[r * data.length + e];
                    }
                    double[] q = Weighted.quantiles(column, equal, 0.025, 0.975);
                    counted++;
                    inside += data[e] >= q[0] && data[e] <= q[1] ? 1 : 0;
                }
            }
        }
        return inside / (double) counted;
    }
}
