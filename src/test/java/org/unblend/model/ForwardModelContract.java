package org.unblend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** What every {@link ForwardModel} must satisfy; each implementation's test extends this. */
public abstract class ForwardModelContract {
    private static final int ROWS = 23;

    private final ForwardModel model = model();

    /** A new copy of the model under test. */
    protected abstract ForwardModel model();

    /** A random point at which the model is valid and succeeds. */
    protected abstract double[] point(RandomSource random);

    @Test
    void describesItself() {
        ForwardModel m = model;
        assertFalse(m.description().isBlank());
        assertFalse(m.outputUnit().isBlank());
        assertFalse(m.fingerprint().isBlank());
        assertFalse(m.citations().isEmpty());
        assertEquals(
                m.inputs().size(),
                m.inputs().stream().map(Port::name).distinct().count());
        for (Port p : m.inputs()) {
            assertFalse(p.unit().isBlank());
            assertTrue(p.domain().low() < p.domain().high(), p::toString);
        }
        assertEquals(model().fingerprint(), m.fingerprint(), "equal models have equal fingerprints");
    }

    @Test
    void succeedsInsideItsDomain() {
        double[] in = points();
        Batch b = evaluate(in, ROWS);
        for (int r = 0; r < ROWS; r++) {
            assertEquals(RowStatus.OK, b.status[r]);
        }
        assertTrue(Arrays.stream(b.out).allMatch(Double::isFinite));
    }

    @Test
    void aBatchEqualsItsRowsBitForBit() {
        double[] in = points();
        int inputs = model.inputs().size();
        int outputs = model.output().length();
        Batch whole = evaluate(in, ROWS);
        for (int r = ROWS - 1; r >= 0; r--) {
            Batch one = evaluate(Arrays.copyOfRange(in, r * inputs, (r + 1) * inputs), 1);
            assertArrayEquals(Arrays.copyOfRange(whole.out, r * outputs, (r + 1) * outputs), one.out);
        }
    }

    @Test
    void aBadRowDoesNotTouchItsNeighbours() {
        double[] in = points();
        int outputs = model.output().length();
        Batch clean = evaluate(in, ROWS);
        in[model.inputs().size()] = Double.NaN;
        Batch spoilt = evaluate(in, ROWS);
        assertEquals(RowStatus.OUT_OF_DOMAIN, spoilt.status[1]);
        assertArrayEquals(
                Arrays.copyOfRange(clean.out, 2 * outputs, ROWS * outputs),
                Arrays.copyOfRange(spoilt.out, 2 * outputs, ROWS * outputs));
    }

    @Test
    void leavesInputsAndFurtherRowsAlone() {
        double[] in = points();
        double[] before = in.clone();
        int outputs = model.output().length();
        double[] out = new double[ROWS * outputs];
        Arrays.fill(out, -7);
        RowStatus[] status = new RowStatus[ROWS];
        model.evaluate(in, out, status, ROWS - 1);
        assertArrayEquals(before, in);
        for (int i = (ROWS - 1) * outputs; i < out.length; i++) {
            assertEquals(-7, out[i]);
        }
        assertNull(status[ROWS - 1]);
        model.evaluate(in, out, status, 0);
    }

    @Test
    void flagsEveryInputOutsideItsDomain() {
        double[] good = point(RandomStream.of(3).generator());
        for (int i = 0; i < good.length; i++) {
            Support domain = model.inputs().get(i).domain();
            double[] bad = {
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                Math.nextDown(domain.low()),
                Math.nextUp(domain.high())
            };
            for (double value : bad) {
                if (domain.contains(value)) {
                    continue;
                }
                double[] in = good.clone();
                in[i] = value;
                Batch b = evaluate(in, 1);
                String what = model.inputs().get(i).name() + " = " + value;
                assertEquals(RowStatus.OUT_OF_DOMAIN, b.status[0], what);
                assertTrue(Arrays.stream(b.out).allMatch(Double::isNaN), what);
            }
        }
    }

    @Test
    void isThreadSafe() {
        double[] in = points();
        int inputs = model.inputs().size();
        int outputs = model.output().length();
        Batch alone = evaluate(in, ROWS);
        double[] out = new double[ROWS * outputs];
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            new Parallel(threads).forRanges(ROWS, 1, (from, to) -> {
                double[] row = new double[outputs];
                RowStatus[] status = new RowStatus[1];
                model.evaluate(Arrays.copyOfRange(in, from * inputs, to * inputs), row, status, 1);
                assertNotNull(status[0]);
                System.arraycopy(row, 0, out, from * outputs, outputs);
            });
        } finally {
            threads.shutdown();
        }
        assertArrayEquals(alone.out, out);
    }

    private double[] points() {
        int inputs = model.inputs().size();
        double[] in = new double[ROWS * inputs];
        RandomSource random = RandomStream.of(11).generator();
        for (int r = 0; r < ROWS; r++) {
            System.arraycopy(point(random), 0, in, r * inputs, inputs);
        }
        return in;
    }

    private Batch evaluate(double[] in, int rows) {
        Batch b = new Batch(new double[rows * model.output().length()], new RowStatus[rows]);
        model.evaluate(in, b.out, b.status, rows);
        return b;
    }

    private record Batch(double[] out, RowStatus[] status) {}
}
