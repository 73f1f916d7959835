package org.unblend.math;

import java.util.Arrays;

/**
 * Stiff problems with published solutions (Mazzia &amp; Magherini 2008, Test Set for Initial Value Problem Solvers, release
 * 2.4). Jacobians are full and made by central differences, which are exact for right-hand sides of second degree.
 */
final class StiffProblems {

    /** The right-hand side. */
    @FunctionalInterface
    interface Slope {
        void at(double t, double[] y, double[] dy);
    }

    /**
     * A problem.
     *
     * @param y0 start at t = 0
     * @param end end
     * @param expected solution at the end
     */
    record Problem(Slope slope, double[] y0, double end, double[] expected) {}

    private StiffProblems() {}

    /** The problem as a system with a full pattern. Its right-hand sides are at most quadratic, so differences are exact. */
    static StiffSystem system(Problem p, boolean autonomous) {
        int n = p.y0().length;
        int[] start = new int[n + 1];
        int[] columns = new int[n * n];
        for (int i = 0; i < n; i++) {
            start[i + 1] = (i + 1) * n;
            for (int j = 0; j < n; j++) {
                columns[i * n + j] = j;
            }
        }
        return new StiffSystem() {
            @Override
            public int size() {
                return n;
            }

            @Override
            public int[] rowStart() {
                return start;
            }

            @Override
            public int[] columns() {
                return columns;
            }

            @Override
            public void derivative(double t, double[] y, double[] dy) {
                p.slope().at(t, y, dy);
            }

            @Override
            public void jacobian(double t, double[] y, double[] values) {
                double[] at = y.clone();
                double[] up = new double[n];
                double[] down = new double[n];
                for (int j = 0; j < n; j++) {
                    double h = Math.max(1e-3 * Math.abs(y[j]), 1e-6);
                    at[j] = y[j] + h;
                    p.slope().at(t, at, up);
                    at[j] = y[j] - h;
                    p.slope().at(t, at, down);
                    at[j] = y[j];
                    for (int i = 0; i < n; i++) {
                        values[i * n + j] = (up[i] - down[i]) / (2 * h);
                    }
                }
            }

            @Override
            public boolean autonomous() {
                return autonomous;
            }
        };
    }

    static Problem robertson() {
        return new Problem(
                (t, y, d) -> {
                    d[0] = -0.04 * y[0] + 1e4 * y[1] * y[2];
                    d[2] = 3e7 * y[1] * y[1];
                    d[1] = -d[0] - d[2];
                },
                new double[] {1, 0, 0},
                1e11,
                new double[] {0.2083340149701255e-07, 0.8333360770334713e-13, 0.9999999791665050});
    }

    static Problem hires() {
        double[] y0 = new double[8];
        y0[0] = 1;
        y0[7] = 0.0057;
        return new Problem(
                (t, y, d) -> {
                    d[0] = -1.71 * y[0] + 0.43 * y[1] + 8.32 * y[2] + 0.0007;
                    d[1] = 1.71 * y[0] - 8.75 * y[1];
                    d[2] = -10.03 * y[2] + 0.43 * y[3] + 0.035 * y[4];
                    d[3] = 8.32 * y[1] + 1.71 * y[2] - 1.12 * y[3];
                    d[4] = -1.745 * y[4] + 0.43 * y[5] + 0.43 * y[6];
                    d[5] = -280 * y[5] * y[7] + 0.69 * y[3] + 1.71 * y[4] - 0.43 * y[5] + 0.69 * y[6];
                    d[6] = 280 * y[5] * y[7] - 1.81 * y[6];
                    d[7] = -d[6];
                },
                y0,
                321.8122,
                new double[] {
                    0.7371312573325668e-3,
                    0.1442485726316185e-3,
                    0.5888729740967575e-4,
                    0.1175651343283149e-2,
                    0.2386356198831331e-2,
                    0.6238968252742796e-2,
                    0.2849998395185769e-2,
                    0.2850001604814231e-2
                });
    }

    static Problem oregonator() {
        return new Problem(
                (t, y, d) -> {
                    d[0] = 77.27 * (y[1] + y[0] * (1 - 8.375e-6 * y[0] - y[1]));
                    d[1] = (y[2] - (1 + y[0]) * y[1]) / 77.27;
                    d[2] = 0.161 * (y[0] - y[2]);
                },
                new double[] {1, 2, 3},
                360,
                new double[] {0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3});
    }

    static Problem pollution() {
        double[] y0 = new double[20];
        y0[1] = 0.2;
        y0[3] = 0.04;
        y0[6] = 0.1;
        y0[7] = 0.3;
        y0[8] = 0.01;
        y0[16] = 0.007;
        double[] k = {
            .35, .266e2, .123e5, .86e-3, .82e-3, .15e5, .13e-3, .24e5, .165e5, .9e4, .22e-1, .12e5, .188e1, .163e5,
            .48e7, .35e-3, .175e-1, .1e9, .444e12, .124e4, .21e1, .578e1, .474e-1, .178e4, .312e1
        };
        return new Problem(
                (t, y, d) -> {
                    double[] r = {
                        k[0] * y[0], k[1] * y[1] * y[3], k[2] * y[4] * y[1], k[3] * y[6], k[4] * y[6],
                        k[5] * y[6] * y[5], k[6] * y[8], k[7] * y[8] * y[5], k[8] * y[10] * y[1], k[9] * y[10] * y[0],
                        k[10] * y[12], k[11] * y[9] * y[1], k[12] * y[13], k[13] * y[0] * y[5], k[14] * y[2],
                        k[15] * y[3], k[16] * y[3], k[17] * y[15], k[18] * y[15], k[19] * y[16] * y[5],
                        k[20] * y[18], k[21] * y[18], k[22] * y[0] * y[3], k[23] * y[18] * y[0], k[24] * y[19]
                    };
                    Arrays.fill(d, 0);
                    d[0] = -r[0] - r[9] - r[13] - r[22] - r[23] + r[1] + r[2] + r[8] + r[10] + r[11] + r[21] + r[24];
                    d[1] = -r[1] - r[2] - r[8] - r[11] + r[0] + r[20];
                    d[2] = -r[14] + r[0] + r[16] + r[18] + r[21];
                    d[3] = -r[1] - r[15] - r[16] - r[22] + r[14];
                    d[4] = -r[2] + 2 * r[3] + r[5] + r[6] + r[12] + r[19];
                    d[5] = -r[5] - r[7] - r[13] - r[19] + r[2] + 2 * r[17];
                    d[6] = -r[3] - r[4] - r[5] + r[12];
                    d[7] = r[3] + r[4] + r[5] + r[6];
                    d[8] = -r[6] - r[7];
                    d[9] = -r[11] + r[6] + r[8];
                    d[10] = -r[8] - r[9] + r[7] + r[10];
                    d[11] = r[8];
                    d[12] = -r[10] + r[9];
                    d[13] = -r[12] + r[11];
                    d[14] = r[13];
                    d[15] = -r[17] - r[18] + r[15];
                    d[16] = -r[19];
                    d[17] = r[19];
                    d[18] = -r[20] - r[21] - r[23] + r[22] + r[24];
                    d[19] = -r[24] + r[23];
                },
                y0,
                60,
                new double[] {
                    0.5646255480022769e-1, 0.1342484130422339, 0.4139734331099427e-8, 0.5523140207484359e-2,
                    0.2018977262302196e-6, 0.1464541863493966e-6, 0.7784249118997964e-1, 0.3245075353396018,
                    0.7494013383880406e-2, 0.1622293157301561e-7, 0.1135863833257075e-7, 0.2230505975721359e-2,
                    0.2087162882798630e-3, 0.1396921016840158e-4, 0.8964884856898295e-2, 0.4352846369330103e-17,
                    0.6899219696263405e-2, 0.1007803037365946e-3, 0.1772146513969984e-5, 0.5682943292316392e-4
                });
    }
}
