package org.unblend.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;

class QuasarSpectraTest {
    private static final QuasarSpectra STANDARD = QuasarSpectra.simulate(QuasarSurvey.STANDARD, RandomStream.of(4));

    /** Figures of the published simulation: 61.1 % missing, 11.4 % of the rest negative, ratio about 1.5. */
    @Test
    void looksLikeThePublishedSurvey() {
        double seen = 0;
        double negative = 0;
        double chi2 = 0;
        double ratio = 0;
        for (int j = 0; j < STANDARD.redshift().length; j++) {
            double noise = 0;
            double flux = 0;
            double n = 0;
            for (int i = 0; i < STANDARD.wavelength().length; i++) {
                double v = STANDARD.weights().get(i, j);
                double x = STANDARD.flux().get(i, j);
                if (v > 0) {
                    double off = x - STANDARD.truth().get(i, j);
                    chi2 += v * off * off;
                    negative += x < 0 ? 1 : 0;
                    n++;
                    flux += STANDARD.truth().get(i, j);
                    noise += Math.sqrt(1 / v);
                }
            }
            seen += n;
            ratio += flux / noise / STANDARD.redshift().length;
        }
        double all = (double) STANDARD.wavelength().length * STANDARD.redshift().length;
        assertEquals(0.611, 1 - seen / all, 0.005);
        assertEquals(0.114, negative / seen, 0.012);
        assertEquals(1.5, ratio, 0.15);
        // 854,000 residuals: the mean of chi2 has a standard error of 0.0016; 4 of them: false alarm 6e-5.
        assertEquals(1, chi2 / seen, 0.0064);
    }

    @Test
    void truthIsPositiveAndSeeded() {
        QuasarSurvey small = QuasarSurvey.STANDARD.size(5, 100);
        QuasarSpectra a = QuasarSpectra.simulate(small, RandomStream.of(1));
        assertEquals(a.flux(), QuasarSpectra.simulate(small, RandomStream.of(1)).flux());
        assertTrue(
                Arrays.stream(a.truth().array()).flatMapToDouble(Arrays::stream).allMatch(v -> v > 0));
        QuasarSpectra b = QuasarSpectra.simulate(small.size(9, 100), RandomStream.of(1));
        for (int i = 0; i < 100; i++) {
            assertEquals(a.flux().get(i, 3), b.flux().get(i, 3));
        }
    }

    @Test
    void wavelengthsSpanTheRestFrame() {
        double[] w = STANDARD.wavelength();
        assertEquals(720, w[0], 1);
        assertEquals(10000, w[w.length - 1], 10);
        for (int j = 0; j < STANDARD.redshift().length; j += 100) {
            double z = STANDARD.redshift()[j];
            int first = 0;
            while (STANDARD.weights().get(first, j) == 0) {
                first++;
            }
            assertEquals(3600 / (1 + z), w[first], QuasarSurvey.STANDARD.step() * w[first]);
        }
    }

    @Test
    void mediansAreRenormalised() {
        QuasarSpectra small = QuasarSpectra.simulate(QuasarSurvey.STANDARD.size(20, 500), RandomStream.of(2));
        double[] reference = new double[500];
        Arrays.fill(reference, 3);
        QuasarSpectra scaled = small.renormalised(reference);
        for (int j = 0; j < 20; j++) {
            int q = j;
            double[] seen = java.util.stream.IntStream.range(0, 500)
                    .filter(i -> small.weights().get(i, q) > 0)
                    .mapToDouble(i -> scaled.flux().get(i, q))
                    .sorted()
                    .toArray();
            assertEquals(3, 0.5 * (seen[(seen.length - 1) / 2] + seen[seen.length / 2]), 1e-12);
            for (int i = 0; i < 500; i++) {
                double before =
                        small.weights().get(i, j) * Math.pow(small.flux().get(i, j), 2);
                assertEquals(
                        before,
                        scaled.weights().get(i, j) * Math.pow(scaled.flux().get(i, j), 2),
                        1e-12 * before);
            }
        }
    }

    @Test
    void edgesAreTrimmed() {
        QuasarSpectra small = QuasarSpectra.simulate(QuasarSurvey.STANDARD.size(3, 100), RandomStream.of(2));
        QuasarSpectra cut = small.trimmed(5, 20);
        assertEquals(75, cut.flux().rows());
        assertEquals(small.truth().get(5, 1), cut.truth().get(0, 1));
        assertEquals(small.wavelength()[79], cut.wavelength()[74]);
        assertThrows(IllegalArgumentException.class, () -> small.trimmed(60, 40));
        assertThrows(IllegalArgumentException.class, () -> QuasarSurvey.STANDARD.size(0, 100));
    }
}
