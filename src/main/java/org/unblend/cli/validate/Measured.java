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

    /** The mean of values from independent repeats, with its standard error; at least two values. */
    static Measured mean(double... values) {
        SummaryStatistics all = new SummaryStatistics();
        Arrays.stream(values).forEach(all::addValue);
        return new Measured(all.getMean(), all.getStandardDeviation() / Math.sqrt(values.length));
    }
}
