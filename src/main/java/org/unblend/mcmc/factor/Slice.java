package org.unblend.mcmc.factor;

import java.util.function.DoubleUnaryOperator;
import org.unblend.math.RandomSource;

/** Univariate slice sampling with stepping out and shrinkage (Neal 2003, Annals of Statistics 31, 705, section 4). */
final class Slice {
    /** Stepping out ends after this many widths: only an improper density has no end. */
    private static final int MOST_STEPS = 1000;

    private Slice() {}

    /**
     * A move that leaves a density invariant.
     *
     * @param x present value, where {@code log} is finite
     * @param log log density, up to a constant
     * @param width guess of the extent of the density; must not depend on {@code x}
     */
    static double move(RandomSource random, double x, DoubleUnaryOperator log, double width) {
        double level = log.applyAsDouble(x) + Math.log(random.nextOpen());
        double low = x - width * random.nextOpen();
        double high = low + width;
        for (int i = 0; i < MOST_STEPS && log.applyAsDouble(low) > level; i++) {
            low -= width;
        }
        for (int i = 0; i < MOST_STEPS && log.applyAsDouble(high) > level; i++) {
            high += width;
        }
        while (true) {
            double y = low + (high - low) * random.nextOpen();
            if (log.applyAsDouble(y) > level) {
                return y;
            }
            if (y < x) {
                low = y;
            } else {
                high = y;
            }
            // Around x = 0 as well: a density so large that adding ln u leaves it as it is has nothing above its level.
            if (!(high - low > Math.max(1e-15 * Math.abs(x), Double.MIN_NORMAL))) {
                return x;
            }
        }
    }
}
