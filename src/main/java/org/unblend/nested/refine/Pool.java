package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.List;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;

/**
 * Draws of several proposals as one weighted sample of the posterior, by multiple importance sampling with the balance heuristic
 * (Veach and Guibas 1995, Proc. SIGGRAPH 95, 419): {@code w(x) = L(x) pi(x) / sum_r n_r q_r(x) keep_r(x)} with n_r candidates of
 * each proposal. A draw that one proposal underrates gets no high weight if another one does not. Proposals that were
 * adapted to earlier draws of the pool leave a bias of the order of one part in their number (Cornuet et al. 2012, Scand. J. Statist. 39,
 * 798), so evidence is not taken from it.
 *
 * @param parts proposals and their draws
 */
record Pool(List<Part> parts) {

    /** One proposal and what was drawn from it. */
    record Part(Proposal proposal, Sum draws) {}

    /** All draws, with their weights in the pool and the candidates of all. */
    Sum draws(Parallel parallel) {
        Sum all = Sum.of(parts.stream().map(Part::draws).toList());
        double[][] log = new double[parts.size()][];
        parallel.forRanges(log.length, 1, (r, end) -> {
            Part part = parts.get(r);
            double candidates = Math.log(part.draws().candidates());
            log[r] = Arrays.stream(part.proposal().logWeights(all.u(), all.logL()))
                    .map(w -> candidates - w)
                    .toArray();
        });
        double[] weight = new double[all.rows()];
        double[] terms = new double[log.length];
        for (int i = 0; i < weight.length; i++) {
            for (int r = 0; r < terms.length; r++) {
                terms[r] = log[r][i];
            }
            weight[i] = all.logL()[i] == Double.NEGATIVE_INFINITY
                    ? Double.NEGATIVE_INFINITY
                    : Math.log(all.candidates()) - LogSum.of(terms);
        }
        return new Sum(all.u(), all.theta(), all.logL(), weight, all.candidates());
    }
}
