package org.unblend.nested.refine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** Finds the mixture under which points that it was not fitted to are most probable. */
final class BestFit {
    private static final int MOST_COMPONENTS = 64;
    private static final int MOST_POINTS = 4000;

    /** As many as a covariance has entries, or mixtures in 100 dimensions are of little use. */
    private static int mostPoints(int d) {
        return Math.max(MOST_POINTS, d * d);
    }

    private static final int CANDIDATES = 2048;

    private final Cloud all;
    private final Cloud seen;
    private final Cloud held;
    private final RandomStream random;
    private final Parallel parallel;

    private BestFit(Cloud cloud, RandomStream random, Parallel parallel) {
        this.parallel = parallel;
        this.all = cloud.atMost(mostPoints(cloud.d()), random.split("some").generator());
        // Copies of one ancestor stand near each other in the list; blocks of points would be better held out, but
        // lists
        // of nested sampling are ordered by likelihood.
        this.held = all.every(4, 0, false);
        this.seen = all.every(4, 0, true);
        this.random = random;
    }

    /**
     * Coordinates, number of components (powers of two) and radial laws by the held-out score.
     *
     * @param shells false for Student-t components alone
     * @param parallel where points and components are spread; no bit depends on it
     */
    static Proposal of(Cloud cloud, boolean shells, RandomStream random, Parallel parallel) {
        BestFit fit = new BestFit(cloud, random, parallel);
        if (!shells) {
            return fit.grow(new Chart(Space.PROBIT, Optional.empty(), cloud.d()), false, 1, MOST_COMPONENTS)
                    .proposal();
        }
        return fit.best(chart -> fit.grow(chart, true, 1, MOST_COMPONENTS));
    }

    /** As {@link #of} with numbers of components near that of an earlier fit. */
    static Proposal near(Proposal earlier, Cloud cloud, RandomStream random, Parallel parallel) {
        BestFit fit = new BestFit(cloud, random, parallel);
        return fit.best(chart -> fit.around(earlier, chart));
    }

    /** As {@link #near} in the very coordinates of the earlier fit. */
    static Proposal in(Proposal earlier, Cloud cloud, RandomStream random, Parallel parallel) {
        return new BestFit(cloud, random, parallel)
                .around(earlier, earlier.chart())
                .proposal();
    }

    /** A fit and its held-out score. */
    private record Scored(Proposal proposal, double score) {}

    /**
     * In the coordinates in which all points are most probable; each are tried by one thread, helped by others. What tells coordinates
     * apart may be a handful of points at the far end of a bent ridge, too few to be parted; a bend has few parameters.
     */
    private Proposal best(Function<Chart, Scored> fitted) {
        List<Supplier<Optional<Chart>>> charts = new ArrayList<>();
        for (Space space : Space.values()) {
            Chart plain = new Chart(space, Optional.empty(), seen.d());
            charts.add(() -> Optional.of(plain));
            charts.add(() -> plain.straightening(seen));
        }
        Scored[] found = new Scored[charts.size()];
        parallel.forRanges(
                found.length,
                1,
                (way, end) -> charts.get(way).get().ifPresent(chart -> found[way] = onAll(fitted.apply(chart))));
        return Arrays.stream(found)
                .filter(Objects::nonNull)
                .reduce((first, other) -> other.score() > first.score() ? other : first)
                .orElseThrow()
                .proposal();
    }

    private Scored onAll(Scored one) {
        Proposal p = one.proposal();
        RandomSource source = random.split("kept").generator();
        return new Scored(p, p.score(all, p.keptPart(p.candidates(source, CANDIDATES))));
    }

    private Scored around(Proposal earlier, Chart chart) {
        int k = Integer.highestOneBit(Math.max(1, earlier.mixture().components() * 3 / 2 - 1));
        return grow(chart, true, Math.max(1, k / 2), Math.min(2 * k, MOST_COMPONENTS));
    }

    private Scored grow(Chart chart, boolean shells, int least, int most) {
        double[] in = chart.of(seen.u());
        int worse = 0;
        double before = Double.NEGATIVE_INFINITY;
        Scored best = new Scored(null, Double.NEGATIVE_INFINITY);
        for (int k = least; k <= most && worse < 2; k *= 2) {
            RandomStream stream = random.split(chart.space().name()).split(k);
            EllipticMixture student = EllipticMixture.fit(
                    in, seen.weight(), seen.d(), k, stream.split("fit").generator(), parallel);
            Scored now = judge(chart, student, "a Student-t mixture", stream);
            if (shells) {
                EllipticMixture shelled = student.shelled(in, seen.weight());
                Scored other = judge(chart, shelled, "a mixture of ellipsoidal shells", stream);
                now = other.score() > now.score() ? other : now;
            }
            worse = now.score() > before ? 0 : worse + 1;
            before = Math.max(before, now.score());
            best = now.score() > best.score() || best.proposal() == null ? now : best;
        }
        return best;
    }

    private Scored judge(Chart chart, EllipticMixture mixture, String kind, RandomStream stream) {
        Proposal p = new Proposal(
                chart,
                mixture,
                seen.d(),
                Optional.empty(),
                kind + " of " + mixture.components() + (mixture.components() == 1 ? " component" : " components")
                        + " in " + chart.words());
        RandomSource source = stream.split("candidates").generator();
        return new Scored(p, p.score(held, p.keptPart(p.candidates(source, CANDIDATES))));
    }
}
