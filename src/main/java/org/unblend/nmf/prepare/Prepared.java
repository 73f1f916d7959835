package org.unblend.nmf.prepare;

import java.util.List;
import java.util.Optional;
import org.unblend.infer.Finding;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;

/**
 * Prepared data with the record of what was done.
 *
 * @param preparation what was asked for
 * @param x {@code [features x samples]}
 * @param weights weights of the prepared data
 * @param loss noise of the prepared data
 * @param rowScale {@code [features]}, what each row was divided by
 * @param findings what the user should know of it
 */
public record Prepared(
        Preparation preparation,
        Dense x,
        Optional<Dense> weights,
        Loss loss,
        double[] rowScale,
        List<Finding> findings) {

    public Prepared {
        findings = List.copyOf(findings);
    }

    /**
     * Brings factors back to the units of the data. Row scales go into W, exactly. A square root has no exact inverse on
     * factors: W and H are squared, so that {@code W_ik H_kj} is what component k alone would contribute; their sum falls
     * short of the mean of the data where components overlap, which {@link #mean} gives.
     *
     * @param factors fitted to the prepared data, not modified
     */
    public Factors undo(Factors factors) {
        int power = preparation.squareRoot() ? 2 : 1;
        Dense w = factors.w().copy();
        for (int i = 0; i < w.rows(); i++) {
            double[] row = w.row(i);
            for (int k = 0; k < row.length; k++) {
                row[k] = power(row[k] * rowScale[i], power);
            }
        }
        Dense h = factors.h().copy();
        for (double[] row : h.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] = power(row[j], power);
            }
        }
        return new Factors(w, h);
    }

    /** The fitted mean of the data in their own units, {@code [features x samples]}. */
    public Dense mean(Factors factors) {
        Dense mean = Dense.zeros(factors.w().rows(), factors.h().columns());
        for (int i = 0; i < mean.rows(); i++) {
            double[] out = mean.row(i);
            for (int k = 0; k < factors.h().rows(); k++) {
                double share = factors.w().get(i, k) * rowScale[i];
                double[] row = factors.h().row(k);
                for (int j = 0; j < out.length; j++) {
                    out[j] += share * row[j];
                }
            }
            for (int j = 0; j < out.length; j++) {
                out[j] = power(out[j], preparation.squareRoot() ? 2 : 1);
            }
        }
        return mean;
    }

    private static double power(double v, int power) {
        return power == 2 ? v * v : v;
    }
}
