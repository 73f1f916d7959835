package org.unblend.math;

/**
 * What a network that is trained pays for a residual d: d^2, |d|, or Huber's loss (1964, Ann. Math. Stat. 35, 73), which is
 * d^2 / 2w up to |d| = w and |d| - w/2 beyond.
 *
 * @param kind which of the three
 * @param width w of Huber's loss, above 0; of no meaning for the others
 */
public record RegressionLoss(Kind kind, double width) {

    /** The three losses. */
    public enum Kind {
        SQUARED,
        ABSOLUTE,
        HUBER
    }

    public static final RegressionLoss SQUARED = new RegressionLoss(Kind.SQUARED, 1);
    public static final RegressionLoss ABSOLUTE = new RegressionLoss(Kind.ABSOLUTE, 1);

    public RegressionLoss {
        if (!(width > 0) || !Double.isFinite(width)) {
            throw new IllegalArgumentException("the width of a loss must be above 0, got " + width);
        }
    }

    /** Huber's loss of this width. */
    public static RegressionLoss huber(double width) {
        return new RegressionLoss(Kind.HUBER, width);
    }

    /** The loss of a residual. */
    public double of(double d) {
        double size = Math.abs(d);
        return switch (kind) {
            case SQUARED -> d * d;
            case ABSOLUTE -> size;
            case HUBER -> size <= width ? d * d / (2 * width) : size - width / 2;
        };
    }

    /** Its derivative; 0 at 0. */
    public double slope(double d) {
        return switch (kind) {
            case SQUARED -> 2 * d;
            case ABSOLUTE -> Math.signum(d);
            case HUBER -> Math.max(-1, Math.min(1, d / width));
        };
    }
}
