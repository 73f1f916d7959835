package org.unblend.infer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weighted draws of a posterior. Arrays are owned by the record and not modified after it is made.
 *
 * @param names parameter names, one per column of {@code theta}
 * @param theta {@code [draws x names]}, row-major, natural scale
 * @param logLikelihood {@code [draws]}
 * @param logWeight {@code [draws]}, normalised: the exponentials sum to one; -infinity allowed
 * @param path how a nested run came to its draws, if it was one
 * @param chains how Markov chains came to their draws, if they did: one chain after the other, weights equal
 */
public record Samples(
        List<String> names,
        double[] theta,
        double[] logLikelihood,
        double[] logWeight,
        Optional<NestedPath> path,
        Optional<ChainPath> chains) {

    public Samples {
        names = List.copyOf(names);
        if (theta.length != logLikelihood.length * names.size() || logWeight.length != logLikelihood.length) {
            throw new IllegalArgumentException("arrays of unequal length: " + theta.length + " values, "
                    + logLikelihood.length + " likelihoods, " + logWeight.length + " weights, " + names.size()
                    + " names");
        }
    }

    /** Draws that do not come from Markov chains. */
    public Samples(
            List<String> names, double[] theta, double[] logLikelihood, double[] logWeight, Optional<NestedPath> path) {
        this(names, theta, logLikelihood, logWeight, path, Optional.empty());
    }

    /** Draws of Markov chains, one chain after the other. */
    public static Samples ofChains(List<String> names, double[] theta, double[] logLikelihood, ChainPath chains) {
        double[] logWeight = new double[logLikelihood.length];
        Arrays.fill(logWeight, -Math.log(logLikelihood.length));
        return new Samples(names, theta, logLikelihood, logWeight, Optional.empty(), Optional.of(chains));
    }

    /** The draws of these columns alone, in this order. */
    public Samples only(int... columns) {
        double[] kept = new double[size() * columns.length];
        for (int i = 0; i < size(); i++) {
            for (int c = 0; c < columns.length; c++) {
                kept[i * columns.length + c] = theta[i * names.size() + columns[c]];
            }
        }
        return new Samples(
                Arrays.stream(columns).mapToObj(names::get).toList(), kept, logLikelihood, logWeight, path, chains);
    }

    /** Every {@code step}-th draw of each Markov chain, but at least its last one; other draws are all kept. */
    public Samples everyOf(int step) {
        if (chains.isEmpty() || step <= 1) {
            return this;
        }
        ChainPath old = chains.get();
        int every = Math.min(step, old.draws());
        int n = old.draws() / every;
        int[] rows = new int[old.chains() * n];
        Arrays.setAll(rows, i -> i / n * old.draws() + (i % n + 1) * every - 1);
        Map<String, double[]> figures = new LinkedHashMap<>();
        old.figures()
                .forEach((name, x) -> figures.put(
                        name, Arrays.stream(rows).mapToDouble(i -> x[i]).toArray()));
        double[] kept = new double[rows.length * names.size()];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(theta, rows[i] * names.size(), kept, i * names.size(), names.size());
        }
        return ofChains(
                names,
                kept,
                Arrays.stream(rows).mapToDouble(i -> logLikelihood[i]).toArray(),
                new ChainPath(old.chains(), n, figures));
    }

    /** Number of draws. */
    public int size() {
        return logLikelihood.length;
    }

    /** All draws of one parameter. */
    public double[] column(int parameter) {
        double[] column = new double[size()];
        for (int i = 0; i < column.length; i++) {
            column[i] = theta[i * names.size() + parameter];
        }
        return column;
    }

    /** The weights, which sum to one. */
    public double[] weights() {
        double[] w = new double[size()];
        for (int i = 0; i < w.length; i++) {
            w[i] = Math.exp(logWeight[i]);
        }
        return w;
    }
}
