package org.unblend.io;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as text with the digits that their error allows. */
final class Digits {
    private static final int MOST = 12;
    private static final int MOST_WITHOUT_ERROR = 6;

    private Digits() {}

    /**
     * {@code x} rounded so that a step of the last digit is between 0.2 and 2 times {@code error}, with 1 to 12 digits, or 6
     * without an error;
     * {@code -} for NaN.
     *
     * @param error Monte Carlo standard error; 0 or NaN if unknown
     * @param scientific true for {@code 2.3e+05}, false for {@code 230000}
     */
    static String limited(double x, double error, boolean scientific) {
        if (Double.isNaN(x)) {
            return "-";
        }
        if (Double.isInfinite(x)) {
            return x > 0 ? "inf" : "-inf";
        }
        if (x == 0) {
            return "0";
        }
        int exponent = exponent(x);
        // An error at the rounding of x is that of a constant.
        boolean known = error > 1e-14 * Math.abs(x) && Double.isFinite(error);
        int step = known ? (int) Math.floor(Math.log10(error) + Math.log10(2)) : Integer.MIN_VALUE;
        // A value far below its own error still shows one digit.
        int last = Math.min(exponent, Math.max(step, exponent + 1 - (known ? MOST : MOST_WITHOUT_ERROR)));
        if (scientific) {
            return String.format(Locale.ROOT, "%." + (exponent - last) + "e", x);
        }
        // Digits before the decimal point that the error does not allow are zeros.
        BigDecimal rounded = new BigDecimal(x).setScale(-last, RoundingMode.HALF_EVEN);
        String text =
                rounded.setScale(Math.max(0, -last), RoundingMode.UNNECESSARY).toPlainString();
        return !known && text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** Three significant digits without trailing zeros, for bounds of ranges. */
    static String brief(double x) {
        if (!Double.isFinite(x) || x == 0) {
            return limited(x, 0, false);
        }
        double rounded = Double.parseDouble(String.format(Locale.ROOT, "%.2e", x));
        if (scientific(rounded)) {
            return String.format(Locale.ROOT, "%.2e", rounded)
                    .replaceAll("\\.?0+e", "e")
                    .replaceAll("e([+-])0?", "e$1")
                    .replace("e+", "e");
        }
        return limited(rounded, 0, false);
    }

    /** True if a number of this size reads better in scientific notation: from 1e5 on, and below 1e-3. */
    static boolean scientific(double x) {
        return x != 0 && (Math.abs(x) >= 1e5 || Math.abs(x) < 1e-3);
    }

    private static int exponent(double x) {
        return (int) Math.floor(Math.log10(Math.abs(x)));
    }
}
