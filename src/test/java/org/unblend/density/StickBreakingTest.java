package org.unblend.density;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

class StickBreakingTest {

    private static double[] simplex(double... z) {
        double[] x = new double[z.length + 1];
        StickBreaking.constrain(z, 0, x);
        return x;
    }

    @Test
    void zeroIsTheCentre() {
        assertArrayEquals(new double[] {0.25, 0.25, 0.25, 0.25}, simplex(0, 0, 0), 1e-15);
    }

    @Test
    void extremesStayOnTheSimplexAndLeadBack() {
        for (double[] z : new double[][] {{30, -30, 30}, {-30, 30, -30}, {30, 30, 30}, {-30, -30, -30}}) {
            double[] x = simplex(z);
            assertEquals(1, Arrays.stream(x).sum(), 1e-14);
            double[] back = new double[3];
            StickBreaking.unconstrain(x, back, 0);
            assertArrayEquals(z, back, 1e-9);
        }
        for (double z : new double[] {-800, 800}) {
            assertTrue(Arrays.stream(simplex(z, z, z)).allMatch(x -> x > 0 && x <= 1));
        }
    }

    @Test
    void logJacobianIsTheDeterminant() {
        double[] z = {0.7, -1.2, 0.4};
        double h = 1e-5;
        DMatrixRMaj jacobian = new DMatrixRMaj(3, 3);
        for (int j = 0; j < 3; j++) {
            double[] up = z.clone();
            double[] down = z.clone();
            up[j] += h;
            down[j] -= h;
            for (int i = 0; i < 3; i++) {
                jacobian.set(i, j, (simplex(up)[i] - simplex(down)[i]) / (2 * h));
            }
        }
        double got = StickBreaking.constrain(z, 0, new double[4]);
        assertEquals(Math.log(CommonOps_DDRM.det(jacobian)), got, 1e-8);
    }
}
