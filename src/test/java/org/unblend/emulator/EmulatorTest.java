package org.unblend.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Activation;
import org.unblend.math.DenseNetwork;
import org.unblend.math.Probit;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.ForwardModel;
import org.unblend.model.ForwardModelContract;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

class EmulatorTest extends ForwardModelContract {
    @Override
    protected ForwardModel model() {
        return Untrained.mixed();
    }

    @Override
    protected double[] point(RandomSource random) {
        return new double[] {random.nextDouble(10, 90), Math.pow(10, random.nextDouble(2, 5))};
    }

    private static double[] at(Emulator e, double... in) {
        double[] out = new double[e.outputs().size()];
        e.evaluate(in, out, new RowStatus[1], 1);
        return out;
    }

    @Test
    void inputsAndOutputsAreScaledAsStated() {
        Emulator e = Untrained.mixed();
        // The centre of both intervals is 0 for the network; by hand from there.
        double[] z = new double[2];
        DenseNetwork net = e.parts().get(0).network();
        net.apply(new double[2], z, 1, net.newScratch());
        double[] out = at(e, 50, Math.pow(10, 3.5));
        assertEquals(3 + 2 * z[0], out[0], 1e-9);
        assertEquals(Math.pow(10, z[1] - 5), out[1], 1e-9 * out[1]);
        DenseNetwork second = e.parts().get(1).network();
        double[] c = new double[1];
        second.apply(new double[2], c, 1, second.newScratch());
        assertEquals(0.1 * Math.sinh(2 * c[0]), out[2], 1e-9);
    }

    @Test
    void scalesAreInverted() {
        for (EmulatorOutput o : Untrained.mixed().outputs()) {
            for (double y : new double[] {0.003, 0.03, 1, 2345}) {
                assertEquals(y, o.natural(o.scaled(y)), 1e-12 * (1 + y), o.name());
                double h = 1e-6 * y;
                double expected = 2 * h / (o.transform(y + h) - o.transform(y - h));
                assertEquals(expected, o.slope(y), 1e-6 * expected, o.name());
            }
        }
        assertEquals(
                -2,
                Untrained.mixed()
                        .outputs()
                        .get(2)
                        .natural(Untrained.mixed().outputs().get(2).scaled(-2)),
                1e-12);
    }

    @Test
    void theJacobianIsThatOfDifferences() {
        Emulator e = Untrained.mixed();
        RandomSource random = RandomStream.of(5).generator();
        for (int trial = 0; trial < 20; trial++) {
            double[] in = point(random);
            double[] bar = {random.nextGaussian(), 1e5 * random.nextGaussian(), random.nextGaussian()};
            double[] back = new double[2];
            e.vjp(in, bar, back, 1);
            for (int i = 0; i < 2; i++) {
                double h = 1e-5 * in[i];
                double[] up = in.clone();
                double[] down = in.clone();
                up[i] += h;
                down[i] -= h;
                double expected = 0;
                for (int k = 0; k < 3; k++) {
                    expected += bar[k] * (at(e, up)[k] - at(e, down)[k]) / (2 * h);
                }
                assertEquals(expected, back[i], 1e-5 * (Math.abs(expected) + 1e-6));
            }
        }
    }

    @Test
    void errorsComeFromTheErrorNetwork() {
        Emulator e = Untrained.mixed();
        double[] sd = new double[6];
        e.errors(new double[] {50, Math.pow(10, 3.5), 5, 1e3}, sd, 2);
        double[] z = new double[3];
        DenseNetwork net = e.errorNetwork().orElseThrow();
        net.apply(new double[2], z, 1, net.newScratch());
        for (int k = 0; k < 3; k++) {
            assertEquals(Math.exp(z[k] + Emulator.MEAN_LOG_TO_SD), sd[k], 1e-9);
            assertTrue(Double.isNaN(sd[3 + k]), "T = 5 is outside");
        }
    }

    /** E ln |r| of a unit normal, by quadrature over quantiles. */
    @Test
    void theConstantIsThatOfANormal() {
        double sum = 0;
        int n = 200_000;
        for (int i = 0; i < n; i++) {
            sum += Math.log(Probit.quantile(0.5 + 0.5 * (i + 0.5) / n));
        }
        assertEquals(-sum / n, Emulator.MEAN_LOG_TO_SD, 1e-4);
    }

    @Test
    void someOutputsHaveTheBitsTheyHadAmongAll() {
        Emulator e = Untrained.mixed();
        Emulator some = e.only(List.of("c", "a"));
        double[] all = at(e, 33, 777);
        assertArrayEquals(new double[] {all[2], all[0]}, at(some, 33, 777), 0);
        double[] sd = new double[3];
        double[] sdSome = new double[2];
        e.errors(new double[] {33, 777}, sd, 1);
        some.errors(new double[] {33, 777}, sdSome, 1);
        assertArrayEquals(new double[] {sd[2], sd[0]}, sdSome, 0);
        assertThrows(IllegalArgumentException.class, () -> e.only(List.of("d")));
    }

    @Test
    void edgesAndExtrapolationsAreSeen() {
        Emulator e = Untrained.lines("CO", 1);
        assertTrue(e.nearEdge(new double[] {299, 1e5, 1e15}, 0));
        assertFalse(e.nearEdge(new double[] {100, 1e5, 1e15}, 0));
        assertTrue(e.extrapolated(new double[] {8, 1e5, 1e15}, 0));
        assertFalse(e.extrapolated(new double[] {12, 1e5, 1e15}, 0));
    }

    @Test
    void partsThatDoNotFitAreRefused() {
        Emulator e = Untrained.mixed();
        DenseNetwork wide = DenseNetwork.random(new int[] {3, 4, 3}, Activation.RELU, RandomStream.of(1));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Emulator(
                        Untrained.CARD,
                        e.domain(),
                        e.outputs(),
                        List.of(new Emulator.Part(wide, 0)),
                        Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Emulator(
                        Untrained.CARD, e.domain(), e.outputs(), e.parts().subList(0, 1), Optional.empty()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Emulator(Untrained.CARD, e.domain(), e.outputs(), e.parts(), Optional.of(wide)));
        assertThrows(IllegalArgumentException.class, () -> new EmulatorInput("T", "K", 0, 10, true));
        assertThrows(IllegalArgumentException.class, () -> new EmulatorInput("T", "K", 10, 10, false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new EmulatorOutput("a", "1", EmulatorOutput.Scale.LINEAR, 0, 1, 0));
        assertEquals(new Support(10, 90), e.inputs().get(0).domain());
    }
}
