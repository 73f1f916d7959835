package org.unblend.density;

import java.util.BitSet;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Dirichlet;
import org.unblend.model.Support;

/** Vectors along one axis that sum to one, one for each entry of the other axes. */
final class DirichletFactor implements Factor {
    /** Relative step of difference quotients. */
    private static final double STEP = 1e-6;

    private final ArgumentTable arguments;

    /** Length of a vector, step between its entries, and number of vectors. */
    private final int length;

    private final int stride;
    private final int vectors;

    DirichletFactor(Dirichlet distribution, Dims dims, ArgumentTable arguments) {
        this.arguments = arguments;
        Axis axis = dims.axis(distribution.axis()).orElseThrow();
        length = axis.length();
        stride = dims.strides()[dims.axes().indexOf(axis)];
        vectors = dims.size() / length;
    }

    @Override
    public int cubeSize() {
        return vectors * (length - 1);
    }

    @Override
    public int freeSize() {
        return cubeSize();
    }

    @Override
    public void fromCube(double[] u, int uOffset, double[] x, int xOffset, Frame frame, int row) {
        double[] part = new double[length - 1];
        double[] vector = new double[length];
        for (int v = 0; v < vectors; v++) {
            System.arraycopy(u, uOffset + v * part.length, part, 0, part.length);
            Dirichlet.fromCube(part, concentration(frame, row, v), vector);
            scatter(vector, x, xOffset, v);
        }
    }

    @Override
    public BitSet touched(BitSet coordinates, BitSet[] changed) {
        BitSet touched = new BitSet();
        for (int v = 0; v < vectors; v++) {
            int own = coordinates.nextSetBit(v * (length - 1));
            boolean any = own >= 0 && own < (v + 1) * (length - 1);
            for (int i = 0; i < length; i++) {
                any |= arguments.touched(entry(v, i), changed);
            }
            for (int i = 0; any && i < length; i++) {
                touched.set(entry(v, i));
            }
        }
        return touched;
    }

    @Override
    public void fromCubeAt(int[] entries, double[] u, int uOffset, double[] x, int xOffset, Frame frame, int row) {
        BitSet wanted = new BitSet();
        for (int e : entries) {
            wanted.set(e / (length * stride) * stride + e % stride);
        }
        double[] part = new double[length - 1];
        double[] vector = new double[length];
        for (int v = wanted.nextSetBit(0); v >= 0; v = wanted.nextSetBit(v + 1)) {
            System.arraycopy(u, uOffset + v * part.length, part, 0, part.length);
            Dirichlet.fromCube(part, concentration(frame, row, v), vector);
            scatter(vector, x, xOffset, v);
        }
    }

    @Override
    public void toCube(double[] x, int xOffset, double[] u, int uOffset, Frame frame, int row) {
        for (int v = 0; v < vectors; v++) {
            double[] part = Dirichlet.toCube(gather(x, xOffset, v), concentration(frame, row, v));
            System.arraycopy(part, 0, u, uOffset + v * part.length, part.length);
        }
    }

    @Override
    public double logDensity(double[] x, int offset, Frame frame, int row) {
        double sum = 0;
        for (int v = 0; v < vectors; v++) {
            sum += Dirichlet.logDensity(gather(x, offset, v), concentration(frame, row, v));
        }
        return sum;
    }

    @Override
    public void gradient(double[] x, int offset, Frame frame, int row, double[] xBar, double[][] bars) {
        double[] slopeX = new double[length];
        double[] slopeAlpha = new double[length];
        for (int v = 0; v < vectors; v++) {
            Dirichlet.gradient(gather(x, offset, v), concentration(frame, row, v), slopeX, slopeAlpha);
            for (int i = 0; i < length; i++) {
                xBar[offset + entry(v, i)] += slopeX[i];
                arguments.give(bars, row, entry(v, i), 0, slopeAlpha[i]);
            }
        }
    }

    @Override
    public void pullToCube(
            double[] u, int uOffset, int offset, Frame frame, int row, int node, double[] uBar, double[][] bars) {
        double[] part = new double[length - 1];
        double[] moved = new double[length];
        for (int v = 0; v < vectors; v++) {
            int at = uOffset + v * part.length;
            System.arraycopy(u, at, part, 0, part.length);
            double[] alpha = concentration(frame, row, v);
            double[] x = gather(frame.values[node], offset, v);
            double[] bar = gather(bars[node], offset, v);
            for (int k = 0; k < part.length; k++) {
                double step = STEP * Math.min(part[k], 1 - part[k]);
                part[k] += step;
                uBar[at + k] = change(part, alpha, x, bar, moved) / step;
                part[k] = u[at + k];
            }
            for (int i = 0; i < length && arguments.wanted(bars, 0); i++) {
                double given = alpha[i];
                double step = STEP * given;
                alpha[i] = given + step;
                double slope = change(part, alpha, x, bar, moved) / step;
                alpha[i] = given;
                arguments.give(bars, row, entry(v, i), 0, Double.isFinite(slope) ? slope : 0);
            }
        }
    }

    /** The change of {@code bar · x} at other coordinates or concentrations. */
    private static double change(double[] part, double[] alpha, double[] x, double[] bar, double[] moved) {
        Dirichlet.fromCube(part, alpha, moved);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += bar[i] * (moved[i] - x[i]);
        }
        return sum;
    }

    @Override
    public double constrain(double[] z, int zOffset, double[] x, int xOffset, Frame frame, int row) {
        double sum = 0;
        double[] vector = new double[length];
        for (int v = 0; v < vectors; v++) {
            sum += StickBreaking.constrain(z, zOffset + v * (length - 1), vector);
            scatter(vector, x, xOffset, v);
        }
        return sum;
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset, Frame frame, int row) {
        for (int v = 0; v < vectors; v++) {
            StickBreaking.unconstrain(gather(x, xOffset, v), z, zOffset + v * (length - 1));
        }
    }

    @Override
    public void pullBack(double[] z, int zOffset, double[] xBar, int xOffset, double[] zBar) {
        for (int v = 0; v < vectors; v++) {
            StickBreaking.pullBack(z, zOffset + v * (length - 1), gather(xBar, xOffset, v), zBar);
        }
    }

    @Override
    public boolean fixedSupport() {
        return true;
    }

    @Override
    public Support bounds() {
        return new Support(0, 1);
    }

    /** Flat entry of place i in vector v: the axis is taken out of the row-major index and put back. */
    private int entry(int v, int i) {
        return (v / stride * length + i) * stride + v % stride;
    }

    private double[] concentration(Frame frame, int row, int v) {
        double[] alpha = new double[length];
        double[] one = new double[1];
        for (int i = 0; i < length; i++) {
            arguments.fetch(frame, row, entry(v, i), one);
            alpha[i] = one[0];
        }
        return alpha;
    }

    private double[] gather(double[] x, int offset, int v) {
        double[] vector = new double[length];
        for (int i = 0; i < length; i++) {
            vector[i] = x[offset + entry(v, i)];
        }
        return vector;
    }

    private void scatter(double[] vector, double[] x, int offset, int v) {
        for (int i = 0; i < length; i++) {
            x[offset + entry(v, i)] = vector[i];
        }
    }
}
