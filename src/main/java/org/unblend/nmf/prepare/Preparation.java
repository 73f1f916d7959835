package org.unblend.nmf.prepare;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.Finding;
import org.unblend.math.Dense;
import org.unblend.nmf.Loss;

/**
 * What is done to data before they are factorised, in this order.
 *
 * @param clip negative entries become zero; this raises the mean of noise around zero, so results are biased there
 * @param squareRoot counts are replaced by their square roots, whose variance is near 1/4 whatever the mean (Bartlett
 *     1936), and fitted with Normal noise
 * @param unitRows each row is divided by its mean over the observed entries
 */
public record Preparation(boolean clip, boolean squareRoot, boolean unitRows) {

    /** Data as they are. */
    public static final Preparation NONE = new Preparation(false, false, false);

    /**
     * Prepares data. Inverse variances follow the scale of their row, so that a weighted Normal fit is the same fit.
     *
     * @param x {@code [features x samples]}, not modified; entries of weight 0 may be anything
     * @param weights as in {@code FactorProblem}, alike, not modified
     * @throws IllegalArgumentException if square roots are wanted of anything but counts without exponents, or rows of
     *     counts are to be scaled: scaled counts are no longer Poisson
     */
    public Prepared apply(Dense x, Optional<Dense> weights, Loss loss) {
        if (squareRoot && loss.beta() != 1) {
            throw new IllegalArgumentException("the square root evens out the variance of Poisson counts alone; ask for"
                    + " Poisson noise with it, or leave it out");
        }
        if (unitRows && loss.beta() == 1 && !squareRoot) {
            throw new IllegalArgumentException("rows of counts cannot be scaled: the result is not Poisson any more;"
                    + " leave the scaling out, or take square roots first");
        }
        Dense y = x.copy();
        List<Finding> findings = new ArrayList<>();
        if (clip) {
            clip(y, weights, findings);
        }
        if (squareRoot) {
            root(y, weights);
        }
        double[] scale = new double[y.rows()];
        Arrays.fill(scale, 1);
        if (unitRows) {
            scaleRows(y, weights, scale, findings);
        }
        // Square roots have variance 1/4; an inverse variance follows the square of the scale of its row.
        boolean normal = loss.beta() == 2 || squareRoot;
        Optional<Dense> moved =
                squareRoot || (weights.isPresent() && normal) ? Optional.of(weights(y, weights, scale)) : weights;
        return new Prepared(this, y, moved, squareRoot ? Loss.NORMAL : loss, scale, findings);
    }

    private Dense weights(Dense y, Optional<Dense> weights, double[] scale) {
        Dense v = Dense.zeros(y.rows(), y.columns());
        for (int i = 0; i < v.rows(); i++) {
            for (int j = 0; j < v.columns(); j++) {
                double given = weights.isPresent() ? weights.get().get(i, j) : 1;
                v.row(i)[j] = given == 0 ? 0 : (squareRoot ? 4 : given) * scale[i] * scale[i];
            }
        }
        return v;
    }

    private static void clip(Dense y, Optional<Dense> weights, List<Finding> findings) {
        int clipped = 0;
        int observed = 0;
        for (int i = 0; i < y.rows(); i++) {
            double[] row = y.row(i);
            for (int j = 0; j < row.length; j++) {
                if (observed(weights, i, j)) {
                    observed++;
                    clipped += row[j] < 0 ? 1 : 0;
                    row[j] = row[j] < 0 ? 0 : row[j];
                }
            }
        }
        if (clipped > 0) {
            findings.add(Finding.caution(
                    "clipping",
                    clipped + " of " + observed
                            + " observed entries were negative and are now 0, which biases faint parts" + " upwards",
                    "keep negative data: Normal noise takes them"));
        }
    }

    private static void root(Dense y, Optional<Dense> weights) {
        for (int i = 0; i < y.rows(); i++) {
            double[] row = y.row(i);
            for (int j = 0; j < row.length; j++) {
                if (!observed(weights, i, j)) {
                    continue;
                }
                if (row[j] < 0) {
                    throw new IllegalArgumentException("row " + (i + 1) + ", column " + (j + 1) + " is " + row[j]
                            + ", which has no square root; clip it, mark it missing by weight 0, or leave the square"
                            + " root out");
                }
                if (weights.isPresent() && weights.get().get(i, j) != 1) {
                    throw new IllegalArgumentException("row " + (i + 1) + ", column " + (j + 1) + " has weight "
                            + weights.get().get(i, j) + "; square roots of counts take weights 0 and 1 alone");
                }
                row[j] = Math.sqrt(row[j]);
            }
        }
    }

    private static void scaleRows(Dense y, Optional<Dense> weights, double[] scale, List<Finding> findings) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < y.rows(); i++) {
            double[] row = y.row(i);
            double sum = 0;
            int n = 0;
            for (int j = 0; j < row.length; j++) {
                if (observed(weights, i, j)) {
                    sum += row[j];
                    n++;
                }
            }
            double mean = sum / n;
            if (!(mean > 0) || Double.isInfinite(mean)) {
                kept.add(i + 1);
                continue;
            }
            scale[i] = mean;
            for (int j = 0; j < row.length; j++) {
                row[j] = observed(weights, i, j) ? row[j] / mean : 0;
            }
        }
        if (!kept.isEmpty()) {
            findings.add(Finding.caution(
                    "row scale",
                    "rows " + kept + " have no positive mean and were not scaled",
                    "leave them out if they hold no signal"));
        }
    }

    private static boolean observed(Optional<Dense> weights, int i, int j) {
        return weights.isEmpty() || weights.get().get(i, j) > 0;
    }
}
