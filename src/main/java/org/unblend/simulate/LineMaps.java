package org.unblend.simulate;

import java.util.List;
import org.unblend.math.Dense;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;

/**
 * Maps of a few molecular lines over one piece of sky, seen through a Gaussian beam: {@code maps = W H + noise}. Every
 * component is a Gaussian patch of gas with one emission profile over the lines, as in de Mijolla et al.'s blind
 * decomposition of maps; far from its centre a component is absent, so most entries of H are zero for all purposes.
 * Noise is Gaussian and not clipped: faint pixels are negative half of the time.
 *
 * @param maps {@code [lines x pixels]}, pixel {@code side * y + x}
 * @param sd standard deviation of the noise of each line, {@code [lines]}
 * @param w truth, {@code [lines x components]}, intensity at the centre of an unsmeared patch
 * @param h truth, {@code [components x pixels]}, the patches after the beam
 */
public record LineMaps(Dense maps, double[] sd, Dense w, Dense h) {

    /**
     * A round patch of gas, {@code exp(-r^2 / (2 sigma^2))} before the beam.
     *
     * @param x centre in pixels
     * @param y centre in pixels
     * @param sigma width in pixels, above 0
     */
    public record Patch(double x, double y, double sigma) {
        public Patch {
            if (!(sigma > 0) || !Double.isFinite(x) || !Double.isFinite(y) || !(sigma < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "a patch needs a finite centre and a width above 0, got " + x + ", " + y + " and " + sigma);
            }
        }
    }

    /**
     * The observation.
     *
     * @param side pixels along each side of the map
     * @param patches one per component
     * @param beam standard deviation of the beam in pixels, 0 or more
     * @param snr mean of a line's map over the standard deviation of its noise, above 0
     */
    public record Observation(int side, List<Patch> patches, double beam, double snr) {
        public Observation {
            patches = List.copyOf(patches);
            if (side < 1 || patches.isEmpty() || !(beam >= 0) || !(snr > 0)) {
                throw new IllegalArgumentException(
                        "maps need a side and patches, a beam of 0 or more and a signal-to-noise"
                                + " ratio above 0, got " + side + ", " + patches.size() + ", " + beam + " and " + snr);
            }
        }

        /** Three clumps that touch: 50 x 50 pixels, beam 2 pixels, signal to noise 100; most pixels hold at most one. */
        public static Observation clumps() {
            return new Observation(
                    50, List.of(new Patch(15, 17, 6), new Patch(33, 20, 4), new Patch(24, 36, 3)), 2, 100);
        }

        /** Three clumps in one cloud: 50 x 50 pixels, beam 5 pixels, signal to noise 100 on average. */
        public static Observation cloud() {
            return new Observation(
                    50, List.of(new Patch(19, 21, 11), new Patch(31, 27, 6), new Patch(24, 34, 3)), 5, 100);
        }
    }

    /**
     * Simulates maps. Equal streams give equal noise.
     *
     * @param w emission profiles, {@code [lines x patches]}, not negative, no line all zero
     */
    public static LineMaps simulate(Observation observation, Dense w, RandomStream random) {
        if (w.columns() != observation.patches().size()) {
            throw new IllegalArgumentException("one profile per patch: " + w.columns() + " profiles, "
                    + observation.patches().size() + " patches");
        }
        Dense h = patches(observation);
        Dense maps = Dense.zeros(w.rows(), h.columns());
        double[] sd = new double[w.rows()];
        for (int i = 0; i < maps.rows(); i++) {
            double[] row = maps.row(i);
            Rows.combine(row, 0, row.length, w.row(i), h.array());
            double sum = 0;
            for (double v : row) {
                sum += v;
            }
            sd[i] = sum / row.length / observation.snr();
            RandomSource source = random.split("noise").split(i).generator();
            for (int j = 0; j < row.length; j++) {
                row[j] += sd[i] * source.nextGaussian();
            }
        }
        return new LineMaps(maps, sd, w, h);
    }

    /** A Gaussian of variance s^2 through a beam of variance b^2 is one of variance s^2 + b^2 with the same integral. */
    private static Dense patches(Observation observation) {
        int side = observation.side();
        Dense h = Dense.zeros(observation.patches().size(), side * side);
        for (int k = 0; k < h.rows(); k++) {
            Patch patch = observation.patches().get(k);
            double own = patch.sigma() * patch.sigma();
            double seen = own + observation.beam() * observation.beam();
            for (int p = 0; p < side * side; p++) {
                double dx = p % side - patch.x();
                double dy = p / side - patch.y();
                h.row(k)[p] = own / seen * Math.exp(-(dx * dx + dy * dy) / (2 * seen));
            }
        }
        return h;
    }
}
