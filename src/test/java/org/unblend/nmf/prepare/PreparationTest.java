package org.unblend.nmf.prepare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.nmf.Factors;
import org.unblend.nmf.Loss;

class PreparationTest {
    private static final Preparation ROWS = new Preparation(false, false, true);
    private static final Preparation ROOT = new Preparation(false, true, false);

    @Test
    void nothingIsDoneUnasked() {
        Dense x = Dense.of(new double[][] {{-1, 2}, {3, 4}});
        Prepared p = Preparation.NONE.apply(x, Optional.empty(), Loss.NORMAL);
        assertEquals(x, p.x());
        assertEquals(Optional.empty(), p.weights());
        assertTrue(p.findings().isEmpty());
    }

    /** A weighted fit has the same chi2 before and after the scaling of rows. */
    @Test
    void scalingKeepsChi2AndIsUndone() {
        Dense x = Dense.of(new double[][] {{2, 4, Double.NaN}, {30, -10, 10}});
        Dense v = Dense.of(new double[][] {{1, 2, 0}, {0.5, 3, 1}});
        Prepared p = ROWS.apply(x, Optional.of(v), Loss.NORMAL);
        assertArrayEquals(new double[] {3, 10}, p.rowScale());
        assertArrayEquals(new double[] {2.0 / 3, 4.0 / 3, 0}, p.x().row(0), 1e-15);
        Factors fitted = new Factors(Dense.of(new double[][] {{1, 0.2}, {0.5, 1}}), Dense.of(new double[][] {
            {1, 0.5, 2}, {1, 0, 1}
        }));
        Factors undone = p.undo(fitted);
        assertEquals(fitted.h(), undone.h());
        Dense mean = p.mean(fitted);
        double before = 0;
        double after = 0;
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                double scaled = fitted.w().get(i, 0) * fitted.h().get(0, j)
                        + fitted.w().get(i, 1) * fitted.h().get(1, j);
                double own = undone.w().get(i, 0) * undone.h().get(0, j)
                        + undone.w().get(i, 1) * undone.h().get(1, j);
                assertEquals(own, mean.get(i, j), 1e-14);
                if (v.get(i, j) > 0) {
                    before += v.get(i, j) * Math.pow(x.get(i, j) - own, 2);
                    after += p.weights().orElseThrow().get(i, j) * Math.pow(p.x().get(i, j) - scaled, 2);
                }
            }
        }
        assertEquals(before, after, 1e-12 * before);
        assertTrue(Double.isNaN(x.get(0, 2)), "the data were modified");
    }

    @Test
    void clippingIsTold() {
        Dense x = Dense.of(new double[][] {{-1, 2, -3}});
        Dense v = Dense.of(new double[][] {{1, 1, 0}});
        Prepared p = new Preparation(true, false, false).apply(x, Optional.of(v), Loss.NORMAL);
        assertArrayEquals(new double[] {0, 2, -3}, p.x().row(0));
        assertTrue(p.findings().get(0).message().startsWith("1 of 2 "));
    }

    @Test
    void rowsWithoutPositiveMeanKeepTheirScale() {
        Prepared p = ROWS.apply(Dense.of(new double[][] {{0, 0}, {-1, 0.5}, {1, 3}}), Optional.empty(), Loss.NORMAL);
        assertArrayEquals(new double[] {1, 1, 2}, p.rowScale());
        assertTrue(p.findings().get(0).message().contains("[1, 2]"));
    }

    /** Square roots of counts have unit chi2 per entry with weight 4; 20,000 entries: 4 standard errors are 0.04. */
    @Test
    void squareRootsOfCountsHaveVarianceOfAQuarter() {
        RandomSource source = RandomStream.of(1).generator();
        Dense x = Dense.zeros(20, 1000);
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 1000; j++) {
                x.row(i)[j] = PoissonDraw.next(source, 10 * (i + 1));
            }
        }
        Prepared p = ROOT.apply(x, Optional.empty(), Loss.POISSON);
        assertEquals(Loss.NORMAL, p.loss());
        double chi2 = 0;
        for (int i = 0; i < 20; i++) {
            double mean = 0;
            for (double v : p.x().row(i)) {
                mean += v / 1000;
            }
            for (int j = 0; j < 1000; j++) {
                chi2 += p.weights().orElseThrow().get(i, j) * Math.pow(p.x().get(i, j) - mean, 2) / 20_000;
            }
        }
        assertEquals(1.01, chi2, 0.05);
    }

    @Test
    void squareRootIsUndoneBySquares() {
        Dense x = Dense.of(new double[][] {{4, 16}, {9, 36}});
        Prepared p = new Preparation(false, true, true).apply(x, Optional.empty(), Loss.POISSON);
        assertArrayEquals(new double[] {3, 4.5}, p.rowScale());
        // One component, exact: sqrt(x) / scale = (2/3) (1, 2) in both rows.
        Factors fitted =
                new Factors(Dense.of(new double[][] {{2.0 / 3}, {2.0 / 3}}), Dense.of(new double[][] {{1, 2}}));
        Factors undone = p.undo(fitted);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                assertEquals(x.get(i, j), undone.w().get(i, 0) * undone.h().get(0, j), 1e-13);
                assertEquals(x.get(i, j), p.mean(fitted).get(i, j), 1e-13);
            }
        }
        assertEquals(4 * 4.5 * 4.5, p.weights().orElseThrow().get(1, 0), 1e-12);
    }

    @Test
    void refusals() {
        Dense x = Dense.of(new double[][] {{1, -2}});
        assertThrows(IllegalArgumentException.class, () -> ROOT.apply(x, Optional.empty(), Loss.NORMAL));
        assertThrows(IllegalArgumentException.class, () -> ROWS.apply(x, Optional.empty(), Loss.POISSON));
        assertThrows(IllegalArgumentException.class, () -> ROOT.apply(x, Optional.empty(), Loss.POISSON));
        Dense v = Dense.of(new double[][] {{2, 0}});
        assertThrows(IllegalArgumentException.class, () -> ROOT.apply(x, Optional.of(v), Loss.POISSON));
        v.row(0)[0] = 1;
        assertEquals(-2, ROOT.apply(x, Optional.of(v), Loss.POISSON).x().get(0, 1));
    }
}
