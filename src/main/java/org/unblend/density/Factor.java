package org.unblend.density;

import java.util.BitSet;
import org.unblend.model.Support;

/** One distribution bound to the node whose values it describes: a prior, or a likelihood. */
interface Factor {

    /** Number of unit-cube coordinates that determine the node's values. */
    int cubeSize();

    /** Number of unconstrained coordinates that determine the node's values. */
    int freeSize();

    /**
     * Prior draw from uniform numbers by conditional quantiles.
     *
     * @param u coordinates from {@code uOffset} on, each in (0, 1)
     * @param x modified from {@code xOffset} on
     */
    void fromCube(double[] u, int uOffset, double[] x, int xOffset, Frame frame, int row);

    /**
     * Entries whose values may change when coordinates of the cube or entries of other nodes do.
     *
     * @param coordinates those of this node, from 0 on
     * @param changed entries per node, null where nothing changes
     */
    BitSet touched(BitSet coordinates, BitSet[] changed);

    /**
     * {@link #fromCube} for some entries, and others that hang together with these, bit for bit.
     *
     * @param entries ascending
     */
    void fromCubeAt(int[] entries, double[] u, int uOffset, double[] x, int xOffset, Frame frame, int row);

    /**
     * The inverse of {@link #fromCube}: conditional distribution functions.
     *
     * @param x values from {@code xOffset} on, inside the support
     * @param u modified from {@code uOffset} on, from 0 to 1
     */
    void toCube(double[] x, int xOffset, double[] u, int uOffset, Frame frame, int row);

    /** Sum of the log densities of the values of {@code x} from {@code offset} on. */
    double logDensity(double[] x, int offset, Frame frame, int row);

    /**
     * Adds the derivatives of {@link #logDensity}.
     *
     * @param xBar added to from {@code offset} on; null if the values are data
     * @param bars per node, added to; null entries are not wanted
     */
    void gradient(double[] x, int offset, Frame frame, int row, double[] xBar, double[][] bars);

    /**
     * Turns derivatives by the values of a parameter into those by its cube coordinates, and passes on to the arguments how
     * the values move with them while the coordinates stay.
     *
     * @param u coordinates from {@code uOffset} on, each in (0, 1)
     * @param offset where the values begin, in {@code frame.values[node]} and in {@code bars[node]}
     * @param uBar modified from {@code uOffset} on
     * @param bars per node, added to; null entries are not wanted
     */
    void pullToCube(
            double[] u, int uOffset, int offset, Frame frame, int row, int node, double[] uBar, double[][] bars);

    /**
     * Values from unconstrained coordinates.
     *
     * @param z coordinates from {@code zOffset} on
     * @param x modified from {@code xOffset} on
     * @return ln |d x / d z|
     */
    double constrain(double[] z, int zOffset, double[] x, int xOffset, Frame frame, int row);

    /** The inverse of {@link #constrain}. */
    void unconstrain(double[] x, int xOffset, double[] z, int zOffset, Frame frame, int row);

    /**
     * Turns a gradient over the values into one over unconstrained coordinates and adds that of ln |d x / d z|. Only where
     * the support is fixed.
     *
     * @param xBar gradient over the values, from {@code xOffset} on
     * @param zBar modified from {@code zOffset} on
     */
    void pullBack(double[] z, int zOffset, double[] xBar, int xOffset, double[] zBar);

    /** True if the region of allowed values depends on no other node. */
    boolean fixedSupport();

    /** Hard bounds of one entry, as far as they are fixed. */
    Support bounds();
}
