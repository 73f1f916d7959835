package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Paths of a run with 100 live points whose volumes are the expected ones. */
class PhaseTransitionTest {
    private static final int LIVE = 100;
    private static final int D = 10;

    @Test
    void aNormalDensityHasOnePhase() {
        assertEquals(Optional.empty(), found(s -> normal(s, 0)));
    }

    @Test
    void aSpikeInASlabIsAnother() {
        // The same shape, a hundredth as wide and 30 nats higher: the volume is a factor 100^10 = exp(46) smaller.
        double shift = D * Math.log(100);
        DoubleUnaryOperator both = s -> Math.max(normal(s, 0), normal(s - shift, 60));
        PhaseTransition found = found(both).orElseThrow();
        assertTrue(found.depth() > 10, found.toString());
        assertTrue(found.from() > -12 && found.to() < -shift, found.toString());
        assertEquals(1, found.narrow(), 1e-3);
    }

    /** With so little height the spike has a part in {@code exp(16)} of the posterior. */
    @Test
    void aSpikeWithoutWeightDoesNoHarm() {
        double shift = D * Math.log(100);
        assertEquals(Optional.empty(), found(s -> Math.max(normal(s, 0), normal(s - shift, 30))));
    }

    @Test
    void zeroLikelihoodsAndConstantsAreNoPhases() {
        assertEquals(Optional.empty(), found(s -> s < 1 ? Double.NEGATIVE_INFINITY : normal(s, 0)));
        assertEquals(Optional.empty(), found(s -> 0));
        assertEquals(Optional.empty(), found(s -> Double.NEGATIVE_INFINITY));
    }

    /** ln L of a normal density of unit height and width in a box ten times as wide, at the volume exp(-s), plus a height. */
    private static double normal(double s, double height) {
        double radius = 10 * Math.exp(-s / D);
        return height - 0.5 * radius * radius;
    }

    private static Optional<PhaseTransition> found(DoubleUnaryOperator logL) {
        int n = 80 * LIVE;
        double[] l = new double[n];
        double[] x = new double[n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            x[i] = -(i + 1.0) / LIVE;
            l[i] = logL.applyAsDouble(-x[i]);
            w[i] = l[i] + x[i];
        }
        double most = Arrays.stream(w).max().orElseThrow();
        double sum = Arrays.stream(w).map(v -> Math.exp(v - most)).sum();
        for (int i = 0; i < n; i++) {
            w[i] -= most + Math.log(sum);
        }
        return PhaseTransition.of(l, x, w, n);
    }
}
