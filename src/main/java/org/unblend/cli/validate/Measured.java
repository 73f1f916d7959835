package org.unblend.cli.validate;

import java.util.Arrays;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * Our value of a quantity.
 *
 * @param value the value
 * @param error its standard error; 0 if it has none
 */
record Measured(double value, double error) {
    static Measured exact(double value) {
        return new Measured(value, 0);
    }

    /** The difference of two independent values. */
    Measured less(Measured other) {
        return new Measured(value - other.value, Math.hypot(error, other.error));
    }

    /** ln of the mean of independent repeats that are given by their logarithms, with its error to first order. */
    static Measured logMean(double... logs) {
        double top = Arrays.stream(logs).max().orElseThrow();
        Measured mean = mean(Arrays.stream(logs).map(l -> Math.exp(l - top)).toArray());
        return new Measured(top + Math.log(mean.value), mean.error / mean.value);
    }

    /** The mean of values from independent repeats, with its standard error; at least two values. */
    static Measured mean(double... values) {
        SummaryStatistics all = new SummaryStatistics();
        Arrays.stream(values).forEach(all::addValue);
        return new Measured(all.getMean(), all.getStandardDeviation() / Math.sqrt(values.length));
    }
}
