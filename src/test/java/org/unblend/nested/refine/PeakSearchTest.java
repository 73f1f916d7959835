package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class PeakSearchTest {
    private static final int D = 6;

    /** ln of an unnormalised Gaussian about 0.4, sd 0.003. */
    private static double narrow(double[] u, int row) {
        double sum = 0;
        for (int i = 0; i < D; i++) {
            sum -= 0.5 * Math.pow((u[row * D + i] - 0.4) / 0.003, 2);
        }
        return sum;
    }

    /** From some 20 standard deviations away to within a nat of the top, whose evidence is in closed form; fixed streams, no chance involved. */
    @Test
    void aClimbReachesThePeakAndWeighsIt() {
        Sum points = normal(0.4, 0.02, 40, 0.003);
        Cloud shape = Cloud.of(points.u(), points.logL(), new double[40], D);
        int[] starts = IntStream.range(0, 12).toArray();
        Climb.Peak peak = Climb.from(
                points,
                starts,
                shape,
                u -> IntStream.range(0, u.length / D)
                        .mapToDouble(r -> narrow(u, r))
                        .toArray(),
                () -> true,
                RandomStream.of(3));
        assertTrue(peak.logL() > -1, "reached " + peak.logL());
        assertEquals(D * Math.log(0.003 * Math.sqrt(2 * Math.PI)), peak.logZ(), 1);
    }

    /** A likelihood without a slope holds no more than the volume within the walls, in Gaussian measure. */
    @Test
    void aPlateauIsNoPeak() {
        Sum points = flat();
        Cloud shape = Cloud.of(points.u(), points.logL(), points.logWeight(), D);
        Climb.Peak peak = Climb.from(
                points, new int[] {0, 1}, shape, u -> new double[u.length / D], () -> true, RandomStream.of(3));
        assertEquals(0, peak.logL());
        assertTrue(peak.logZ() <= D * Math.log(0.5 * Math.sqrt(2 * Math.PI)) + 1e-9, peak.toString());
    }

    private static Sum flat() {
        Sum draws = normal(0.5, 0.1, 30, 1);
        return new Sum(draws.u(), draws.u(), new double[30], new double[30], 30);
    }

    /**
     * Witnesses and draws of one law differ by less than 3.5 standard errors at the five shares (one false alarm in a thousand);
     * where the draws come from a law with half the width, the witnesses see what the draws lack.
     */
    @Test
    void witnessesTellWhereTheDrawsDoNotCome() {
        RandomStream random = RandomStream.of(5);
        Sum fitted = normal(0.5, 0.05, 4000, 0.05);
        Proposal proposal = BestFit.of(
                Cloud.of(fitted.u(), fitted.logL(), new double[4000], D), false, random.split("fit"), Parallel.SERIAL);
        Sum good = draw(proposal, 8000, 0.05, random.split("good"));
        Cloud held = Cloud.of(fitted.u(), fitted.logL(), new double[4000], D);
        assertTrue(Witnesses.of(proposal, held).excess(good).z() < 3.5);
        Sum wide = normal(0.5, 0.1, 4000, 0.1);
        Cloud wider = Cloud.of(wide.u(), wide.logL(), new double[4000], D);
        Sum poor = draw(proposal, 8000, 0.1, random.split("poor"));
        Witnesses witnesses = Witnesses.of(proposal, wider);
        assertTrue(witnesses.excess(poor).z() > 3.5 || witnesses.missed(poor) > 0.01, "unnoticed");
    }

    /** Equally weighted draws of a normal density, with the log likelihood of a normal density. */
    private static Sum normal(double mean, double sd, int n, double scale) {
        RandomSource random = RandomStream.of(11).generator();
        double[] u = IntStream.range(0, n * D)
                .mapToDouble(i -> mean + sd * random.nextGaussian())
                .toArray();
        double[] logL = IntStream.range(0, n)
                .mapToDouble(r -> logNormal(u, r, mean, scale))
                .toArray();
        return new Sum(u, u, logL, new double[n], n);
    }

    private static Sum draw(Proposal proposal, int n, double scale, RandomStream random) {
        Proposal.Kept[] pieces = IntStream.range(0, n / Proposal.PIECE)
                .mapToObj(i -> proposal.draw(random.split(i)))
                .toArray(Proposal.Kept[]::new);
        double[] u = Cloud.joined(
                IntStream.range(0, pieces.length).mapToObj(i -> pieces[i].u()).toList());
        double[] factor = Cloud.joined(IntStream.range(0, pieces.length)
                .mapToObj(i -> pieces[i].logFactor())
                .toList());
        double[] logL = IntStream.range(0, factor.length)
                .mapToDouble(r -> logNormal(u, r, 0.5, scale))
                .toArray();
        for (int i = 0; i < factor.length; i++) {
            factor[i] += logL[i];
        }
        return new Sum(u, u, logL, factor, (long) pieces.length * Proposal.PIECE);
    }

    private static double logNormal(double[] u, int row, double mean, double sd) {
        double sum = -D * Math.log(sd * Math.sqrt(2 * Math.PI));
        for (int i = 0; i < D; i++) {
            sum -= 0.5 * Math.pow((u[row * D + i] - mean) / sd, 2);
        }
        return sum;
    }
}
