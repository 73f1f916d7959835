package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.Optional;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * What is proposed from: a mixture with a part that is the prior, thinned by a network or not. Immutable; used by several
 * threads.
 *
 * @param chart where the mixture lives
 * @param mixture the mixture
 * @param d dimension
 * @param thinning which candidates are worth an evaluation; none: all
 * @param kind in words
 */
record Proposal(Chart chart, EllipticMixture mixture, int d, Optional<Thinning> thinning, String kind) {
    /** Share of the prior. */
    private static final double PRIOR = 0.03;

    /** Share of the wide part. */
    private static final double WIDE = 0.5;

    /** Candidates that are made together. */
    static final int PIECE = 512;

    /**
     * Candidates worth evaluating.
     *
     * @param z their positions, {@code [rows x d]}
     * @param u the same in the unit cube
     * @param logFactor {@code ln(prior / (proposal keep))}: what the likelihood must be multiplied by
     * @param rows how many
     * @param candidates how many there were before thinning, outside of the prior's support and all
     */
    record Kept(double[] z, double[] u, double[] logFactor, int rows, int candidates) {}

    /** Thinned; {@link #wide(Cloud, RandomStream, Parallel)} should come first. */
    Proposal with(Thinning t) {
        return new Proposal(chart, mixture, d, Optional.of(t), "learned shells in " + kind);
    }

    /**
     * With a part that is fitted to a flattened posterior: thinning makes it cheap, and where nothing is proposed nothing
     * can be learned.
     */
    Proposal wide(Cloud flattened, RandomStream random, Parallel parallel) {
        Proposal flat = BestFit.in(this, flattened, random, parallel);
        return new Proposal(chart, mixture.and(flat.mixture, WIDE), d, Optional.empty(), kind);
    }

    /** Draws one piece of candidates. */
    Kept draw(RandomStream stream) {
        RandomSource random = stream.generator();
        double[] z = candidates(random, PIECE);
        double[] keep = thinning.map(t -> t.logKeep(z, PIECE)).orElseGet(() -> new double[PIECE]);
        double[] kept = new double[PIECE * d];
        double[] logFactor = new double[PIECE];
        double[] scratch = new double[mixture.components()];
        int rows = 0;
        for (int i = 0; i < PIECE; i++) {
            double prior = chart.logPrior(z, i * d);
            boolean wanted = keep[i] >= 0 || Math.log(random.nextOpen()) < keep[i];
            if (wanted && prior > Double.NEGATIVE_INFINITY) {
                System.arraycopy(z, i * d, kept, rows * d, d);
                logFactor[rows++] = prior - logMixture(z, i * d, prior, scratch) - keep[i];
            }
        }
        double[] positions = Arrays.copyOf(kept, rows * d);
        return new Kept(positions, chart.toCube(positions), Arrays.copyOf(logFactor, rows), rows, PIECE);
    }

    /** Draws of the mixture with its prior part, not thinned, {@code [n x d]}. */
    double[] candidates(RandomSource random, int n) {
        double[] z = new double[n * d];
        for (int i = 0; i < n; i++) {
            if (random.nextOpen() >= PRIOR) {
                mixture.draw(random, z, i * d);
                continue;
            }
            chart.drawPrior(random, z, i * d);
        }
        return z;
    }

    /** ln(prior / mixture) at each of the points, thinning apart. */
    double[] logFactors(double[] z) {
        int n = z.length / d;
        double[] factor = new double[n];
        double[] scratch = new double[mixture.components()];
        for (int i = 0; i < n; i++) {
            double prior = chart.logPrior(z, i * d);
            factor[i] = prior - logMixture(z, i * d, prior, scratch);
        }
        return factor;
    }

    /** ln of the importance weights that these points of the cube would have, had they been drawn. */
    double[] logWeights(double[] u, double[] logL) {
        double[] z = chart.of(u);
        double[] weight = logFactors(z);
        double[] keep = thinning.map(t -> t.logKeep(z, logL.length)).orElseGet(() -> new double[logL.length]);
        for (int i = 0; i < weight.length; i++) {
            weight[i] += logL[i] - keep[i];
        }
        return weight;
    }

    /**
     * How well the proposal fits weighted draws of the posterior: minus Renyi's divergence of order 1.5 of the posterior from it, up to
     * a constant that is common to all proposals, {@code -2 ln E[sqrt(w(x))] - ln kept}. The divergence of order 1 (mean
     * log density) hardly minds a proposal that has a hundredth of what it should have where the posterior has a fiftieth of its weight; that of
     * order 2 (effective draws) is ruled by single draws.
     *
     * @param kept the part of the candidates that is kept, as {@link #keptPart} finds it
     */
    double score(Cloud cloud, double kept) {
        return -logMoment(cloud, 0.5) / 0.5 - Math.log(kept);
    }

    /**
     * ln of the effective draws per evaluation, up to a constant that is common to all proposals: with posterior draws x
     * and weights {@code w = L pi / (q keep)}, evaluations per effective draw are {@code kept E[w(x)] / Z}.
     *
     * @param kept as for {@link #score}
     */
    double logEfficiency(Cloud cloud, double kept) {
        return -logMoment(cloud, 1) - Math.log(kept);
    }

    /** ln E[w^power] over these draws. */
    private double logMoment(Cloud cloud, double power) {
        double[] w = logWeights(cloud.u(), cloud.logL());
        for (int i = 0; i < w.length; i++) {
            w[i] = power * w[i] + Math.log(cloud.weight()[i]);
        }
        return LogSum.of(w);
    }

    /** The part of these candidates that is kept, and inside. */
    double keptPart(double[] candidates) {
        int n = candidates.length / d;
        double[] keep = thinning.map(t -> t.logKeep(candidates, n)).orElseGet(() -> new double[n]);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += chart.logPrior(candidates, i * d) > Double.NEGATIVE_INFINITY ? Math.exp(keep[i]) : 0;
        }
        return Math.max(sum, 1) / n;
    }

    private double logMixture(double[] z, int at, double prior, double[] scratch) {
        return LogSum.add(Math.log1p(-PRIOR) + mixture.logDensity(z, at, scratch), Math.log(PRIOR) + prior);
    }
}
