package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Gamma;
import org.unblend.infer.Finding;
import org.unblend.infer.Progress;
import org.unblend.infer.RunContext;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.mcmc.Relabelling;

/**
 * The evidence by tempering from a density q that was fitted to draws of the posterior: {@code q^(1 - beta) (prior x
 * likelihood)^beta}, beta from 0 to 1 (Gelman and Meng 1998, Statist. Sci. 13, 163, section 3, for paths from densities other than
 * the prior). The way from q is much shorter than that from the prior, which learns everything that the data say.
 *
 * <p>q resembles one of the r! equal parts of the posterior, and particles stay near it. With the share {@code rho(theta) =
 * q(theta) / sum over relabellings s of q(s theta)}, whose mean under the posterior is exactly 1/r!,
 *
 * <p>{@code Z = r! x (product of the mean weights) x (mean of rho over the final particles)},
 *
 * <p>which holds whatever q is, and whether or not particles change labels: sequential Monte Carlo with a fixed ladder estimates Z
 * times the mean of any function without bias, and where rho is small nobody need go. (The ladder is chosen on the way; that
 * this does no harm is seen from problems whose evidence is known.)
 *
 * <p>A posterior with modes of other kinds than relabellings is seen as far as particles get: chains begin many times, a quick climb
 * measures each, and the runs go on from the best of all. Runs that end in different modes say so.
 *
 * @param particles of each climb, at least 8
 * @param runs chains with a density and a climb each, at least 2
 * @param tries beginnings per run, of which the best of all go on
 * @param warmup sweeps of each try, and of the chain before its draws
 * @param draws of each chain
 */
public record FittedEvidence(int particles, int runs, int tries, int warmup, int draws) {
    /** How it is told. */
    public static final String METHOD = "tempering from a fitted density";

    /** The check that the runs agree. */
    public static final String CHECK = "runs of the evidence";

    private static final int TRIES = 4;
    private static final int WARMUP = 1000;
    private static final int DRAWS = 300;

    /** Nats below the best at which a run is left out. */
    private static final double FAR = 10;

    /** Standard errors at which two of several runs contradict each other. */
    private static final double APART = 4.5;

    private static final double KEPT = 0.9;
    private static final int SWEEPS = 2;
    /** Of the climbs that tell which try is best. */
    private static final int QUICK = 8;

    private static final int QUICK_DRAWS = 100;
    private static final double QUICK_KEPT = 0.8;

    /**
     * One run.
     *
     * @param logZ its estimate
     * @param variance what is expected of that, given that weights of every rung vary as they did and particles forget
     */
    record One(double logZ, double variance) {}

    /**
     * What all runs gave.
     *
     * @param estimate of the runs that reached the most
     * @param logs ln Z of every run
     * @param left how many runs ended more than {@value #FAR} nats below the best, and are left out: parts of the posterior that
     *     weigh so much less add nothing to the whole
     * @param agree whether no run was left out, and the others scatter no more than weights and moves explain
     */
    public record Found(Estimate estimate, List<Double> logs, int left, boolean agree) {

        static Found of(List<One> runs) {
            double[] logs = runs.stream().mapToDouble(One::logZ).toArray();
            double best = Arrays.stream(logs).max().orElseThrow();
            double[] kept = Arrays.stream(logs).filter(v -> v >= best - FAR).toArray();
            // Of a single run nothing tells the error but those that it leaves behind.
            Estimate estimate = Estimate.ofRuns(kept.length > 1 ? kept : logs);
            double expected = runs.stream().mapToDouble(One::variance).average().orElseThrow();
            double range = best - Arrays.stream(kept).min().orElseThrow();
            return new Found(
                    estimate,
                    Arrays.stream(logs).boxed().toList(),
                    logs.length - kept.length,
                    kept.length == logs.length && range <= APART * Math.sqrt(2 * expected));
        }

        /** As a check. */
        Finding finding() {
            return agree
                    ? Finding.ok(CHECK, text())
                    : Finding.caution(CHECK, text(), "more --runs, each with tries of its own");
        }

        /** In words. */
        public String text() {
            String range = String.format(
                    Locale.ROOT,
                    "%d runs from fitted densities give %.2f to %.2f",
                    logs.size(),
                    logs.stream().min(Double::compare).orElseThrow(),
                    logs.stream().max(Double::compare).orElseThrow());
            return agree
                    ? range
                    : range + (left > 0 ? ", of which " + left + " far below the best are left out" : "")
                            + ": they ended in different modes, and one of more weight may have been missed";
        }
    }

    /** With as many tries, sweeps and draws as count tables of a hundred rows need. */
    public FittedEvidence(int particles, int runs) {
        this(particles, runs, TRIES, WARMUP, DRAWS);
    }

    /** Why this factorisation has no such estimate, if it has none. */
    public static Optional<String> refusal(FactorForm form) {
        if (form.noise() == Noise.NORMAL || !form.scales().isEmpty()) {
            return Optional.of("it is for noise whose size is known, Poisson or Gamma");
        }
        if (form.w().isEmpty() || form.h().isEmpty()) {
            return Optional.of("a factor is fixed");
        }
        if (form.zeros()) {
            return Optional.of("a prior gives zero a probability of its own");
        }
        if (form.rank() > LabelSum.MOST) {
            return Optional.of("there are more than " + LabelSum.MOST + " components");
        }
        return form.rank() > 1
                        && !(form.exchangeable() && Relabelling.of(form.model()).isPresent())
                ? Optional.of("components have different priors")
                : Optional.empty();
    }

    /**
     * Estimates ln Z.
     *
     * @throws IllegalArgumentException if {@link #refusal} gives a reason
     */
    public Found of(FactorForm form, RunContext context) {
        refusal(form).ifPresent(why -> {
            throw new IllegalArgumentException("tempering from a fitted density does not apply: " + why);
        });
        double[] packed = new double[2 * runs];
        double[] key = {particles, runs, tries, warmup, draws};
        if (context.journal().replay(key, packed, packed.length) < 0) {
            List<One> all = all(FactorMoves.of(form.full()), context);
            for (int run = 0; run < runs; run++) {
                packed[2 * run] = all.get(run).logZ();
                packed[2 * run + 1] = all.get(run).variance();
            }
            context.journal().record(key, packed, packed.length, 0);
        }
        List<One> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            all.add(new One(packed[2 * run], packed[2 * run + 1]));
        }
        return Found.of(all);
    }

    private List<One> all(FactorMoves moves, RunContext context) {
        FittedChain[] chain = new FittedChain[runs * tries];
        double[] level = new double[chain.length];
        context.progress().report(status("tries", 0, 0));
        context.parallel().forRanges(chain.length, 1, (from, to) -> {
            for (int t = from; t < to; t++) {
                RandomStream own = context.random().split("try").split(t);
                RandomSource random = own.generator();
                chain[t] = new FittedChain(moves);
                chain[t].begin(random, warmup);
                if (tries > 1) {
                    FittedDensity first = chain[t].fit(random, QUICK_DRAWS);
                    Climb quick = new Climb(QUICK, QUICK_KEPT);
                    level[t] = climb(quick, moves, first, own.split("quick"), Parallel.SERIAL, (b, z, rung) -> {})
                            .logZ();
                }
            }
        });
        int[] best = IntStream.range(0, chain.length)
                .boxed()
                .sorted((a, b) -> Double.compare(level[b], level[a]))
                .limit(runs)
                .mapToInt(t -> t)
                .toArray();
        context.progress().report(status("chains", 0.4, 0));
        FittedDensity[] fitted = new FittedDensity[runs];
        context.parallel().forRanges(runs, 1, (from, to) -> {
            for (int run = from; run < to; run++) {
                RandomSource random = context.random().split("chain").split(run).generator();
                chain[best[run]].go(random, warmup);
                fitted[run] = chain[best[run]].fit(random, draws);
            }
        });
        List<One> all = new ArrayList<>();
        for (int run = 0; run < runs; run++) {
            int now = run;
            all.add(climb(
                    new Climb(particles, KEPT),
                    moves,
                    fitted[run],
                    context.random().split("climb").split(run),
                    context.parallel(),
                    (beta, z, rung) -> context.progress()
                            .report(status(
                                    String.format(
                                            Locale.ROOT,
                                            "climb %d of %d, power %.3g, rung %d",
                                            now + 1,
                                            runs,
                                            beta,
                                            rung),
                                    0.5 + 0.5 * (now + beta) / runs,
                                    (long) rung * particles * SWEEPS))));
        }
        return all;
    }

    private static Progress.Status status(String detail, double done, long sweeps) {
        return new Progress.Status(FactorEngine.NAME, done, METHOD, detail, sweeps, "ok");
    }

    /** One climb from a fitted density, labels included. */
    private static One climb(
            Climb climb,
            FactorMoves moves,
            FittedDensity fitted,
            RandomStream stream,
            Parallel parallel,
            Climb.Told told) {
        int d = moves.form().model().dimension();
        int particles = climb.particles();
        double[] theta = new double[particles * d];
        RandomSource random = stream.split("first").generator();
        for (int i = 0; i < particles; i++) {
            fitted.draw(random, theta, i * d);
        }
        Walk walk = new Walk(d, SWEEPS, () -> new FittedSampler(moves, fitted), parallel);
        Climb.Arrived end = climb.travel(walk, theta, null, null, stream, told);
        FittedSampler sampler = new FittedSampler(moves, fitted);
        double[] share = new double[particles];
        for (int i = 0; i < particles; i++) {
            sampler.load(theta, i * d);
            share[i] = end.weight()[i] + sampler.logShare();
        }
        double labels = LogSum.of(share)
                - Math.log(particles)
                + Gamma.logGamma(moves.form().rank() + 1.0);
        return new One(end.logZ() + labels, end.variance());
    }
}
