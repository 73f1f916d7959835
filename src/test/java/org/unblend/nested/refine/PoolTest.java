package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class PoolTest {
    private static final int D = 2;
    private static final double SD = 0.02;
    private static final double MIDDLE = 0.5;

    /** A normal density in the cube: Z is one. */
    private static double[] normal(double[] u) {
        double[] logL = new double[u.length / D];
        for (int i = 0; i < logL.length; i++) {
            double distance2 = Math.pow((u[i * D] - MIDDLE) / SD, 2) + Math.pow((u[i * D + 1] - MIDDLE) / SD, 2);
            logL[i] = -0.5 * distance2 - D * Math.log(SD * Math.sqrt(2 * Math.PI));
        }
        return logL;
    }

    /** A proposal that is off by so many standard deviations along the first axis, and its draws. */
    private static Pool.Part part(double shift, int seed) {
        RandomSource random = RandomStream.of(seed).generator();
        double[] u = IntStream.range(0, 2 * D * 500)
                .mapToDouble(i -> MIDDLE + (i % D == 0 ? shift * SD : 0) + SD * random.nextGaussian())
                .toArray();
        double[] equal = new double[u.length / D];
        Arrays.fill(equal, 1.0 / equal.length);
        Proposal p = BestFit.of(new Cloud(u, normal(u), equal, D), true, RandomStream.of(seed), Parallel.SERIAL);
        Proposal.Kept kept = p.draw(RandomStream.of(100 + seed));
        double[] logL = normal(kept.u());
        double[] weight = kept.logFactor().clone();
        for (int i = 0; i < weight.length; i++) {
            weight[i] += logL[i];
        }
        return new Pool.Part(p, new Sum(kept.u(), kept.u(), logL, weight, kept.candidates()));
    }

    @Test
    void oneProposalKeepsItsWeights() {
        Pool.Part one = part(1, 1);
        Sum pooled = new Pool(List.of(one)).draws(Parallel.SERIAL);
        assertArrayEquals(one.draws().logWeight(), pooled.logWeight(), 1e-9);
    }

    @Test
    void twoLopsidedProposalsMakeOneGoodSample() {
        List<Pool.Part> parts = List.of(part(-2, 1), part(2, 2));
        Sum pooled = new Pool(parts).draws(Parallel.SERIAL);
        double alone = parts.stream().mapToDouble(p -> p.draws().ess()).sum();
        assertTrue(pooled.ess() > 1.5 * alone, () -> pooled.ess() + " of " + alone);
        double mean = 0;
        for (int i = 0; i < pooled.rows(); i++) {
            mean += Math.exp(pooled.logWeight()[i]) * pooled.u()[i * D] / pooled.candidates();
        }
        // 4.5 standard errors each: false alarms once in 150,000 times; the seeds are fixed.
        assertEquals(0, pooled.logZ(), 4.5 * pooled.error());
        assertEquals(MIDDLE, mean / Math.exp(pooled.logZ()), 4.5 * SD / Math.sqrt(pooled.ess()));
    }

    @Test
    void whatCannotBeHasNoWeight() {
        Pool.Part one = part(0, 1);
        double[] logL = one.draws().logL().clone();
        logL[0] = Double.NEGATIVE_INFINITY;
        Sum draws =
                new Sum(one.draws().u(), one.draws().theta(), logL, one.draws().logWeight(), 512);
        Sum pooled = new Pool(List.of(new Pool.Part(one.proposal(), draws), part(1, 2))).draws(Parallel.SERIAL);
        assertEquals(Double.NEGATIVE_INFINITY, pooled.logWeight()[0]);
        assertTrue(Arrays.stream(pooled.logWeight()).noneMatch(Double::isNaN));
    }
}
