package org.unblend.plot;

import java.util.stream.IntStream;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.Quantity;
import org.unblend.io.Marginal;
import org.unblend.model.Support;

/**
 * One quantity of a corner plot, measured along its axis.
 *
 * @param marginal the draws
 * @param scale its axis
 * @param side the draws as places along the axis
 * @param sigma places of the 15.9 %, 50 % and 84.1 % quantiles
 * @param interval the same as text
 */
record CornerColumn(Marginal marginal, Scale scale, Density2.Side side, double[] sigma, Label.Interval interval) {
    private static final double[] SIGMA = {0.15866, 0.5, 0.84134};
    /** Quantiles between which a panel reaches, and the room added on both sides. */
    private static final double[] SHOWN = {0.001, 0.999};

    private static final double ROOM = 0.08;

    static CornerColumn of(Marginal marginal, double[] weights) {
        Support range = marginal.quantity().range();
        double[] x = marginal.values();
        Scale scale = scale(marginal.quantity(), x, weights);
        double[] places = IntStream.range(0, x.length)
                .mapToDouble(i -> weights[i] > 0 ? scale.place(x[i]) : 0)
                .toArray();
        Density2.Side side = new Density2.Side(
                places, Bandwidth.scale(places, weights), range.low() >= scale.low(), range.high() <= scale.high());
        double[] values = Weighted.quantiles(x, weights, SIGMA);
        return new CornerColumn(
                marginal,
                scale,
                side,
                Weighted.quantiles(places, weights, SIGMA),
                Label.Interval.of(values[0], values[1], values[2]));
    }

    private static Scale scale(Quantity quantity, double[] x, double[] w) {
        double[] ends = Weighted.quantiles(x, w, 0, SHOWN[0], SHOWN[1]);
        Scale tight = Scale.around(ends[1], ends[2], quantity.logarithmic() && ends[0] > 0);
        if (ends[1] == ends[2]) {
            return tight;
        }
        double low = tight.value(-ROOM);
        double high = tight.value(1 + ROOM);
        double boundLow = quantity.range().low();
        double boundHigh = quantity.range().high();
        // A bound is respected as long as it does not cut off the draws themselves.
        return new Scale(
                low < boundLow && boundLow <= ends[1] && (boundLow > 0 || !tight.logarithmic()) ? boundLow : low,
                high > boundHigh && boundHigh >= ends[2] ? boundHigh : high,
                tight.logarithmic());
    }

    /** Place of the prior's lower bound, -infinity if there is none. */
    double low() {
        double low = marginal.quantity().range().low();
        return Double.isFinite(low) ? scale.place(low) : low;
    }

    /** Place of the prior's upper bound, infinity if there is none. */
    double high() {
        double high = marginal.quantity().range().high();
        return Double.isFinite(high) ? scale.place(high) : high;
    }

    /** Axis label. */
    String label(Scale.Ticks ticks) {
        return ticks.label(marginal.quantity().name(), Label.unit(marginal.quantity()));
    }

    /** First part of the title. */
    String name() {
        return marginal.quantity().name() + " = ";
    }

    /** Second part of the title. */
    String value() {
        return Label.value(interval, marginal.quantity().unit());
    }
}
