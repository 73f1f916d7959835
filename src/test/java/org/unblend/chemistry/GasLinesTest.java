package org.unblend.chemistry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.ErrorAxis;
import org.unblend.model.ForwardModel;
import org.unblend.model.ForwardModelContract;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

class GasLinesTest extends ForwardModelContract {
    private static final Axis SPECIES = Axis.of("species", "H", "CS", "CO");
    private static final Axis LINES = Axis.of("line", "CO(3-2)", "CS(7-6)", "CO(6-5)");

    /** x_k = 1e-6 (k + 1) mz sqrt(T) / n^0.2: any function will do. */
    private record Chemistry(boolean error) implements ForwardModel {
        @Override
        public String description() {
            return "toy chemistry";
        }

        @Override
        public List<Port> inputs() {
            List<Port> ports = new ArrayList<>(AbundanceModel.PORTS);
            ports.set(0, new Port("av", "mag", new Support(1, 100)));
            return ports;
        }

        @Override
        public Axis output() {
            return SPECIES;
        }

        @Override
        public String outputUnit() {
            return "1";
        }

        @Override
        public String fingerprint() {
            return "toy";
        }

        @Override
        public List<String> citations() {
            return List.of("nobody");
        }

        @Override
        public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
            for (int r = 0; r < rows; r++) {
                status[r] = RowStatus.OK;
                for (int i = 0; i < 6; i++) {
                    if (!inputs().get(i).domain().contains(in[6 * r + i])) {
                        status[r] = RowStatus.OUT_OF_DOMAIN;
                    }
                }
                for (int k = 0; k < 3; k++) {
                    out[3 * r + k] = error ? 0.01 * (k + 1) : value(in, 6 * r, k);
                }
            }
        }

        private static double value(double[] in, int at, int k) {
            return 1e-6 * (k + 1) * in[at + 5] * Math.sqrt(in[at + 4]) * Math.pow(in[at + 1], -0.2);
        }

        @Override
        public boolean differentiable() {
            return !error;
        }

        @Override
        public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < 3; k++) {
                    double bar = outBar[3 * r + k] * value(in, 6 * r, k);
                    inBar[6 * r + 5] += bar / in[6 * r + 5];
                    inBar[6 * r + 4] += bar * 0.5 / in[6 * r + 4];
                    inBar[6 * r + 1] -= bar * 0.2 / in[6 * r + 1];
                }
            }
        }
    }

    /** I = dv T^a (N/dv)^b n^c with powers of each line, and if wanted an error of a tenth. */
    private record Lines(boolean errors) implements ForwardModel {
        private static final double[] A = {0.5, 0.2, 0.9};
        private static final double[] B = {0.3, 0.8, 0.5};
        private static final double[] C = {0.1, 0.4, 0.2};
        private static final int[] COLUMN = {3, 4, 3};

        @Override
        public String description() {
            return "toy lines";
        }

        @Override
        public List<Port> inputs() {
            return List.of(
                    new Port("tkin", "K", new Support(10, 300)),
                    new Port("n_h2", "cm-3", new Support(1e2, 1e8)),
                    new Port("dv", "km/s", new Support(0.1, 1000)),
                    new Port("N_CO/dv", "cm-2/(km/s)", new Support(1, 1e25)),
                    new Port("N_CS/dv", "cm-2/(km/s)", new Support(1, 1e25)));
        }

        @Override
        public Axis output() {
            return errors ? ErrorAxis.of(LINES) : LINES;
        }

        @Override
        public String outputUnit() {
            return "K km/s";
        }

        @Override
        public String fingerprint() {
            return "toy";
        }

        @Override
        public List<String> citations() {
            return List.of("nobody else");
        }

        @Override
        public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
            for (int r = 0; r < rows; r++) {
                status[r] = RowStatus.OK;
                int wide = errors ? 6 : 3;
                for (int l = 0; l < wide; l++) {
                    int k = l % 3;
                    out[wide * r + l] = (l < 3 ? 1 : 0.1)
                            * in[5 * r + 2]
                            * Math.pow(in[5 * r], A[k])
                            * Math.pow(in[5 * r + 1], C[k])
                            * Math.pow(in[5 * r + COLUMN[k]], B[k]);
                }
            }
        }

        @Override
        public boolean differentiable() {
            return true;
        }

        @Override
        public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
            double[] out = new double[3 * rows];
            evaluate(in, out, new RowStatus[rows], rows);
            for (int r = 0; r < rows; r++) {
                for (int l = 0; l < 3; l++) {
                    double bar = outBar[3 * r + l] * out[3 * r + l];
                    inBar[5 * r] += bar * A[l] / in[5 * r];
                    inBar[5 * r + 1] += bar * C[l] / in[5 * r + 1];
                    inBar[5 * r + 2] += bar / in[5 * r + 2];
                    inBar[5 * r + COLUMN[l]] += bar * B[l] / in[5 * r + COLUMN[l]];
                }
            }
        }
    }

    @Override
    protected ForwardModel model() {
        return new GasLines(new Chemistry(false), new Lines(false), 0.5, Optional.empty());
    }

    @Override
    protected double[] point(RandomSource random) {
        return new double[] {
            random.nextDouble(1, 100),
            Math.pow(10, random.nextDouble(4, 6)),
            random.nextDouble(1, 1000),
            random.nextDouble(1, 1000),
            random.nextDouble(10, 200),
            random.nextDouble(0.2, 2),
            random.nextDouble(1, 100)
        };
    }

    private static double[] at(ForwardModel m, double... in) {
        double[] out = new double[m.output().length()];
        m.evaluate(in, out, new RowStatus[1], 1);
        return out;
    }

    @Test
    void columnsAndDensityAreHandedOn() {
        double[] in = {7, 1e5, 2, 3, 50, 1.5, 20};
        double[] x = new double[3];
        new Chemistry(false).evaluate(in, x, new RowStatus[1], 1);
        double co = x[2] * 1.6e21 * 7 / 20;
        double expected = 20 * Math.sqrt(50) * Math.pow(5e4, 0.1) * Math.pow(co, 0.3);
        assertEquals(expected, at(model(), in)[0], 1e-12 * expected);
        ForwardModel thesis = new GasLines(new Chemistry(false), new Lines(false), 1, Optional.empty());
        assertEquals(expected * Math.pow(2, 0.1), at(thesis, in)[0], 1e-11 * expected);
    }

    /** Powers: an error of s dex in the abundance is one of b s dex in the line, to first order. */
    @Test
    void errorsOfChemistryAndLinesAddInQuadrature() {
        double[] in = {7, 1e5, 2, 3, 50, 1.5, 20};
        double[] value = at(model(), in);
        GasLines bare = new GasLines(
                new Chemistry(false),
                new Lines(false),
                0.5,
                Optional.of(new GasLines.Errors(new Chemistry(true), Optional.empty())));
        double[] sd = at(bare, in);
        assertArrayEquals(value, Arrays.copyOf(sd, 3), 1e-12 * value[0]);
        assertEquals(value[0] * (1 - Math.pow(10, -0.03 * 0.3)), sd[3], 1e-10 * value[0]);
        assertEquals(value[1] * (1 - Math.pow(10, -0.02 * 0.8)), sd[4], 1e-10 * value[1]);
        GasLines both = new GasLines(
                new Chemistry(false),
                new Lines(false),
                0.5,
                Optional.of(new GasLines.Errors(new Chemistry(true), Optional.of(new Lines(true)))));
        assertEquals(Math.hypot(sd[3], 0.1 * value[0]), at(both, in)[3], 1e-10 * value[0]);
        assertTrue(!both.differentiable());
    }

    @Test
    void theJacobianIsThatOfDifferences() {
        ForwardModel m = model();
        RandomSource random = RandomStream.of(6).generator();
        for (int trial = 0; trial < 20; trial++) {
            double[] in = point(random);
            double[] bar = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double[] back = new double[7];
            m.vjp(in, bar, back, 1);
            for (int i = 0; i < 7; i++) {
                double h = 1e-5 * in[i];
                double[] up = in.clone();
                double[] down = in.clone();
                up[i] += h;
                down[i] -= h;
                double expected = 0;
                double size = 0;
                for (int k = 0; k < 3; k++) {
                    expected += bar[k] * (at(m, up)[k] - at(m, down)[k]) / (2 * h);
                    size += Math.abs(at(m, in)[k]);
                }
                assertEquals(expected, back[i], 1e-6 * (Math.abs(expected) + size / in[i]), "input " + i);
            }
        }
    }

    @Test
    void linesOfAnUnknownSpeciesAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new GasLines(new Lines(false), new Lines(false), 0.5, Optional.empty()));
    }
}
