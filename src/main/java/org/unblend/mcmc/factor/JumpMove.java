package org.unblend.mcmc.factor;

import java.util.Arrays;
import org.unblend.math.RandomSource;

/**
 * Moves entries that may be exactly zero under Poisson or Gamma noise: each by a {@link ZeroJump} on its conditional given the
 * other factor and the other components, in which counts are not split among components. A mean below
 * {@link EntryDraw#SMALLEST} counts as that, so that a sample in which everything is zero is no dead end.
 */
final class JumpMove implements HalfMove {
    /** Steps to a mode end when they are below a tenth of its width; data that span decades may need many. */
    private static final int MOST_STEPS = 400;

    private static final double LARGEST_STEP = 2;
    private static final double CLOSE = 0.01;

    private final Seen data;
    private final Noise noise;

    JumpMove(Seen data, Noise noise) {
        this.data = data;
        this.noise = noise;
    }

    @Override
    public void move(
            RandomSource random,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape[] priors,
            double beta) {
        for (int k = 0; k < a.length; k++) {
            move(random, k, a, b, ofColumns, ofRows, priors[k], beta);
        }
    }

    /** Moves one component; arguments as in {@link #move}. */
    void move(
            RandomSource random,
            int k,
            double[][] a,
            double[][] b,
            double[] ofColumns,
            double[] ofRows,
            Shape prior,
            double beta) {
        double all = Arrays.stream(b[k]).sum();
        for (int p = 0; p < a[k].length; p++) {
            Entry entry = new Entry(data.place()[p].length, prior);
            entry.gather(p, k, a, b, ofRows, beta * ofColumns[p], all);
            entry.climb();
            a[k][p] = ZeroJump.next(
                    random,
                    a[k][p],
                    entry::log,
                    prior.zeros() ? entry.likelihood(0) - prior.slab() : Double.NEGATIVE_INFINITY,
                    entry.mode,
                    entry.sd,
                    prior.t() == 0 ? prior.a() : Double.NaN);
        }
    }

    /** The conditional of one entry: what is left of the data when all others are held. */
    private final class Entry {
        private final Shape prior;
        private final double[] x;
        private final double[] weight;
        private final double[] c;
        private final double[] rest;
        private int n;
        /** Of counts: the power times the sum of the other factor over all that is observed. */
        private double exposure;

        private double mode;
        private double sd;

        Entry(int most, Shape prior) {
            this.prior = prior;
            x = new double[most];
            weight = new double[most];
            c = new double[most];
            rest = new double[most];
        }

        void gather(int p, int k, double[][] a, double[][] b, double[] ofRows, double power, double all) {
            if (power == 0) {
                return;
            }
            int[] place = data.place()[p];
            for (int e = 0; e < place.length; e++) {
                int q = place[e];
                if (b[k][q] == 0) {
                    continue;
                }
                double sum = 0;
                for (int l = 0; l < a.length; l++) {
                    sum += l == k ? 0 : a[l][p] * b[l][q];
                }
                x[n] = data.x()[p][e];
                weight[n] = power * ofRows[q] * (data.v() == null ? 1 : data.v()[p][e]);
                c[n] = b[k][q];
                rest[n++] = sum;
            }
            if (noise == Noise.POISSON) {
                double unseen = 0;
                for (int q : data.missing() == null ? new int[0] : data.missing()[p]) {
                    unseen += b[k][q];
                }
                exposure = power * Math.max(0, all - unseen);
            }
        }

        /** ln of the likelihood without terms that do not depend on the entry; of counts also without those at zero. */
        double likelihood(double w) {
            double log = -exposure * w;
            for (int e = 0; e < n; e++) {
                double mu = Math.max(EntryDraw.SMALLEST, rest[e] + w * c[e]);
                log += noise == Noise.POISSON ? weight[e] * x[e] * Math.log(mu) : weight[e] * noise.log(x[e], mu);
            }
            return log;
        }

        double log(double u) {
            return prior.logOfLog(u) + likelihood(Math.exp(u));
        }

        /** Finds about the mode in u and the width there, from a start that the present value has no part in. */
        void climb() {
            mode = start();
            double bend = 1;
            for (int i = 0; i < MOST_STEPS; i++) {
                double w = Math.exp(mode);
                double slope =
                        prior.a() - (prior.b() + exposure) * w - prior.q() * w * w - prior.t() * (mode - prior.nu());
                double information = 0;
                double convex = 0;
                for (int e = 0; e < n; e++) {
                    double mu = Math.max(EntryDraw.SMALLEST, rest[e] + w * c[e]);
                    double part = w * c[e] / mu;
                    if (noise == Noise.POISSON) {
                        slope += weight[e] * x[e] * part;
                        information += weight[e] * x[e] * part * part;
                        convex += weight[e] * x[e] * part * (1 - part);
                    } else {
                        slope += weight[e] * part * (x[e] / mu - 1);
                        information += weight[e] * part * part;
                    }
                }
                // Of counts the curvature itself, unless that is below what it would be at the mode.
                double power = prior.t() > 0 ? 0 : 0.5 * Math.min(prior.a(), prior.a() * prior.a());
                double curved = Math.max(power + information, exposure * w - convex);
                bend = curved + Math.max(0, prior.b() * w) + 2 * prior.q() * w * w + prior.t();
                double step = Math.max(-LARGEST_STEP, Math.min(LARGEST_STEP, slope / bend));
                mode += step;
                if (!(step * step * bend > CLOSE)) {
                    break;
                }
            }
            sd = 1 / Math.sqrt(bend);
        }

        private double start() {
            double sum = 0;
            double all = 0;
            for (int e = 0; e < n; e++) {
                sum += x[e];
                all += c[e];
            }
            if (sum > 0) {
                return Math.log(sum) - Math.log(all);
            }
            return EntryTable.mode(Math.max(prior.a(), 0.05), prior.b() + exposure, prior.q(), prior.t(), prior.nu());
        }
    }
}
