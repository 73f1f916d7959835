package org.unblend.mcmc.factor;

import java.util.Optional;
import org.unblend.math.RandomSource;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.Normal;

/**
 * Draws the inferred location mu of log-normal priors given the entries: under {@code mu ~ N(m, s^2)} its conditional is normal
 * of precision {@code 1 / s^2 + sum t} and mean {@code (m / s^2 + sum t ln w) / precision}, summed over the entries above zero that
 * share it, each with {@code t = 1 / sigma^2}.
 */
final class LocationDraw {

    private LocationDraw() {}

    /** True if the number is such a location and nothing else. */
    static boolean fits(FactorForm form, Hyper hyper) {
        return hyper.family() instanceof Normal && fits(form, form.w(), hyper) && fits(form, form.h(), hyper);
    }

    private static boolean fits(FactorForm form, Optional<PriorSide> side, Hyper hyper) {
        for (int k = 0; side.isPresent() && k < form.rank(); k++) {
            long uses = side.get().uses(k, hyper.offset());
            boolean location = side.get().family() instanceof LogNormal
                    && side.get().args().get(0).is(k, hyper.offset());
            if (uses > (location ? 1 : 0)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Draws.
     *
     * @param ofW statistics of W by component
     * @param ofH statistics of H by component
     * @param theta modified
     */
    static void draw(
            RandomSource random,
            FactorForm form,
            Hyper hyper,
            PriorSide.Statistics[] ofW,
            PriorSide.Statistics[] ofH,
            double[] theta) {
        double[] prior = hyper.arguments();
        double precision = 1 / (prior[1] * prior[1]);
        double pull = prior[0] * precision;
        for (boolean w : new boolean[] {true, false}) {
            PriorSide side = (w ? form.w() : form.h()).orElse(null);
            for (int k = 0; side != null && k < form.rank(); k++) {
                if (side.args().get(0).is(k, hyper.offset())) {
                    double t = side.shape(theta, k).t();
                    PriorSide.Statistics s = (w ? ofW : ofH)[k];
                    precision += t * s.count();
                    pull += t * s.logs();
                }
            }
        }
        theta[hyper.offset()] = pull / precision + random.nextGaussian() / Math.sqrt(precision);
    }
}
