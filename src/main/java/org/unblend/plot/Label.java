package org.unblend.plot;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.unblend.infer.Quantity;

/** Text of axes and titles. */
final class Label {
    private static final Pattern POWER = Pattern.compile("(?<=[A-Za-zµμΩ)\\]])\\^?([-−+]?\\d+)");
    private static final Pattern NUMBER = Pattern.compile("(?<![A-Za-z0-9.])(\\d+(?:\\.\\d+)?)[eE]([-−+]?\\d+)");
    private static final String RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Label() {}

    /**
     * Unit with raised powers, {@code cm⁻³} for {@code cm-3} and {@code 1.3 × 10⁻¹⁷/s} for {@code 1.3e-17/s}; empty if
     * there is none to show.
     */
    static String unit(Quantity quantity) {
        return unit(quantity.unit());
    }

    static String unit(String unit) {
        if (unit.isBlank() || unit.equals("1")) {
            return "";
        }
        String numbers = NUMBER.matcher(unit)
                .replaceAll(m -> Matcher.quoteReplacement(m.group(1) + " × 10" + raised(m.group(2))));
        return POWER.matcher(numbers).replaceAll(m -> Matcher.quoteReplacement(raised(m.group(1))));
    }

    /** An interval and its unit; a unit that is a multiple, such as {@code 1.3e-17/s}, is multiplied with it. */
    static String value(Interval interval, String unit) {
        String shown = unit(unit);
        if (shown.isEmpty() || !Character.isDigit(shown.charAt(0))) {
            return (interval.text() + " " + shown).strip();
        }
        boolean loose = interval.power().isEmpty() && !interval.up().isEmpty();
        return (loose ? "(" + interval.text() + ")" : interval.text()) + " × " + shown;
    }

    /** {@code 10ⁿ}. */
    static String powerOfTen(int exponent) {
        return "10" + raised(Integer.toString(exponent));
    }

    private static String raised(String number) {
        StringBuilder out = new StringBuilder();
        for (char c : number.toCharArray()) {
            out.append(c == '-' || c == '−' ? '⁻' : c == '+' ? '⁺' : RAISED.charAt(c - '0'));
        }
        return out.toString();
    }

    /**
     * A median with the distances to the ends of an interval, such as {@code 120 +31 −19}: rounded to one or two digits
     * of the shorter distance; large and small numbers with a common power of ten.
     */
    record Interval(String median, String up, String down, String power) {

        static Interval of(double low, double median, double high) {
            double up = high - median;
            double down = median - low;
            double error = Math.min(up, down) > 0 ? Math.min(up, down) : Math.max(up, down);
            if (!(error > 0) || !Double.isFinite(error)) {
                return new Interval(plain(median), "", "", "");
            }
            int lead = exponent(error);
            // One digit from 4 on: 1 in 4 to 1 in 10 is precise enough for an error.
            int step = error / Math.pow(10, lead) < 3.55 ? lead - 1 : lead;
            int size = exponent(Math.max(Math.abs(median), error));
            boolean scaled = size >= 4 || size < -2;
            int power = scaled ? size : 0;
            int decimals = Math.max(0, Math.min(9, power - step));
            // Digits before the decimal point that are not known are zeros.
            double unit = scaled || step <= 0 ? 0 : Math.pow(10, step);
            return new Interval(
                    fixed(rounded(median, unit), power, decimals),
                    "+" + fixed(rounded(up, unit), power, decimals),
                    "−" + fixed(rounded(down, unit), power, decimals),
                    scaled ? " × " + powerOfTen(power) : "");
        }

        private static double rounded(double x, double unit) {
            return unit > 0 ? Math.rint(x / unit) * unit : x;
        }

        /** All in one line. */
        String text() {
            String errors = up.isEmpty() ? "" : " " + up + " " + down;
            return power.isEmpty() ? median + errors : "(" + median + errors + ")" + power;
        }
    }

    /** Up to four significant digits. */
    static String plain(double x) {
        if (x == 0 || !Double.isFinite(x)) {
            return x == 0 ? "0" : Double.toString(x);
        }
        int size = exponent(x);
        if (size >= 5 || size < -3) {
            return trim(fixed(x, size, 3)) + " × " + powerOfTen(size);
        }
        return trim(fixed(x, 0, Math.max(0, 3 - size)));
    }

    /** {@code x} / 10^power with so many decimals; the minus sign is the typographic one. */
    static String fixed(double x, int power, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", scale(x, power));
        return text.matches("-0\\.?0*") ? text.substring(1) : text.replace('-', '−');
    }

    static String trim(String number) {
        return number.contains(".") ? number.replaceAll("0+$", "").replaceAll("\\.$", "") : number;
    }

    static int exponent(double x) {
        return (int) Math.floor(Math.log10(Math.abs(x)));
    }

    /** x / 10^power without overflow of the power for the extreme doubles. */
    private static double scale(double x, int power) {
        int half = power / 2;
        return x / Math.pow(10, half) / Math.pow(10, power - half);
    }
}
