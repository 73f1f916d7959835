package org.unblend.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.ForwardModelContract;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;

class LineEmulatorTest extends ForwardModelContract {
    private static final Axis LINES = Axis.of("line", "CO(3-2)", "CS(2-1)", "CO(1-0)");
    private static final Emulator CO = Untrained.lines("CO", 3);
    private static final Emulator CS = Untrained.lines("CS", 8);

    private static LineEmulator model(boolean error) {
        return new LineEmulator(
                List.of(
                        new LineEmulator.Member("CO", CO.only(List.of("CO(3-2)", "CO(1-0)")), List.of(0, 2)),
                        new LineEmulator.Member("CS", CS.only(List.of("CS(2-1)")), List.of(1))),
                LINES,
                error);
    }

    @Override
    protected ForwardModel model() {
        return model(false);
    }

    @Override
    protected double[] point(RandomSource random) {
        return new double[] {
            random.nextDouble(5, 300),
            Math.pow(10, random.nextDouble(3, 8)),
            random.nextDouble(1, 100),
            Math.pow(10, random.nextDouble(5, 19)),
            Math.pow(10, random.nextDouble(5, 19))
        };
    }

    private static double[] at(ForwardModel m, double... in) {
        double[] out = new double[3];
        m.evaluate(in, out, new RowStatus[1], 1);
        return out;
    }

    @Test
    void intensitiesAreWidthsTimesTemperatures() {
        double[] t = new double[3];
        CO.evaluate(new double[] {50, 1e5, 1e16}, t, new RowStatus[1], 1);
        double[] u = new double[3];
        CS.evaluate(new double[] {50, 1e5, 1e13}, u, new RowStatus[1], 1);
        double area = 1.0644670194312262 * 20;
        assertArrayEquals(
                new double[] {area * t[2], area * u[1], area * t[0]}, at(model(), 50, 1e5, 20, 1e16, 1e13), 1e-10);
        assertEquals(
                List.of("tkin", "n_h2", "dv", "N_CO/dv", "N_CS/dv"),
                model().inputs().stream().map(Port::name).toList());
    }

    @Test
    void thinLinesAreProportionalToTheColumn() {
        double[] least = at(model(), 50, 1e5, 20, 1e10, 1e10);
        double[] less = at(model(), 50, 1e5, 20, 1e7, 1e9);
        assertEquals(least[0] * 1e-3, less[0], 1e-12 * Math.abs(least[0]));
        assertEquals(least[1] * 1e-1, less[1], 1e-12 * Math.abs(least[1]));
    }

    @Test
    void errorsAreThoseOfTheEmulatorsInKelvin() {
        double[] t = new double[3];
        double[] sd = new double[3];
        double[] in = {50, 1e5, 1e16};
        CO.evaluate(in, t, new RowStatus[1], 1);
        CO.errors(in, sd, 1);
        double[] given = new double[6];
        model(true).evaluate(new double[] {50, 1e5, 20, 1e16, 1e13}, given, new RowStatus[1], 1);
        assertArrayEquals(at(model(), 50, 1e5, 20, 1e16, 1e13), Arrays.copyOf(given, 3));
        assertEquals(1.0644670194312262 * 20 * sd[2] * Math.hypot(t[2], 0.03), given[3], 1e-9 * given[3]);
        assertEquals("error of CO(3-2)", model(true).output().labels().get(3));
        assertFalse(model(true).differentiable());
        assertThrows(UnsupportedOperationException.class, () -> model(true).vjp(in, new double[3], new double[5], 1));
    }

    @Test
    void theJacobianIsThatOfDifferences() {
        ForwardModel m = model();
        RandomSource random = RandomStream.of(6).generator();
        for (int trial = 0; trial < 40; trial++) {
            double[] in = point(random);
            double[] bar = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian()};
            double[] back = new double[5];
            m.vjp(in, bar, back, 1);
            for (int i = 0; i < 5; i++) {
                double h = 1e-6 * in[i];
                double[] up = in.clone();
                double[] down = in.clone();
                up[i] += h;
                down[i] -= h;
                double expected = 0;
                for (int k = 0; k < 3; k++) {
                    expected += bar[k] * (at(m, up)[k] - at(m, down)[k]) / (2 * h);
                }
                if (Double.isFinite(expected)) {
                    double size = Math.abs(at(m, in)[0]) + Math.abs(at(m, in)[1]) + Math.abs(at(m, in)[2]);
                    assertEquals(expected, back[i], 1e-5 * (Math.abs(expected) + size / in[i]), "input " + i);
                }
            }
        }
    }

    @Test
    void emulatorsOfSomethingElseAreRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> new LineEmulator.Member("CO", Untrained.mixed(), List.of(0)));
        Emulator bare = new Emulator(CO.card(), CO.domain(), CO.outputs(), CO.parts(), Optional.empty());
        LineEmulator.Member member = new LineEmulator.Member("CO", bare, List.of(0, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> new LineEmulator(List.of(member), LINES, true));
    }
}
