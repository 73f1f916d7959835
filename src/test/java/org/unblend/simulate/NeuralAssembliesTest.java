package org.unblend.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomStream;
import org.unblend.simulate.NeuralAssemblies.Recording;

class NeuralAssembliesTest {

    @Test
    void countsArePoissonAroundTheProduct() {
        NeuralAssemblies a = NeuralAssemblies.simulate(Recording.STANDARD, RandomStream.of(1));
        assertEquals(80, a.counts().rows());
        assertEquals(2000, a.counts().columns());
        double sum = 0;
        double mean = 0;
        double squares = 0;
        for (int i = 0; i < 80; i++) {
            for (int j = 0; j < 2000; j++) {
                double mu = 0;
                for (int k = 0; k < 5; k++) {
                    mu += a.w().get(i, k) * a.h().get(k, j);
                }
                double n = a.counts().get(i, j);
                assertEquals(Math.rint(n), n);
                assertTrue(mu > 0 || n == 0);
                mean += mu;
                sum += n;
                squares += (n - mu) * (n - mu);
            }
        }
        // Standard errors of sum and of squares; 4 of each: false alarm 1e-4.
        assertEquals(mean, sum, 4 * Math.sqrt(mean));
        assertEquals(1, squares / mean, 0.06);
    }

    @Test
    void activityHasTheWantedFraction() {
        NeuralAssemblies a = NeuralAssemblies.simulate(new Recording(1, 100_000, 1, 0, 0.15, 5, 2), RandomStream.of(1));
        double active = Arrays.stream(a.h().row(0)).filter(v -> v > 0).count() / 1e5;
        // Bouts of about 5 bins: some 20,000 independent bins, standard error 0.0035; 4 of them: false alarm 6e-5.
        assertEquals(0.15, active, 0.014);
        assertEquals(2, Arrays.stream(a.h().row(0)).filter(v -> v > 0).average().orElseThrow(), 0.06);
    }

    @Test
    void seeded() {
        Recording small = new Recording(10, 20, 2, 0.1, 0.2, 3, 1);
        assertEquals(
                NeuralAssemblies.simulate(small, RandomStream.of(3)).counts(),
                NeuralAssemblies.simulate(small, RandomStream.of(3)).counts());
        assertNotEquals(
                NeuralAssemblies.simulate(small, RandomStream.of(3)).h(),
                NeuralAssemblies.simulate(small, RandomStream.of(4)).h());
        assertThrows(IllegalArgumentException.class, () -> new Recording(10, 20, 2, 0.1, 1.2, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new Recording(0, 20, 2, 0.1, 0.2, 3, 1));
        assertThrows(IllegalArgumentException.class, () -> new Recording(10, 20, 2, 0.1, 0.2, 3, Double.NaN));
    }
}
