package org.unblend.emulator;

import java.util.List;

/**
 * Who made an emulator of what, and how well it does.
 *
 * @param name short name, such as {@code lines-co}
 * @param source one line on the emulated model
 * @param fingerprint everything that determines that model's outputs
 * @param training one line on points, networks, seed and program
 * @param citations what to cite when its results are shown
 * @param measured errors on points that had no part in training
 */
public record EmulatorCard(
        String name,
        String source,
        String fingerprint,
        String training,
        List<String> citations,
        List<OutputError> measured) {

    public EmulatorCard {
        citations = List.copyOf(citations);
        measured = List.copyOf(measured);
    }

    /**
     * The error of one output over test points.
     *
     * @param output its name
     * @param measure what is measured, such as {@code dex} or {@code relative, above 0.1 K}
     * @param rows number of points
     * @param median median absolute error
     * @param p95 95th percentile
     * @param largest largest
     * @param within1 fraction of points whose error is below one standard deviation of the error network, NaN without one
     * @param within2 below two
     */
    public record OutputError(
            String output,
            String measure,
            int rows,
            double median,
            double p95,
            double largest,
            double within1,
            double within2) {}
}
