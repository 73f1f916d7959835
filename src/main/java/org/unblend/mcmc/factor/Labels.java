package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.diagnose.Alignment;
import org.unblend.math.Dense;

/**
 * One labelling for all draws: the components of each draw are permuted, with their inferred arguments, to resemble those of a
 * pivot. A posterior with exchangeable components is the same under every permutation, so each permuted draw is as good
 * a draw as it was.
 */
final class Labels {
    private Labels() {}

    /**
     * Permutes draws in place.
     *
     * @param theta {@code [draws x dimension]}, modified
     * @param pivot the draw that the others resemble
     * @return how many draws had other labels than the one before them, in order
     */
    static int align(FactorForm form, double[] theta, int draws, int pivot) {
        int d = theta.length / draws;
        double[][] reference = profiles(form, theta, pivot * d);
        int[] before = null;
        int switches = 0;
        for (int i = 0; i < draws; i++) {
            int[] match = Alignment.of(
                            Dense.of(reference).transpose(),
                            Dense.of(profiles(form, theta, i * d)).transpose())
                    .match();
            switches += before != null && !Arrays.equals(before, match) ? 1 : 0;
            before = match;
            permute(form, theta, i * d, match);
        }
        return switches;
    }

    /** The factor with fewer entries, by component. */
    private static double[][] profiles(FactorForm form, double[] theta, int at) {
        return form.features() <= form.samples() ? form.w(theta, at) : form.h(theta, at);
    }

    /** Puts component k where {@code to[k]} was. */
    private static void permute(FactorForm form, double[] theta, int at, int[] to) {
        int d = form.model().dimension();
        double[][] w = form.w(theta, at);
        double[][] h = form.h(theta, at);
        double[] one = Arrays.copyOfRange(theta, at, at + d);
        double[] old = one.clone();
        double[][] newW = new double[w.length][];
        double[][] newH = new double[h.length][];
        for (int k = 0; k < to.length; k++) {
            newW[to[k]] = w[k];
            newH[to[k]] = h[k];
            for (PriorSide side :
                    new PriorSide[] {form.w().orElse(null), form.h().orElse(null)}) {
                for (PriorSide.Argument a : side == null ? java.util.List.<PriorSide.Argument>of() : side.args()) {
                    if (a.inferred() && a.perComponent()) {
                        one[a.offset() + to[k]] = old[a.offset() + k];
                    }
                }
            }
        }
        form.put(newW, newH, one);
        System.arraycopy(one, 0, theta, at, d);
    }
}
