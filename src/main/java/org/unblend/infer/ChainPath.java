package org.unblend.infer;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Markov chains add to their draws, which lie one chain after the other, all of one length.
 *
 * @param chains number of chains, at least 1
 * @param draws draws per chain
 * @param figures the sampler's own figures by the names of ArviZ's {@code sample_stats}, {@code [chains * draws]} each,
 *     such as {@code energy}, {@code diverging}, {@code tree_depth}; in this order
 */
public record ChainPath(int chains, int draws, Map<String, double[]> figures) {

    public ChainPath {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        for (Map.Entry<String, double[]> figure : figures.entrySet()) {
            if (figure.getValue().length != chains * draws) {
                throw new IllegalArgumentException(figure.getKey() + " has " + figure.getValue().length + " values for "
                        + chains + " chains of " + draws + " draws");
            }
        }
    }

    /** Values of all draws, cut into chains, {@code [chains][draws]}. */
    public double[][] split(double[] values) {
        double[][] split = new double[chains][];
        for (int c = 0; c < chains; c++) {
            split[c] = Arrays.copyOfRange(values, c * draws, (c + 1) * draws);
        }
        return split;
    }
}
