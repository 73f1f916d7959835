package org.unblend.density;

import java.util.BitSet;
import org.unblend.math.RandomSource;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.Support;
import org.unblend.model.family.Normal;

/**
 * Entries independent given the arguments. Entries of weight 0 are skipped by index; for a Normal family a weight
 * divides the variance, for any other it is an exponent.
 */
final class IndependentFactor implements Factor {
    private final Family family;
    private final ArgumentTable arguments;
    private final int[] entries;
    private final double[] weights;
    private final boolean scalesVariance;

    /** The map to the support, or null if that depends on other nodes. */
    private final Link fixedLink;

    /**
     * @param entries the entries that count, ascending
     * @param weights one positive weight per entry that counts
     */
    IndependentFactor(Independent distribution, ArgumentTable arguments, int[] entries, double[] weights) {
        this.family = distribution.family();
        this.arguments = arguments;
        this.entries = entries;
        this.weights = weights;
        this.scalesVariance = family instanceof Normal;
        double[] numbers = distribution.numbers().orElse(new double[arguments.count()]);
        boolean fixed = distribution.numbers().isPresent() || family.fixedSupport();
        this.fixedLink = fixed ? Link.to(family.support(numbers)) : null;
    }

    @Override
    public int cubeSize() {
        return entries.length;
    }

    @Override
    public int freeSize() {
        return entries.length;
    }

    @Override
    public void fromCube(double[] u, int uOffset, double[] x, int xOffset, Frame frame, int row) {
        double[] theta = new double[arguments.count()];
        for (int e : entries) {
            arguments.fetch(frame, row, e, theta);
            x[xOffset + e] = family.quantile(u[uOffset + e], theta);
        }
    }

    /** Every entry of a parameter counts, so that entry and coordinate have the same number. */
    @Override
    public BitSet touched(BitSet coordinates, BitSet[] changed) {
        BitSet touched = (BitSet) coordinates.clone();
        for (int e : entries) {
            touched.set(e, touched.get(e) || arguments.touched(e, changed));
        }
        return touched;
    }

    @Override
    public void fromCubeAt(int[] which, double[] u, int uOffset, double[] x, int xOffset, Frame frame, int row) {
        double[] theta = new double[arguments.count()];
        for (int e : which) {
            arguments.fetch(frame, row, e, theta);
            x[xOffset + e] = family.quantile(u[uOffset + e], theta);
        }
    }

    /** Which of the entries that count have another log density when these entries of other nodes change. */
    BitSet termsTouched(BitSet[] changed) {
        BitSet touched = new BitSet();
        for (int i = 0; i < entries.length; i++) {
            touched.set(i, arguments.touched(entries[i], changed));
        }
        return touched;
    }

    /** Log densities of some of the entries that count, each written to {@code out[outOffset + which]}. */
    void pointwiseAt(int[] which, double[] x, Frame frame, int row, double[] out, int outOffset) {
        double[] theta = new double[arguments.count()];
        for (int i : which) {
            out[outOffset + i] = term(x, 0, frame, row, i, theta);
        }
    }

    @Override
    public void toCube(double[] x, int xOffset, double[] u, int uOffset, Frame frame, int row) {
        double[] theta = new double[arguments.count()];
        for (int e : entries) {
            arguments.fetch(frame, row, e, theta);
            u[uOffset + e] = family.cdf(x[xOffset + e], theta);
        }
    }

    @Override
    public double logDensity(double[] x, int offset, Frame frame, int row) {
        double[] theta = new double[arguments.count()];
        double sum = 0;
        for (int i = 0; i < entries.length; i++) {
            sum += term(x, offset, frame, row, i, theta);
        }
        return sum;
    }

    @Override
    public void gradient(double[] x, int offset, Frame frame, int row, double[] xBar, double[][] bars) {
        double[] theta = new double[arguments.count()];
        double[] slopes = new double[theta.length + 1];
        for (int i = 0; i < entries.length; i++) {
            int e = entries[i];
            arguments.fetch(frame, row, e, theta);
            double root = scalesVariance ? Math.sqrt(weights[i]) : 1;
            double factor = scalesVariance ? 1 : weights[i];
            if (scalesVariance) {
                theta[1] /= root;
            }
            family.gradient(x[offset + e], theta, slopes);
            if (xBar != null) {
                xBar[offset + e] += factor * slopes[0];
            }
            for (int a = 0; a < theta.length; a++) {
                double chain = scalesVariance && a == 1 ? 1 / root : factor;
                arguments.give(bars, row, e, a, chain * slopes[1 + a]);
            }
        }
    }

    @Override
    public void pullToCube(
            double[] u, int uOffset, int offset, Frame frame, int row, int node, double[] uBar, double[][] bars) {
        double[] theta = new double[arguments.count()];
        for (int e : entries) {
            arguments.fetch(frame, row, e, theta);
            double x = frame.values[node][offset + e];
            double bar = bars[node][offset + e];
            // dx/du = 1/p(x); there is no slope between whole numbers.
            uBar[uOffset + e] = bar == 0 || family.discrete() ? 0 : bar * Math.exp(-family.logDensity(x, theta));
            for (int a = 0; a < theta.length; a++) {
                if (bar != 0 && arguments.wanted(bars, a)) {
                    double given = theta[a];
                    double step = ArgumentTable.step(given, x);
                    theta[a] = given + step;
                    double slope = (family.quantile(u[uOffset + e], theta) - x) / step;
                    theta[a] = given;
                    arguments.give(bars, row, e, a, Double.isFinite(slope) ? bar * slope : 0);
                }
            }
        }
    }

    @Override
    public double constrain(double[] z, int zOffset, double[] x, int xOffset, Frame frame, int row) {
        double sum = 0;
        for (int e : entries) {
            Link link = link(frame, row, e);
            x[xOffset + e] = link.value(z[zOffset + e]);
            sum += link.logSlope(z[zOffset + e]);
        }
        return sum;
    }

    @Override
    public void unconstrain(double[] x, int xOffset, double[] z, int zOffset, Frame frame, int row) {
        for (int e : entries) {
            z[zOffset + e] = link(frame, row, e).inverse(x[xOffset + e]);
        }
    }

    @Override
    public void pullBack(double[] z, int zOffset, double[] xBar, int xOffset, double[] zBar) {
        for (int e : entries) {
            double at = z[zOffset + e];
            zBar[zOffset + e] = xBar[xOffset + e] * fixedLink.slope(at) + fixedLink.logSlopeDerivative(at);
        }
    }

    @Override
    public boolean fixedSupport() {
        return fixedLink != null;
    }

    @Override
    public Support bounds() {
        return fixedLink == null ? Support.REAL : new Support(fixedLink.low(), fixedLink.high());
    }

    /** Whether 0 and 1 of the cube are the same place. */
    boolean periodic() {
        return family.periodic();
    }

    /** Number of entries that count. */
    int counted() {
        return entries.length;
    }

    /** Log density of each entry that counts, written from {@code outOffset} on. */
    void pointwise(double[] x, int offset, Frame frame, int row, double[] out, int outOffset) {
        double[] theta = new double[arguments.count()];
        for (int i = 0; i < entries.length; i++) {
            out[outOffset + i] = term(x, offset, frame, row, i, theta);
        }
    }

    /** Draws the entries that count, written to {@code x} from {@code xOffset} on; the others are left alone. */
    void draw(RandomSource random, double[] x, int xOffset, Frame frame, int row) {
        double[] theta = new double[arguments.count()];
        for (int i = 0; i < entries.length; i++) {
            arguments.fetch(frame, row, entries[i], theta);
            if (scalesVariance) {
                theta[1] /= Math.sqrt(weights[i]);
            }
            x[xOffset + entries[i]] = family.draw(random, theta);
        }
    }

    private double term(double[] x, int offset, Frame frame, int row, int i, double[] theta) {
        arguments.fetch(frame, row, entries[i], theta);
        if (scalesVariance) {
            theta[1] /= Math.sqrt(weights[i]);
            return family.logDensity(x[offset + entries[i]], theta);
        }
        return weights[i] * family.logDensity(x[offset + entries[i]], theta);
    }

    private Link link(Frame frame, int row, int entry) {
        if (fixedLink != null) {
            return fixedLink;
        }
        double[] theta = new double[arguments.count()];
        arguments.fetch(frame, row, entry, theta);
        return Link.to(family.support(theta));
    }
}
