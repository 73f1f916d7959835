package org.unblend.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ContoursTest {

    /** Enclosed area, signed: positive if the inside is on the left. */
    private static double area(List<Contours.Loop> loops) {
        double area = 0;
        for (Contours.Loop loop : loops) {
            int n = loop.x().length;
            for (int k = 0; k < n; k++) {
                int next = (k + 1) % n;
                area += (loop.x()[k] * loop.y()[next] - loop.x()[next] * loop.y()[k]) / 2;
            }
        }
        return area;
    }

    private static Density2 grid(int n, java.util.function.DoubleBinaryOperator f) {
        double[] cells = new double[n * n];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                cells[j * n + i] = f.applyAsDouble((i + 0.5) / n, (j + 0.5) / n);
            }
        }
        return new Density2(n, cells);
    }

    @Test
    void circleAndRing() {
        Density2 cone = grid(80, (x, y) -> 1 - Math.hypot(x - 0.5, y - 0.4));
        assertEquals(Math.PI * 0.09, area(Contours.of(cone, 0.7)), 1e-3);
        Density2 ring = grid(80, (x, y) -> 1 - Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.3));
        List<Contours.Loop> loops = Contours.of(ring, 0.9);
        assertEquals(2, loops.size());
        assertEquals(Math.PI * (0.16 - 0.04), area(loops), 2e-3);
    }

    @Test
    void saddlesCloseBothWays() {
        Density2 egg = grid(60, (x, y) -> 2 + Math.sin(20 * x) * Math.sin(17 * y));
        for (double level : new double[] {1.2, 1.999, 2, 2.001, 2.8}) {
            double share = Arrays.stream(egg.cells()).filter(v -> v > level).count() / 3600.0;
            // The margin of two cells around the square belongs to the loops as well.
            assertEquals(share, area(Contours.of(egg, level)), 0.09, "level " + level);
        }
    }

    @Test
    void simplifiedLoopsStayClose() {
        Contours.Loop loop = Contours.of(grid(80, (x, y) -> 1 - Math.hypot(x - 0.5, y - 0.5)), 0.7)
                .get(0);
        Contours.Loop simple = Contours.simplified(loop, 1e-3);
        assertTrue(simple.x().length < loop.x().length / 3, simple.x().length + " of " + loop.x().length);
        for (double r : radii(simple)) {
            assertEquals(0.3, r, 1e-3);
        }
        assertEquals(area(List.of(loop)), area(List.of(simple)), 2 * Math.PI * 0.3 * 1e-3);
    }

    private static double[] radii(Contours.Loop loop) {
        double[] r = new double[loop.x().length];
        for (int k = 0; k < r.length; k++) {
            r[k] = Math.hypot(loop.x()[k] - 0.5, loop.y()[k] - 0.5);
        }
        return r;
    }

    @Test
    void emptyAndConstantGrids() {
        assertEquals(List.of(), Contours.of(grid(10, (x, y) -> 0), 0));
        assertEquals(List.of(), Contours.of(grid(10, (x, y) -> 1), 2));
        assertEquals(1, Contours.of(grid(10, (x, y) -> 1), 0.5).size());
    }

    private static Density2.Side side(double[] place, double[] w, boolean hard) {
        return new Density2.Side(place, Bandwidth.scale(place, w), hard, hard);
    }

    /** Regions of a normal law: the area of the region of mass p is -2 pi ln(1 - p) sd1 sd2 sqrt(1 - rho^2). */
    @Test
    void regionsOfANormalLaw() {
        int n = 20_000;
        RandomSource random = RandomStream.of(41).generator();
        for (double rho : new double[] {0, -0.9, 0.98}) {
            double[] x = new double[n];
            double[] y = new double[n];
            double[] w = new double[n];
            for (int i = 0; i < n; i++) {
                double a = random.nextGaussian();
                x[i] = 0.5 + 0.12 * a;
                y[i] = 0.5 + 0.12 * (rho * a + Math.sqrt(1 - rho * rho) * random.nextGaussian());
                // Importance weights that do not depend on place.
                w[i] = 0.5 + random.nextDouble();
            }
            Density2 density = Density2.of(side(x, w, false), side(y, w, false), w, 60);
            double[] levels = density.levels(0.393, 0.865);
            double[] mass = {0.393, 0.865};
            for (int k = 0; k < 2; k++) {
                double exact = -2 * Math.PI * Math.log(1 - mass[k]) * 0.12 * 0.12 * Math.sqrt(1 - rho * rho);
                // Kernels widen each region by a few per cent, a ridge as thin as a cell by more.
                double measured = area(Contours.of(density, levels[k]));
                assertEquals(1, measured / exact, rho > 0.95 ? 0.15 : 0.08, "rho " + rho + ", mass " + mass[k]);
            }
        }
    }

    @Test
    void hardBoundsKeepTheMassInside() {
        int n = 20_000;
        RandomSource random = RandomStream.of(42).generator();
        double[] x = random.doubles(n).toArray();
        double[] y = random.doubles(n).toArray();
        double[] w = new double[n];
        Arrays.fill(w, 1);
        double[] cells = Density2.of(side(x, w, true), side(y, w, true), w, 20).cells();
        for (double cell : cells) {
            assertEquals(1, cell * 400, 0.25);
        }
        double[] open = Density2.of(side(x, w, false), side(y, w, false), w, 20).cells();
        assertTrue(open[0] * 400 < 0.6, "without bounds the corner loses mass");
    }
}
