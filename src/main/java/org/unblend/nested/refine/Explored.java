package org.unblend.nested.refine;

import java.util.stream.IntStream;

/**
 * What nested sampling found. Arrays are not modified.
 *
 * @param u positions of its draws in the unit cube, {@code [draws x cubeDimension]}
 * @param logL log likelihoods
 * @param logWeight ln of the posterior weights
 * @param logZ ln Z
 * @param error standard error of ln Z, with the bias of too few steps if it is known
 */
public record Explored(double[] u, double[] logL, double[] logWeight, double logZ, double error) {

    public Explored {
        if (logL.length != logWeight.length || logL.length == 0 || u.length % logL.length != 0) {
            throw new IllegalArgumentException("arrays do not fit: " + u.length + " coordinates, " + logL.length
                    + " likelihoods, " + logWeight.length + " weights");
        }
    }

    /** Those of the draws for which {@code index % of} is in the range, with the same evidence. */
    Explored part(int of, int from, int to) {
        int d = u.length / logL.length;
        int[] kept = IntStream.range(0, logL.length)
                .filter(i -> i % of >= from && i % of < to)
                .toArray();
        double[] position = new double[kept.length * d];
        double[] l = new double[kept.length];
        double[] w = new double[kept.length];
        for (int i = 0; i < kept.length; i++) {
            System.arraycopy(u, kept[i] * d, position, i * d, d);
            l[i] = logL[kept[i]];
            w[i] = logWeight[kept[i]];
        }
        return new Explored(position, l, w, logZ, error);
    }
}
