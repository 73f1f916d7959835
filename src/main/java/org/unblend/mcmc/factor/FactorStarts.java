package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.infer.RunContext;
import org.unblend.math.RandomSource;

/**
 * Where chains begin if the posterior has several modes: of several draws of the prior, each led to the posterior by a
 * likelihood whose power grows as in a warm-up, a chain takes the one that fits best. What a try reaches is told by its mean log
 * likelihood over some sweeps: the density itself has poles under priors that prefer zeros. Chains try apart from each other, so
 * that they agree only if their best modes do; a mode that few tries reach, however much it weighs, may be missed by all.
 *
 * @param tries per chain, at least 1
 * @param sweeps of each try, at least 4: half of them with a growing power
 */
record FactorStarts(int tries, int sweeps) {

    /**
     * Where a chain begins.
     *
     * @param theta {@code [dimension]}
     * @param logLikelihood mean log likelihoods of all its tries, {@code [tries]}
     */
    record Start(double[] theta, double[] logLikelihood) {
        double best() {
            return Arrays.stream(logLikelihood).max().orElseThrow();
        }
    }

    /** One start per chain; the number of threads does not change them. */
    List<Start> of(FactorMoves moves, int chains, RunContext context) {
        int d = moves.form().model().dimension();
        double[][] theta = new double[chains * tries][];
        double[] log = new double[chains * tries];
        context.parallel().forRanges(theta.length, 1, (from, to) -> {
            for (int t = from; t < to; t++) {
                RandomSource random = context.random()
                        .split("try")
                        .split(t / tries)
                        .split(t % tries)
                        .generator();
                FactorChain chain = new FactorChain(moves, moves.form().model().priorDraws(1, random), sweeps);
                double[] out = new double[chain.width()];
                int looked = sweeps / 4;
                for (int s = 0; s < sweeps; s++) {
                    chain.step(random, s, out, 0);
                    log[t] += s >= sweeps - looked ? out[d] / looked : 0;
                }
                theta[t] = chain.state();
            }
        });
        List<Start> starts = new ArrayList<>();
        for (int c = 0; c < chains; c++) {
            int best = c * tries;
            for (int t = best; t < (c + 1) * tries; t++) {
                best = log[t] > log[best] ? t : best;
            }
            starts.add(new Start(theta[best], Arrays.copyOfRange(log, c * tries, (c + 1) * tries)));
        }
        return starts;
    }
}
