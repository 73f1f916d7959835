package org.unblend.simulate;

import java.util.Arrays;
import org.unblend.math.Dense;
import org.unblend.math.GammaDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;

/**
 * Power spectra of a local field potential in successive windows: a background that falls as a power of frequency, a theta
 * rhythm at 8 Hz and a gamma rhythm at 45 Hz, whose strengths vary independently. A spectrum averaged over c segments has
 * Gamma noise of shape c, whatever the power (Welch 1967, IEEE Trans. Audio Electroacoust. 15, 70).
 *
 * @param frequency {@code [bins]}, Hz
 * @param power {@code [bins x windows]}, above 0
 * @param w truth, {@code [bins x 3]}: background, theta, gamma
 * @param h truth, {@code [3 x windows]}
 * @param shape shape of the noise
 */
public record PowerSpectra(double[] frequency, Dense power, Dense w, Dense h, double shape) {
    private static final double STEP = 1;
    private static final double SLOPE = 2;

    /** Frequency in Hz, width in Hz and peak of the rhythms. */
    private static final double[][] RHYTHMS = {{8, 1.5, 0.05}, {45, 8, 0.002}};

    /**
     * Simulates spectra at 1 Hz, 2 Hz and so on. Equal streams give equal spectra.
     *
     * @param segments how many segments are averaged, at least 1
     * @throws IllegalArgumentException unless there are a bin, a window and a segment
     */
    public static PowerSpectra simulate(int bins, int windows, int segments, RandomStream random) {
        if (bins < 1 || windows < 1 || segments < 1) {
            throw new IllegalArgumentException("power spectra need a bin, a window and a segment, got " + bins + ", "
                    + windows + " and " + segments);
        }
        double[] frequency = new double[bins];
        Arrays.setAll(frequency, i -> STEP * (i + 1));
        Dense w = Dense.zeros(bins, 1 + RHYTHMS.length);
        for (int i = 0; i < bins; i++) {
            w.row(i)[0] = Math.pow(frequency[i], -SLOPE);
            for (int k = 0; k < RHYTHMS.length; k++) {
                double z = (frequency[i] - RHYTHMS[k][0]) / RHYTHMS[k][1];
                w.row(i)[k + 1] = RHYTHMS[k][2] * Math.exp(-0.5 * z * z);
            }
        }
        // Gamma of shape 1: often weak, sometimes strong.
        Dense h = Dense.zeros(w.columns(), windows);
        for (int k = 0; k < h.rows(); k++) {
            RandomSource source = random.split("strengths").split(k).generator();
            for (int j = 0; j < windows; j++) {
                h.row(k)[j] = Math.exp(GammaDraw.log(source, 1));
            }
        }
        Dense power = Dense.zeros(bins, windows);
        for (int i = 0; i < bins; i++) {
            RandomSource source = random.split("noise").split(i).generator();
            double[] row = power.row(i);
            Rows.combine(row, 0, windows, w.row(i), h.array());
            for (int j = 0; j < windows; j++) {
                row[j] *= Math.exp(GammaDraw.log(source, segments)) / segments;
            }
        }
        return new PowerSpectra(frequency, power, w, h, segments);
    }
}
