package org.unblend.nested.refine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.unblend.math.LogSum;
import org.unblend.math.Parallel;
import org.unblend.math.RandomStream;

/**
 * Looks for narrow peaks that hide where the posterior is high, by going on with annealing below temperature one: draws of
 * {@code L^b pi} with b = 2, 4, ..., each stage from a mixture fitted to the stage before. A peak of little volume inside a
 * broad one (spike and slab) has few draws of the posterior near its foot and many of these; {@link Climb} goes up from
 * those that the frozen proposal did not expect. What counts is evidence at places where the frozen proposal, by the
 * importance weights there, has never been, times the probability that it came there by chance in none of its draws: where
 * many were to be expected, the place is only a little less well proposed than others.
 */
final class PeakSearch {
    private static final int STAGES = 4;

    /** Effective draws per dimension and one more that each stage must have for a fit. */
    private static final double LEAST_ESS = 3;

    private static final double MOST_STEP = 2;
    private static final double LEAST_STEP = 1.05;

    /** Fewer effective draws do not tell what they hold: one draw far out in the tail of a stage weighs much. */
    private static final double FEWEST_UNSEEN = 5;

    /** Makes about so many draws of a proposal. */
    @FunctionalInterface
    interface Drawer {
        Sum draw(Proposal p, int rows, RandomStream stream);
    }

    private PeakSearch() {}

    /**
     * Searches.
     *
     * @param frozen the proposal of the draws that count
     * @param counted these draws
     * @param drawer evaluates draws
     * @param likelihood evaluates points of the cube
     * @param goesOn whether there is budget for more
     * @return evidence found where the frozen proposal has not been, as a part of that of the draws that count
     */
    static double hidden(
            Proposal frozen,
            Sum counted,
            Drawer drawer,
            Climb.Likelihood likelihood,
            BooleanSupplier goesOn,
            RandomStream random,
            Parallel parallel) {
        int d = frozen.d();
        double highest = Arrays.stream(counted.logWeight()).max().orElse(Double.NEGATIVE_INFINITY);
        Sum stage = counted;
        Sum all = Sum.EMPTY;
        double power = 1;
        double most = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < STAGES && goesOn.getAsBoolean(); s++) {
            double next = power * MOST_STEP;
            while (next > LEAST_STEP * power && annealed(stage, next, d).ess() < LEAST_ESS * (d + 1)) {
                next = power + (next - power) / 1.5;
            }
            if (!(next > LEAST_STEP * power)) {
                break;
            }
            RandomStream stream = random.split(s);
            Proposal peaked = BestFit.near(frozen, annealed(stage, next, d).truncated(), stream.split("fit"), parallel);
            stage = drawer.draw(peaked, Proposal.PIECE, stream.split("draw"));
            all = Sum.of(List.of(all, stage));
            power = next;
            most = Math.max(
                    most, unseen(frozen.logWeights(stage.u(), stage.logL()), highest, stage, counted.candidates()));
        }
        if (all.rows() == 0) {
            return 0;
        }
        double[] known = frozen.logWeights(all.u(), all.logL());
        int[] starts = IntStream.range(0, known.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -known[i]))
                .limit(Climb.CLIMBERS)
                .mapToInt(i -> i)
                .toArray();
        Climb.Peak peak = Climb.from(all, starts, annealed(counted, 1, d), likelihood, goesOn, random.split("climb"));
        double weight = frozen.logWeights(peak.u(), new double[] {peak.logL()})[0];
        double passedBy = peak.logZ() - expected(peak.logZ() - weight, counted.candidates());
        return Math.exp((weight > highest ? Math.max(most, passedBy) : most) - counted.logZ());
    }

    /**
     * Draws of the frozen proposal, of so many, that are expected at a place. None of them came with probability {@code
     * exp(-expected)}: by that part the evidence there is missing.
     *
     * @param logShare ln of the proposal's probability of the place, the integral of w/known over it
     */
    private static double expected(double logShare, long candidates) {
        return candidates * Math.exp(logShare);
    }

    /** ln of the evidence by draws where the frozen proposal would give them more weight than any that counts. */
    private static double unseen(double[] known, double highest, Sum stage, long candidates) {
        double[] w = stage.logWeight().clone();
        double[] squares = w.clone();
        double[] share = w.clone();
        for (int i = 0; i < w.length; i++) {
            w[i] = known[i] > highest ? w[i] : Double.NEGATIVE_INFINITY;
            squares[i] = 2 * w[i];
            share[i] = w[i] - (known[i] > highest ? known[i] : 0);
        }
        double sum = LogSum.of(w);
        boolean enough = 2 * sum - LogSum.of(squares) > Math.log(FEWEST_UNSEEN);
        double draws = expected(LogSum.of(share) - Math.log(stage.candidates()), candidates);
        return enough ? sum - Math.log(stage.candidates()) - draws : Double.NEGATIVE_INFINITY;
    }

    private static Cloud annealed(Sum sum, double power, int d) {
        return Cloud.of(sum.u(), sum.logL(), sum.logWeight(), d).raised(power - 1);
    }
}
