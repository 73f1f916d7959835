package org.unblend.mcmc.factor;

import org.unblend.infer.RunContext;
import org.unblend.math.RandomSource;

/**
 * Watanabe's widely applicable Bayesian information criterion (2013, JMLR 14, 867): the mean of the log likelihood under
 * {@code prior x likelihood^(1 / ln n)}, n observed entries, which is ln Z to the order of ln ln n also where a
 * factorisation has more components than the data, so that BIC counts parameters which do not count.
 */
final class Wbic {
    private static final int CHAINS = 4;
    private static final int WARMUP = 200;
    private static final int SWEEPS = 400;

    private Wbic() {}

    /**
     * An estimate of ln Z, in nats.
     *
     * @param start draws of the posterior, {@code [draws x dimension]}, of which chains start from a few
     */
    static double of(FactorMoves moves, double[] start, int entries, RunContext context) {
        double beta = 1 / Math.log(Math.max(3, entries));
        int d = moves.form().model().dimension();
        int draws = start.length / d;
        double[] sum = new double[CHAINS];
        context.parallel().forRanges(CHAINS, 1, (from, to) -> {
            for (int c = from; c < to; c++) {
                FactorSampler sampler = new FactorSampler(moves);
                sampler.load(start, (int) ((long) c * draws / CHAINS) * d);
                RandomSource random = context.random().split("wbic").split(c).generator();
                for (int s = 0; s < WARMUP + SWEEPS; s++) {
                    sampler.sweep(random, beta);
                    sum[c] += s < WARMUP ? 0 : sampler.logLikelihood() / SWEEPS;
                }
            }
        });
        double mean = 0;
        for (double v : sum) {
            mean += v / CHAINS;
        }
        return mean;
    }
}
