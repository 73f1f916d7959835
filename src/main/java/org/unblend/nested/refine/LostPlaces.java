package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** Points this far from each other, in standard deviations per root of the dimension, are of two families. */
    private static final double APART = 3;

    /** Pieces of the way on which a valley is looked for. */
    private static final int PATH = 8;

    /** Depth of a valley, in ln of the posterior. */
    private static final double VALLEY = 1.5;

    private static final int PILOTS = 2;
    private static final int PILOT_SWEEPS = 2;
    private static final int SWEEPS = 8;

    /** Sweeps of which nothing is kept. */
    private static final int FORGOTTEN = 2;

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
     * @param most places to follow
     * @param likelihood evaluates points of the cube
     * @param goesOn whether there is budget for another sweep
     * @return draws of the posterior at each place; none if there is no such place
     */
    static List<Cloud> of(
            Proposal proposal,
            double[] u,
            double[] logL,
            double logMean,
            int most,
            Climb.Likelihood likelihood,
            BooleanSupplier goesOn,
            RandomStream random) {
        LostPlaces places = new LostPlaces(proposal, likelihood, goesOn, logMean);
        double[] z = proposal.chart().of(u);
        List<int[]> families =
                places.separate(z, logL, places.families(z, places.worthTrying(proposal.logWeights(u, logL))));
        if (families.isEmpty()) {
            return List.of();
        }
        LocalChains pilots = places.chains(z, logL, families, PILOTS);
        places.sweeps(pilots, PILOT_SWEEPS, random.split("pilots"));
        int[][] heavy = places.heavy(pilots, families.size()).limit(most).toArray(int[][]::new);
        return heavy.length == 0 ? List.of() : places.draws(pilots, List.of(heavy), random.split("draws"));
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

    /**
     * The first families with a valley between their heaviest point and the middle of the nearest component; the others are in its
     * tail.
     */
    private List<int[]> separate(double[] z, double[] logL, List<int[]> families) {
        int way = PATH - 1;
        double[] path = new double[families.size() * way * d];
        for (int f = 0; f < families.size(); f++) {
            int point = families.get(f)[0];
            double[] middle = proposal.mixture().meanNear(z, point * d);
            for (int k = 0; k < way; k++) {
                for (int i = 0; i < d; i++) {
                    double from = z[point * d + i];
                    path[(f * way + k) * d + i] = from + (k + 1) / (double) PATH * (middle[i] - from);
                }
            }
        }
        double[] log = LocalChains.logPosterior(proposal.chart(), likelihood, path);
        return IntStream.range(0, families.size())
                .filter(f -> {
                    int point = families.get(f)[0];
                    double lowest =
                            Arrays.stream(log, f * way, (f + 1) * way).min().orElseThrow();
                    return lowest < logL[point] + proposal.chart().logPrior(z, point * d) - VALLEY;
                })
                .limit(MOST_TRIED)
                .mapToObj(families::get)
                .toList();
    }

    /** As many of each family, which begin at its points in turn; those of the first family first. */
    private LocalChains chains(double[] z, double[] logL, List<int[]> families, int each) {
        int n = families.size() * each;
        double[] start = new double[n * d];
        double[] log = new double[n];
        double[][] axes = new double[n][];
        for (int c = 0; c < n; c++) {
            int[] family = families.get(c / each);
            int from = family[c % each % family.length];
            System.arraycopy(z, from * d, start, c * d, d);
            log[c] = logL[from] + proposal.chart().logPrior(start, c * d);
            axes[c] = proposal.mixture().axesNear(z, family[0] * d);
        }
        return new LocalChains(proposal.chart(), likelihood, axes, start, log);
    }

    private void sweeps(LocalChains chains, int sweeps, RandomStream random) {
        for (int s = 0; s < sweeps && goesOn.getAsBoolean(); s++) {
            chains.sweep(random.split(s));
        }
    }

    /** The pilots of families of which one is where the proposal has far too few draws. */
    private Stream<int[]> heavy(LocalChains pilots, int families) {
        double[] z = pilots.positions();
        double[] weight = proposal.logWeights(proposal.chart().toCube(z), logLikelihood(z, pilots.logPosterior()));
        return IntStream.range(0, families)
                .mapToObj(f -> IntStream.range(f * PILOTS, (f + 1) * PILOTS).toArray())
                .filter(family -> Arrays.stream(family).anyMatch(c -> weight[c] > logMean + Math.log(HEAVY)));
    }

    /** At each place one chain more than dimensions; what each sweep but the first two leaves. */
    private List<Cloud> draws(LocalChains pilots, List<int[]> places, RandomStream random) {
        double[] start = pilots.positions();
        LocalChains chains = chains(start, logLikelihood(start, pilots.logPosterior()), places, d + 1);
        List<double[]> z = new ArrayList<>();
        List<double[]> logL = new ArrayList<>();
        for (int s = 0; s < SWEEPS && (z.isEmpty() || goesOn.getAsBoolean()); s++) {
            chains.sweep(random.split(s));
            if (s >= FORGOTTEN) {
                z.add(chains.positions());
                logL.add(logLikelihood(chains.positions(), chains.logPosterior()));
            }
        }
        return IntStream.range(0, places.size())
                .mapToObj(p -> equal(rows(z, p, d), rows(logL, p, 1)))
                .toList();
    }

    /** The part of one place from what each sweep left of all. */
    private double[] rows(List<double[]> sweeps, int place, int columns) {
        int size = (d + 1) * columns;
        return Cloud.joined(sweeps.stream()
                .map(all -> Arrays.copyOfRange(all, place * size, (place + 1) * size))
                .toList());
    }

    private Cloud equal(double[] z, double[] logL) {
        double[] weight = new double[logL.length];
        Arrays.fill(weight, 1.0 / weight.length);
        return new Cloud(proposal.chart().toCube(z), logL, weight, d);
    }

    private double[] logLikelihood(double[] z, double[] logPosterior) {
        double[] l = logPosterior.clone();
        for (int i = 0; i < l.length; i++) {
            l[i] -= proposal.chart().logPrior(z, i * d);
        }
        return l;
    }
}
