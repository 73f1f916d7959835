package org.unblend.simulate;

import org.unblend.math.Dense;
import org.unblend.math.GammaDraw;
import org.unblend.math.PoissonDraw;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.Rows;

/**
 * Spike counts of neurons that fire in assemblies, {@code counts ~ Poisson(W H)}. Assemblies overlap and are active in
 * short bouts, independently of each other.
 *
 * @param counts {@code [neurons x bins]}
 * @param w truth, {@code [neurons x assemblies]}, how strongly a neuron takes part
 * @param h truth, {@code [assemblies x bins]}, spikes per bin of a neuron with unit part
 */
public record NeuralAssemblies(Dense counts, Dense w, Dense h) {

    /**
     * The recording.
     *
     * @param neurons number of neurons
     * @param bins number of time bins
     * @param assemblies number of assemblies
     * @param membership probability that a neuron belongs to an assembly; every neuron belongs to one at least
     * @param activity fraction of the bins in which an assembly is active
     * @param bout mean length of a bout of activity in bins, at least 1
     * @param rate mean count of a member in a bin of activity
     */
    public record Recording(
            int neurons, int bins, int assemblies, double membership, double activity, double bout, double rate) {

        /** 80 neurons, 2,000 bins, 5 assemblies of more than a quarter of the neurons, active in 15 % of the bins. */
        public static final Recording STANDARD = new Recording(80, 2000, 5, 0.1, 0.15, 5, 2);

        public Recording {
            if (neurons < 1 || bins < 1 || assemblies < 1) {
                throw new IllegalArgumentException("a recording needs neurons, bins and assemblies, got " + neurons
                        + ", " + bins + " and " + assemblies);
            }
            boolean valid = membership >= 0
                    && membership <= 1
                    && activity > 0
                    && activity < 1
                    && bout >= 1
                    && rate > 0
                    && rate < Double.POSITIVE_INFINITY
                    && activity / ((1 - activity) * bout) <= 1;
            if (!valid) {
                throw new IllegalArgumentException("membership must be 0 to 1, activity inside 0 to 1, bouts 1 bin or"
                        + " longer (and long enough for the activity) and the rate above 0, got " + membership + ", "
                        + activity + ", " + bout + " and " + rate);
            }
        }
    }

    /** Simulates a recording. Equal streams give equal spikes. */
    public static NeuralAssemblies simulate(Recording recording, RandomStream random) {
        Dense w = members(recording, random.split("members").generator());
        Dense h = activities(recording, random.split("activities"));
        Dense counts = Dense.zeros(recording.neurons(), recording.bins());
        for (int i = 0; i < counts.rows(); i++) {
            RandomSource source = random.split("spikes").split(i).generator();
            double[] row = counts.row(i);
            Rows.combine(row, 0, row.length, w.row(i), h.array());
            for (int j = 0; j < row.length; j++) {
                row[j] = PoissonDraw.next(source, row[j]);
            }
        }
        return new NeuralAssemblies(counts, w, h);
    }

    /** Neuron i belongs to assembly i mod assemblies, and to others by chance; parts are gamma of shape 4 and mean 1. */
    private static Dense members(Recording recording, RandomSource source) {
        Dense w = Dense.zeros(recording.neurons(), recording.assemblies());
        for (int i = 0; i < w.rows(); i++) {
            for (int k = 0; k < w.columns(); k++) {
                boolean member = source.nextOpen() < recording.membership() || k == i % w.columns();
                double part = Math.exp(GammaDraw.log(source, 4)) / 4;
                w.row(i)[k] = member ? part : 0;
            }
        }
        return w;
    }

    /** A chain of two states per assembly; the strength of an active bin is gamma of shape 2. */
    private static Dense activities(Recording recording, RandomStream random) {
        Dense h = Dense.zeros(recording.assemblies(), recording.bins());
        double ending = 1 / recording.bout();
        double beginning = recording.activity() / (1 - recording.activity()) * ending;
        for (int k = 0; k < h.rows(); k++) {
            RandomSource source = random.split(k).generator();
            boolean active = source.nextOpen() < recording.activity();
            for (int j = 0; j < h.columns(); j++) {
                h.row(k)[j] = active ? recording.rate() * Math.exp(GammaDraw.log(source, 2)) / 2 : 0;
                active = active ? source.nextOpen() >= ending : source.nextOpen() < beginning;
            }
        }
        return h;
    }
}
