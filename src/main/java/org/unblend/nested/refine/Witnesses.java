package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Draws of nested sampling that a proposal was not fitted to, and the importance weights that they would have, had they been
 * drawn from it. Where the posterior reaches to places that the proposal hardly visits, these weights are high: the part of
 * the posterior at weights above t must be the same by the witnesses, {@code P(w > t)}, and by the draws of the proposal,
 * {@code sum_{w > t} w / sum w}. Arrays are not modified.
 *
 * @param cloud the draws
 * @param logWeight ln(likelihood prior / (proposal keep)) at each
 */
record Witnesses(Cloud cloud, double[] logWeight) {
    /** Parts of the posterior, by the draws of the proposal, at which the two are compared. */
    private static final double[] SHARES = {0.01, 0.02, 0.05, 0.1, 0.2};

    /** Draws of nested sampling come in families: so many count as one. */
    private static final double FAMILY = 2;

    /**
     * Where witnesses and draws differ most.
     *
     * @param share part of the posterior above some weight, by the draws of the proposal
     * @param seen the same by the witnesses
     * @param z the difference in standard errors
     */
    record Excess(double share, double seen, double z) {}

    static Witnesses of(Proposal p, Cloud cloud) {
        return new Witnesses(cloud, p.logWeights(cloud.u(), cloud.logL()));
    }

    /** Weight of the witnesses whose importance weight is above all that were drawn. */
    double missed(Sum sum) {
        return above(Arrays.stream(sum.logWeight()).max().orElse(Double.NEGATIVE_INFINITY));
    }

    /** Whether the witnesses see more at high weights than the draws do. */
    Excess excess(Sum sum) {
        double[] w = sum.logWeight().clone();
        Arrays.sort(w);
        double highest = w[w.length - 1];
        double all = Arrays.stream(w).map(v -> Math.exp(v - highest)).sum();
        Excess worst = new Excess(0, 0, 0);
        double tail = 0;
        double squares = 0;
        int next = w.length - 1;
        for (double share : SHARES) {
            for (; next > 0 && tail < share * all; next--) {
                double v = Math.exp(w[next] - highest);
                tail += v;
                squares += v * v;
            }
            double part = tail / all;
            double seen = above(w[next]);
            double variance = part * (1 - part) * FAMILY / cloud.ess() + squares / (all * all);
            double z = (seen - part) / Math.sqrt(variance);
            worst = z > worst.z ? new Excess(part, seen, z) : worst;
        }
        return worst;
    }

    /** Weight of the witnesses whose importance weight is above this. */
    double above(double least) {
        return IntStream.range(0, logWeight.length)
                .filter(i -> logWeight[i] > least)
                .mapToDouble(i -> cloud.weight()[i])
                .sum();
    }
}
