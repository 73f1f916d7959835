package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * Fits a proposal to draws of nested sampling, then in rounds to its own draws as well, first a mixture, then one that is
 * wide and thinned by a network. After each round the places that it lost are looked for ({@link LostPlaces}). Mutable: it
 * remembers all draws.
 */
final class Adaptation {
    private static final int ROUNDS = 3;
    private static final int THINNED_ROUNDS = 5;

    /** Rounds before another attempt. */
    private static final int MORE_ROUNDS = 3;

    /** Missed weight of held-out draws below which adapting further does not pay. */
    private static final double FINE = 0.003;

    /** Effective draws per evaluation beyond which adapting further does not pay. */
    private static final double ENOUGH = 0.5;

    /**
     * ln of the factor in efficiency, by draws of nested sampling that nothing is fitted to, below which a mixture is worse than the
     * one before. Heavy draws of a round that count more are few: in a Gaussian of 100 dimensions a fit that follows them has a
     * hundredth of the efficiency. In few dimensions such a fit is what mends the tails (Rosenbrock's chain in 8).
     */
    private static final double WORSE = Math.log(2);

    /** Power of the likelihood to which the wide part of a thinned proposal is fitted. */
    private static final double FLAT = 0.5;

    /** Rounds whose draws join the posterior. */
    private static final int POOLED = 5;

    private static final int ROWS_PER_ROUND = 1500;
    private static final double LEAST_KEPT = 0.02;
    private static final int TRAINING_ROWS = 300_000;

    /** Share of each lost place in what is fitted, relative to all other draws. */
    private static final double LOST = 0.03;

    /** Power of importance weights above their mean by which draws count more in a fit. */
    private static final double EMPHASIS = 0.25;

    /** ln of the largest weight, relative to the mean, that is told from larger ones. */
    private static final double MOST_EMPHASIS = 7;

    /** With more, chains at lost places cost as much as all else: shells in 20 dimensions took three times the evaluations. */
    private static final int MOST_DIMENSIONS = 12;

    /** Lost places that are followed before a proposal is frozen. */
    private static final int MOST_PLACES = 3;

    /** Effective draws per evaluation with which a proposal fits so well that heavy weights are of lost places. */
    private static final double FITS_MOSTLY = 0.1;

    private final Explored seen;
    private final Cloud judges;
    private final PeakSearch.Drawer drawer;
    private final Climb.Likelihood likelihood;
    private final BooleanSupplier goesOn;
    private final RandomStream random;
    private final Parallel parallel;
    private final int d;
    private final List<Sum> rounds = new ArrayList<>();
    private final List<Pool.Part> ofAttempt = new ArrayList<>();
    private final List<Cloud> lost = new ArrayList<>();
    private Proposal base;

    /** Lost places found in this attempt. */
    private int followed;

    /**
     * Begins.
     *
     * @param seen draws of nested sampling to which proposals are fitted
     * @param judges others, by which it is judged whether they are fine
     * @param drawer evaluates draws of a proposal
     * @param likelihood evaluates points of the cube
     * @param goesOn whether there is budget for more
     */
    Adaptation(
            Explored seen,
            Cloud judges,
            PeakSearch.Drawer drawer,
            Climb.Likelihood likelihood,
            BooleanSupplier goesOn,
            RandomStream random,
            Parallel parallel) {
        this.seen = seen;
        this.judges = judges;
        this.drawer = drawer;
        this.likelihood = likelihood;
        this.goesOn = goesOn;
        this.random = random;
        this.parallel = parallel;
        this.d = judges.d();
    }

    /**
     * The proposal that promises most after some rounds; the first call makes more of them.
     *
     * @param attempt number of the call, from 0
     */
    Proposal next(int attempt) {
        followed = 0;
        ofAttempt.clear();
        if (attempt > 0) {
            return thinned(MORE_ROUNDS, random.split("attempt").split(attempt));
        }
        base = BestFit.of(together(1), true, random.split("fit"), parallel);
        for (int r = 0; r < ROUNDS && goesOn.getAsBoolean(); r++) {
            Sum last = round(base, random.split("round").split(r));
            boolean complete = !follow(base, last, random.split("lost").split(r));
            if (complete
                    && last.efficiency() >= ENOUGH
                    && Witnesses.of(base, judges).missed(last) < FINE) {
                return base;
            }
            base = refitted(last, random.split("refit").split(r));
        }
        return thinned(THINNED_ROUNDS, random.split("thin"));
    }

    /** The last rounds of the last attempt, whose proposals come near the one that it gave. */
    List<Pool.Part> latest() {
        return List.copyOf(ofAttempt.subList(Math.max(0, ofAttempt.size() - POOLED), ofAttempt.size()));
    }

    /** Further draws to be fitted to. */
    void learnFrom(Sum draws) {
        rounds.add(draws);
    }

    private Proposal thinned(int most, RandomStream streams) {
        Proposal thinned = base;
        boolean fine = false;
        for (int r = 0; r < most && !fine && goesOn.getAsBoolean(); r++) {
            RandomStream stream = streams.split(r);
            Proposal wide = base.wide(together(FLAT), stream.split("wide"), parallel);
            thinned = wide.with(learned(wide, stream));
            Sum last = round(thinned, stream.split("draw"));
            boolean complete = !follow(thinned, last, stream.split("lost"));
            fine = complete && r > 0 && Witnesses.of(thinned, judges).missed(last) < FINE;
            base = fine ? base : refitted(last, stream.split("refit"));
        }
        return efficiency(thinned) > efficiency(base) ? thinned : base;
    }

    /** The mixture after another fit, or the one before where that is clearly better. */
    private Proposal refitted(Sum last, RandomStream stream) {
        Proposal next = BestFit.near(base, emphasised(together(1), last.logZ()), stream, parallel);
        return d > MOST_DIMENSIONS && efficiency(next) < efficiency(base) - WORSE ? base : next;
    }

    /**
     * With more weight where the present mixture has too little: what is a small part of the posterior and a smaller one of
     * the proposal hardly moves a fit, but it is what makes weights heavy-tailed.
     */
    private Cloud emphasised(Cloud all, double logZ) {
        double[] factor = base.logWeights(all.u(), all.logL());
        for (int i = 0; i < factor.length; i++) {
            factor[i] = Math.exp(EMPHASIS * Math.max(0, Math.min(MOST_EMPHASIS, factor[i] - logZ)));
        }
        return all.times(factor);
    }

    private double efficiency(Proposal p) {
        double[] candidates = p.candidates(random.split("kept").generator(), 8 * Proposal.PIECE);
        return p.logEfficiency(judges, p.keptPart(candidates));
    }

    private Sum round(Proposal p, RandomStream stream) {
        Sum round = drawer.draw(p, ROWS_PER_ROUND, stream);
        rounds.add(round);
        ofAttempt.add(new Pool.Part(p, round));
        return round;
    }

    /** Looks for lost places; whether there are some. */
    private boolean follow(Proposal p, Sum last, RandomStream stream) {
        if (d > MOST_DIMENSIONS || followed >= MOST_PLACES || !(last.efficiency() >= FITS_MOSTLY)) {
            return false;
        }
        List<Cloud> found = LostPlaces.of(
                p,
                known(seen.u(), rounds.stream().map(Sum::u).toList()),
                known(seen.logL(), rounds.stream().map(Sum::logL).toList()),
                last.logZ(),
                MOST_PLACES - followed,
                likelihood,
                goesOn,
                stream);
        lost.addAll(found);
        followed += found.size();
        return !found.isEmpty();
    }

    private static double[] known(double[] first, List<double[]> others) {
        List<double[]> all = new ArrayList<>();
        all.add(first);
        all.addAll(others);
        return Cloud.joined(all);
    }

    /**
     * The draws of nested sampling, of all rounds and at lost places, by what they are worth.
     *
     * @param power of the likelihood: 1 for the posterior, less for something wider
     */
    private Cloud together(double power) {
        List<Cloud> clouds = new ArrayList<>();
        List<Double> worth = new ArrayList<>();
        double own = 0;
        for (Sum round : rounds) {
            if (round.ess() > 0) {
                Cloud c = flattened(round.u(), round.logL(), round.logWeight(), power)
                        .truncated();
                clouds.add(c);
                worth.add(c.ess());
                own += c.ess();
            }
        }
        Cloud nested = flattened(seen.u(), seen.logL(), seen.logWeight(), power);
        clouds.add(nested);
        // Draws of nested sampling come in families, and their weights carry the errors of its volumes.
        worth.add(Math.min(nested.ess() / 4, Math.max(own, 100)));
        double all = worth.stream().mapToDouble(w -> w).sum();
        for (Cloud place : lost) {
            clouds.add(place);
            worth.add(LOST * all);
        }
        return Cloud.union(clouds, worth.stream().mapToDouble(w -> w).toArray());
    }

    private Cloud flattened(double[] u, double[] logL, double[] logWeight, double power) {
        double[] w = logWeight.clone();
        for (int i = 0; i < w.length; i++) {
            w[i] -= w[i] > Double.NEGATIVE_INFINITY ? (1 - power) * logL[i] : 0;
        }
        return Cloud.of(u, logL, w, d);
    }

    private Thinning learned(Proposal p, RandomStream stream) {
        Cloud scale = together(1);
        List<double[]> weight = new ArrayList<>();
        for (Sum round : rounds) {
            weight.add(new double[round.rows()]);
        }
        weight.add(scale.weight());
        double[] u = known(known(seen.u(), rounds.stream().map(Sum::u).toList()), List.of(scale.u()));
        double[] l = known(known(seen.logL(), rounds.stream().map(Sum::logL).toList()), List.of(scale.logL()));
        double[] z = p.chart().of(u);
        double[] ratio = p.logFactors(z);
        for (int i = 0; i < ratio.length; i++) {
            ratio[i] += l[i];
        }
        double[] candidates = p.candidates(stream.split("candidates").generator(), 4 * Proposal.PIECE);
        return Thinning.learn(
                z,
                ratio,
                known(new double[seen.logL().length], weight),
                candidates,
                d,
                LEAST_KEPT,
                TRAINING_ROWS,
                stream.split("network"),
                parallel);
    }
}
