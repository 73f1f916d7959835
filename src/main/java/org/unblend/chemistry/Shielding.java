package org.unblend.chemistry;

import org.apache.commons.math3.analysis.interpolation.SplineInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;

/**
 * How dust, H2 and CO weaken the light that dissociates H2 and CO. All of it holds for light that enters from one side
 * through the given column densities. Immutable and thread-safe.
 */
final class Shielding {
    /** Dissociation of H2 without shielding, per unit of Habing's field [1/s]. */
    private static final double H2_RATE = 5.1e-11;
    /** Dissociation of CO without shielding, per unit of Draine's field [1/s] (van Dishoeck & Black 1988). */
    private static final double CO_RATE = 2e-10;

    private static final double LYMAN_WERNER = 1000;

    /** Savage & Mathis (1979, ARA&A 17, 73, table 2): wavelength [A] and tau(lambda)/tau(V) for R = 3.1. */
    private static final double[] WAVELENGTH = {
        910, 950, 1000, 1050, 1110, 1180, 1250, 1390, 1490, 1600, 1700, 1800, 1900, 2000, 2100, 2190, 2300, 2400, 2500,
        2740, 3440, 4000, 4400, 5500
    };

    private static final double[] EXTINCTION = {
        5.76, 5.18, 4.65, 4.16, 3.73, 3.40, 3.11, 2.74, 2.63, 2.62, 2.54, 2.50, 2.58, 2.78, 3.01, 3.12, 2.86, 2.58,
        2.35, 2.00, 1.58, 1.42, 1.32, 1.00
    };

    /** Flannery et al. (1980, ApJ 236, 598), g = 0.8, albedo 0.3, as used by Wagenblast & Hartquist (1989): weights, slopes. */
    private static final double[] DEEP_WEIGHT = {2.006, -1.438, 0.7364, -0.5076, -0.0592};

    private static final double[] DEEP_SLOPE = {0.849, 1.013, 1.282, 2.005, 5.832};
    private static final double THIN_SLOPE = 0.7514;
    private static final double MAGNITUDES_PER_TAU = 1.086;

    /** van Dishoeck & Black (1988, ApJ 334, 771, table 5): log10 shielding of CO; rows log N(H2) 18-23, columns log N(CO) 12-18. */
    private static final double[][] CO_TABLE = {
        {0.000, -0.01408, -0.1099, -0.4400, -1.154, -1.888, -2.760},
        {-0.08539, -0.1015, -0.2104, -0.5608, -1.272, -1.973, -2.818},
        {-0.1451, -0.1612, -0.2708, -0.6273, -1.355, -2.057, -2.902},
        {-0.4559, -0.4666, -0.5432, -0.8665, -1.602, -2.303, -3.146},
        {-1.303, -1.312, -1.367, -1.676, -2.305, -3.034, -3.758},
        {-3.883, -3.888, -3.936, -4.197, -4.739, -5.165, -5.441}
    };

    private static final double FIRST_CO = 12;
    private static final double FIRST_H2 = 18;

    private final PolynomialSplineFunction extinction;
    private final double lymanWerner;
    private final double[] co = {12, 13, 14, 15, 16, 17, 18};
    private final PolynomialSplineFunction[] alongH2 = new PolynomialSplineFunction[co.length];

    Shielding() {
        extinction = new SplineInterpolator().interpolate(WAVELENGTH, EXTINCTION);
        lymanWerner = extinction.value(LYMAN_WERNER);
        double[] h2 = {18, 19, 20, 21, 22, 23};
        for (int c = 0; c < co.length; c++) {
            double[] column = new double[h2.length];
            for (int r = 0; r < h2.length; r++) {
                column[r] = CO_TABLE[r][c];
            }
            alongH2[c] = new SplineInterpolator().interpolate(h2, column);
        }
    }

    /** Factor by which dust weakens light; {@code curve} is tau(lambda)/tau(V). */
    private static double dust(double curve, double av) {
        double tau = av / MAGNITUDES_PER_TAU * curve;
        if (tau < 1) {
            return Math.exp(-THIN_SLOPE * tau);
        }
        double sum = 0;
        for (int i = 0; i < DEEP_WEIGHT.length; i++) {
            sum += DEEP_WEIGHT[i] * Math.exp(-DEEP_SLOPE[i] * tau);
        }
        return Math.max(0, sum);
    }

    /** Dissociation of H2 by an unshielded cloud's field behind dust alone [1/s]: multiply by {@link #h2Lines}. */
    double h2Dust(double habing, double av) {
        return H2_RATE * habing * dust(lymanWerner, av);
    }

    /**
     * Self-shielding of H2 by its lines (Federman, Glassgold &amp; Kwan 1979, ApJ 227, 466): Doppler core (width 3e10 Hz) and
     * radiative wings (8e7 Hz), oscillator strength 0.01, half of the molecules in the absorbing level.
     *
     * @param column N(H2) [cm-2]
     */
    static double h2Lines(double column) {
        double doppler = 3e10;
        double tau = 0.5 * column * 1.5e-2 * 1e-2 / doppler;
        double core;
        if (tau < 2) {
            core = Math.exp(-2.0 / 3.0 * tau);
        } else if (tau < 10) {
            core = 0.638 * Math.pow(tau, -1.25);
        } else if (tau < 100) {
            core = 0.505 * Math.pow(tau, -1.15);
        } else {
            core = 0.344 * Math.pow(tau, -1.0667);
        }
        double r = 8e7 / (Math.sqrt(Math.PI) * doppler);
        double t = 3.02 * Math.pow(1e3 * r, -0.064);
        double u = Math.sqrt(tau * r) / t;
        return core + r / (t * Math.sqrt(Math.PI / 4 + u * u));
    }

    /**
     * Dissociation rate of CO [1/s] (van Dishoeck &amp; Black 1988): shielding by its own lines and those of H2, and by dust at
     * the mean wavelength of the bands that still dissociate (their equation 4).
     *
     * @param draine field in Draine's units
     * @param h2 N(H2) [cm-2]
     * @param co N(CO) [cm-2]
     */
    double coRate(double draine, double av, double h2, double co) {
        if (draine == 0) {
            return 0;
        }
        double logH2 = Math.log10(h2 + 1);
        double logCo = Math.log10(co + 1);
        double mean =
                5675.0 - 200.6 * logH2 - (571.6 - 24.09 * logH2) * logCo + (18.22 - 0.7664 * logH2) * logCo * logCo;
        mean = Math.min(1076.1, Math.max(913.6, mean));
        return CO_RATE * draine * coLines(logH2, logCo) * dust(extinction.value(mean), av);
    }

    /** Bicubic natural spline through the table, held at its edges. */
    private double coLines(double logH2, double logCo) {
        double x = Math.min(18, Math.max(FIRST_CO, logCo));
        double h2 = Math.min(23, Math.max(FIRST_H2, logH2));
        double[] y = new double[co.length];
        for (int c = 0; c < y.length; c++) {
            y[c] = alongH2[c].value(h2);
        }
        return Math.pow(10, natural(y, x - FIRST_CO));
    }

    /** Natural cubic spline through y at 0, 1, 2, ... */
    private static double natural(double[] y, double x) {
        int n = y.length;
        double[] second = new double[n];
        double[] upper = new double[n];
        for (int i = 1; i < n - 1; i++) {
            double pivot = 4 - upper[i - 1];
            upper[i] = 1 / pivot;
            second[i] = (6 * (y[i + 1] - 2 * y[i] + y[i - 1]) - second[i - 1]) / pivot;
        }
        second[n - 1] = 0;
        for (int i = n - 2; i > 0; i--) {
            second[i] -= upper[i] * second[i + 1];
        }
        int k = Math.min(n - 2, (int) x);
        double b = x - k;
        double a = 1 - b;
        return a * y[k] + b * y[k + 1] + ((a * a * a - a) * second[k] + (b * b * b - b) * second[k + 1]) / 6;
    }
}
