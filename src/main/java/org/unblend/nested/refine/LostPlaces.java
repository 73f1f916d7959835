package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.unblend.math.RandomStream;

/**
 * Places that an exploration almost lost: a minor mode of which a single draw survived, or an early point on the way to it. From
 * one point no component of a mixture can be fitted, so chains are begun there ({@link LocalChains}). A place is known by
 * importance weights far above their mean, with a valley between it and the nearest component; a point in the
 * tail of that component has no valley before it. What the chains leave tells where the place is and how it is shaped, not how much
 * evidence it holds; a round of draws tells that.
 */
final class LostPlaces {
    /** A place matters if the importance weights there are so many times their mean. */
    private static final double HEAVY = 40;

    /** Points that may lie on the way to one. */
    private static final double WORTH_A_TRY = 1;

    private static final int MOST_FAMILIES = 16;
    private static final int MOST_TRIED = 6;
    private static final int MOST_FOLLOWED = 3;

    /** Points this far from each other, in standard deviations per root of the dimension, are of two families. */
    private static final double APART = 3;

    /** Pieces of the way on which a valley is looked for. */
    private static final int PATH = 8;

    /** Depth of a valley, in ln of the posterior. */
    private static final double VALLEY = 1.5;

    private static final int PILOTS = 2;
    private static final int PILOT_SWEEPS = 2;
    private static final int SWEEPS = 10;

    private final Proposal proposal;
    private final Climb.Likelihood likelihood;
    private final BooleanSupplier goesOn;
    private final double logMean;
    private final int d;

    private LostPlaces(Proposal proposal, Climb.Likelihood likelihood, BooleanSupplier goesOn, double logMean) {
        this.proposal = proposal;
        this.likelihood = likelihood;
        this.goesOn = goesOn;
        this.logMean = logMean;
        this.d = proposal.d();
    }

    /**
     * Finds them among known points.
     *
     * @param proposal that underrates them, perhaps
     * @param u known points, {@code [points x d]}
     * @param logL their log likelihoods
     * @param logMean ln of the mean importance weight of the proposal's draws
     * @param likelihood evaluates points of the cube
     * @param goesOn whether there is budget for another sweep
     * @return draws of the posterior at each place; none if there is no such place
     */
    static List<Cloud> of(
            Proposal proposal,
            double[] u,
            double[] logL,
            double logMean,
            Climb.Likelihood likelihood,
            BooleanSupplier goesOn,
            RandomStream random) {
        LostPlaces places = new LostPlaces(proposal, likelihood, goesOn, logMean);
        double[] z = proposal.chart().of(u);
        List<Cloud> found = new ArrayList<>();
        int tried = 0;
        for (int[] family : places.families(z, places.worthTrying(proposal.logWeights(u, logL)))) {
            if (found.size() < MOST_FOLLOWED && tried < MOST_TRIED && places.separate(z, logL, family[0])) {
                RandomStream stream = random.split(tried++);
                LocalChains pilots = places.chains(z, logL, family, PILOTS);
                places.sweeps(pilots, PILOT_SWEEPS, stream.split("pilots"));
                if (places.heavy(pilots)) {
                    found.add(places.draws(pilots, stream.split("draws")));
                }
            }
        }
        return found;
    }

    /** The heaviest first. */
    private int[] worthTrying(double[] logWeight) {
        return IntStream.range(0, logWeight.length)
                .filter(i -> logWeight[i] > logMean + Math.log(WORTH_A_TRY))
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -logWeight[i]))
                .mapToInt(i -> i)
                .toArray();
    }

    /** The heaviest point and those near it, the heaviest of the others and those near it, ... */
    private List<int[]> families(double[] z, int[] heaviestFirst) {
        List<int[]> families = new ArrayList<>();
        int[] left = heaviestFirst;
        while (left.length > 0 && families.size() < MOST_FAMILIES) {
            int parent = left[0];
            double[] inverse = proposal.mixture().precisionNear(z, parent * d);
            double[] distance2 = Arrays.stream(left)
                    .mapToDouble(i -> EllipticMixture.distance2(d, inverse, z, i * d, z, parent * d))
                    .toArray();
            int[] all = left;
            double most = APART * APART * d;
            families.add(IntStream.range(0, all.length)
                    .filter(k -> distance2[k] <= most)
                    .map(k -> all[k])
                    .toArray());
            left = IntStream.range(0, all.length)
                    .filter(k -> !(distance2[k] <= most))
                    .map(k -> all[k])
                    .toArray();
            if (left.length == all.length) {
                break;
            }
        }
        return families;
    }

    /** Whether a valley lies between a point and the middle of the nearest component; else it is in its tail. */
    private boolean separate(double[] z, double[] logL, int point) {
        double[] middle = proposal.mixture().meanNear(z, point * d);
        double[] path = new double[(PATH - 1) * d];
        for (int k = 1; k < PATH; k++) {
            for (int i = 0; i < d; i++) {
                double from = z[point * d + i];
                path[(k - 1) * d + i] = from + k / (double) PATH * (middle[i] - from);
            }
        }
        double lowest = Arrays.stream(LocalChains.logPosterior(proposal.chart(), likelihood, path))
                .min()
                .orElseThrow();
        return lowest < logL[point] + proposal.chart().logPrior(z, point * d) - VALLEY;
    }

    private LocalChains chains(double[] z, double[] logL, int[] family, int n) {
        double[] start = new double[n * d];
        double[] log = new double[n];
        for (int c = 0; c < n; c++) {
            int from = family[c % family.length];
            System.arraycopy(z, from * d, start, c * d, d);
            log[c] = logL[from] + proposal.chart().logPrior(start, c * d);
        }
        double[] axes = proposal.mixture().axesNear(z, family[0] * d);
        return new LocalChains(proposal.chart(), likelihood, axes, start, log);
    }

    private void sweeps(LocalChains chains, int sweeps, RandomStream random) {
        for (int s = 0; s < sweeps && goesOn.getAsBoolean(); s++) {
            chains.sweep(random.split(s));
        }
    }

    /** Whether one of the chains is where the proposal has far too few draws. */
    private boolean heavy(LocalChains chains) {
        double[] z = chains.positions();
        return Arrays.stream(proposal.logWeights(proposal.chart().toCube(z), logLikelihood(z, chains.logPosterior())))
                .anyMatch(w -> w > logMean + Math.log(HEAVY));
    }

    /** One chain more than dimensions; what each sweep but the first two leaves. */
    private Cloud draws(LocalChains pilots, RandomStream random) {
        double[] start = pilots.positions();
        double[] log = pilots.logPosterior();
        int[] turn = IntStream.range(0, log.length).toArray();
        double[] logL = logLikelihood(start, log);
        LocalChains chains = chains(start, logL, turn, d + 1);
        List<double[]> z = new ArrayList<>();
        List<double[]> l = new ArrayList<>();
        for (int s = 0; s < SWEEPS && goesOn.getAsBoolean(); s++) {
            chains.sweep(random.split(s));
            if (s > 1) {
                z.add(chains.positions());
                l.add(logLikelihood(chains.positions(), chains.logPosterior()));
            }
        }
        if (z.isEmpty()) {
            z.add(start);
            l.add(logL);
        }
        double[] all = Cloud.joined(z);
        double[] equal = new double[all.length / d];
        Arrays.fill(equal, 1.0 / equal.length);
        return new Cloud(proposal.chart().toCube(all), Cloud.joined(l), equal, d);
    }

    private double[] logLikelihood(double[] z, double[] logPosterior) {
        double[] l = logPosterior.clone();
        for (int i = 0; i < l.length; i++) {
            l[i] -= proposal.chart().logPrior(z, i * d);
        }
        return l;
    }
}
