package org.unblend.plot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An axis: maps values to places between 0 and 1, linearly or by their logarithm, and chooses ticks.
 *
 * @param low value at place 0
 * @param high value at place 1, above {@code low}
 * @param logarithmic true for a logarithmic axis; then {@code low} is above 0
 */
record Scale(double low, double high, boolean logarithmic) {
    /** Ticks closer to an end than this share of the axis may go without a number. */
    private static final double EDGE = 0.04;

    Scale {
        if (!(low < high) || !Double.isFinite(low) || !Double.isFinite(high) || logarithmic && low <= 0) {
            throw new IllegalArgumentException(
                    "no axis from " + low + " to " + high + (logarithmic ? ", logarithmic" : ""));
        }
    }

    /** A tick: its place, and its text; minor ticks have none. */
    record Tick(double place, String label) {}

    /**
     * Ticks of an axis.
     *
     * @param ticks the ticks
     * @param factor unit of the numbers at the ticks, such as {@code 10⁵}; often empty
     * @param shift what was subtracted from them before, such as {@code − 1200}; mostly empty
     */
    record Ticks(List<Tick> ticks, String factor, String shift) {

        /** The same ticks, in rising order too, on an axis that runs the other way. */
        Ticks mirrored() {
            List<Tick> turned = new ArrayList<>(ticks);
            Collections.reverse(turned);
            turned.replaceAll(t -> new Tick(1 - t.place, t.label));
            return new Ticks(turned, factor, shift);
        }

        /** The axis label: name, shift and unit. */
        String label(String name, String unit) {
            String factored = unit.isEmpty() && !factor.isEmpty() ? "× " + factor : (factor + " " + unit).strip();
            return name + shift + (factored.isEmpty() ? "" : " [" + factored + "]");
        }
    }

    /**
     * An axis that shows all of low to high, whatever they are: a single value gets room on both sides.
     *
     * @param logarithmic wish; not granted unless both are above 0
     */
    static Scale around(double low, double high, boolean logarithmic) {
        boolean log = logarithmic && low > 0;
        if (high / 2 - low / 2 > 1e-9 * Math.max(Math.abs(low), Math.abs(high))) {
            return new Scale(low, high, log);
        }
        if (low == 0 && high == 0) {
            return new Scale(-1, 1, false);
        }
        double room = Math.max(Math.abs(low) / 2, Double.MIN_NORMAL);
        return new Scale(low - room, high + room, log && low > room);
    }

    /** Place of {@code x}: 0 at {@code low}, 1 at {@code high}, beyond outside. */
    double place(double x) {
        return logarithmic
                ? x > 0 ? Math.log(x / low) / Math.log(high / low) : Double.NEGATIVE_INFINITY
                : (x / 2 - low / 2) / (high / 2 - low / 2);
    }

    /** Value at {@code place}; inverse of {@link #place}. */
    double value(double place) {
        return logarithmic ? low * Math.pow(high / low, place) : low * (1 - place) + high * place;
    }

    /** Round ticks, at most about {@code most} with text. */
    Ticks ticks(int most) {
        return logarithmic ? logarithmicTicks(most) : linearTicks(most);
    }

    private Ticks linearTicks(int most) {
        double step = step(most);
        double margin = EDGE * (high / 2 - low / 2) * 2;
        if (Math.floor((high - margin) / step) - Math.ceil((low + margin) / step) < 1) {
            // A single tick tells no scale, and numbers at the very ends may have no room.
            step = step(2 * most);
        }
        if (!(step > 0) || !Double.isFinite(step)) {
            return new Ticks(List.of(), "", "");
        }
        double first = Math.ceil(low / step - 1e-9);
        double last = Math.floor(high / step + 1e-9);
        int stepExponent = Label.exponent(step * 1.000001);
        double largest = Math.max(Math.abs(first), Math.abs(last)) * step;
        int size = Label.exponent(largest);
        boolean shifted = size - stepExponent > 5;
        double origin = shifted ? first : 0;
        int reach = shifted ? Label.exponent((last - first) * step) : size;
        int power = reach >= 5 || reach < -2 ? reach : 0;
        List<Tick> ticks = new ArrayList<>();
        for (double k = first; k <= last && ticks.size() <= 2 * most + 2; k++) {
            String text = Label.fixed((k - origin) * step, power, Math.max(0, Math.min(9, power - stepExponent)));
            ticks.add(new Tick(place(k * step), text));
        }
        String shift = "";
        if (shifted) {
            int scale = size >= 5 || size < -2 ? size : 0;
            String amount = Label.fixed(Math.abs(first * step), scale, Math.max(0, Math.min(12, scale - stepExponent)));
            shift = (first < 0 ? " + " : " − ")
                    + Label.trim(amount)
                    + (scale == 0 ? "" : " × " + Label.powerOfTen(scale));
        }
        return new Ticks(ticks, power == 0 ? "" : Label.powerOfTen(power), shift);
    }

    /** The smallest of 1, 2, 5 times a power of ten that gives at most {@code most} ticks. */
    private double step(int most) {
        double raw = (high / 2 - low / 2) / most * 2;
        double unit = Math.pow(10, Label.exponent(raw));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * unit >= raw * 0.999) {
                return factor * unit;
            }
        }
        return 10 * unit;
    }

    private Ticks logarithmicTicks(int most) {
        int from = (int) Math.ceil(Math.log10(low) - 1e-9);
        int to = (int) Math.floor(Math.log10(high) + 1e-9);
        int decades = to - from + 1;
        if (decades >= 2) {
            int every = (decades + most - 1) / most;
            List<Tick> ticks = new ArrayList<>();
            for (int e = from - 1; e <= to; e++) {
                if (e >= from) {
                    boolean major = Math.floorMod(e, every) == 0;
                    ticks.add(new Tick(place(Math.pow(10, e)), major ? Label.powerOfTen(e) : ""));
                }
                for (int k = 2; k < 10 && decades <= 5; k++) {
                    double place = place(k * Math.pow(10, e));
                    if (place > 0 && place < 1) {
                        ticks.add(new Tick(place, ""));
                    }
                }
            }
            return new Ticks(ticks, "", "");
        }
        for (int[] factors : new int[][] {{1, 2, 5}, {1, 2, 3, 5, 7}}) {
            List<Tick> ticks = multiples(from, to, factors);
            if (ticks.size() >= 2 && ticks.size() <= most + 1) {
                return new Ticks(ticks, scientific() ? Label.powerOfTen(from - 1) : "", "");
            }
        }
        // Less than a factor of two or so: round values, placed by their logarithm.
        Ticks linear = new Scale(low, high, false).linearTicks(most);
        List<Tick> placed = linear.ticks.stream()
                .map(t -> new Tick(place(new Scale(low, high, false).value(t.place)), t.label))
                .toList();
        return new Ticks(placed, linear.factor, linear.shift);
    }

    private List<Tick> multiples(int from, int to, int[] factors) {
        List<Tick> ticks = new ArrayList<>();
        for (int e = from - 1; e <= to; e++) {
            for (int k : factors) {
                double place = place(k * Math.pow(10, e));
                if (place >= 0 && place <= 1) {
                    double shown = scientific() ? k * Math.pow(10, e - from + 1) : k * Math.pow(10, e);
                    ticks.add(new Tick(place, Label.trim(Label.fixed(shown, 0, scientific() ? 0 : Math.max(0, -e)))));
                }
            }
        }
        return ticks;
    }

    private boolean scientific() {
        return high >= 1e5 || low < 1e-2;
    }
}
