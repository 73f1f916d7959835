package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.density.Target;
import org.unblend.infer.Evaluator;
import org.unblend.infer.RunContext;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** The seed is fixed; a healthy change beyond four standard deviations has one chance in 16,000. */
class StepTrialTest {
    private static final Problems.Problem GAUSS = Problems.gauss(8, 0.5);
    private static final NestedSettings SETTINGS =
            NestedSettings.STANDARD.withLive(200).withSteps(2);

    @Test
    void enoughSlicesAreNotSuspected() {
        StepTrial t = trial(SliceExplorer::new);
        assertTrue(Math.abs(t.change()) < 4 * t.noise(), t.toString());
        assertTrue(t.folds() >= 0.25 && t.noise() < 0.3 && t.biasNoise() > t.noise());
        assertEquals(t.seen() > 0, Math.abs(t.change()) > 2 * t.noise());
    }

    /** Chains that stay where they began: the volume falls more slowly than the deaths say. */
    @Test
    void chainsThatHardlyMoveAreSeen() {
        StepTrial t = trial(Stuck::new);
        assertTrue(t.seen() > 1, t.toString());
        assertTrue(Math.abs(t.change()) > 3 * t.noise(), t.toString());
    }

    @Test
    void directDrawsNeedNoTrial() {
        Fixture f = new Fixture(3);
        assertEquals(Optional.empty(), f.trial(f.run(RegionExplorer::new)));
    }

    private static StepTrial trial(ShrinkageTest.Maker maker) {
        Fixture f = new Fixture(3);
        return f.trial(f.run(maker)).orElseThrow();
    }

    private record Fixture(RunContext context, Evaluator evaluator) {
        Fixture(int seed) {
            this(RunContext.of(seed), new Evaluator(GAUSS.target(), RunContext.of(seed)));
        }

        RunRecord run(ShrinkageTest.Maker maker) {
            Explorer explorer = maker.make(
                    GAUSS.target(), evaluator, SETTINGS, context.random().split("x"), Parallel.SERIAL);
            return new NestedRun(
                            GAUSS.target(),
                            SETTINGS,
                            0.1,
                            explorer,
                            evaluator,
                            Optional::empty,
                            context.random().split("y"),
                            r -> {})
                    .run();
        }

        Optional<StepTrial> trial(RunRecord main) {
            return StepTrial.of(
                    main,
                    GAUSS.target(),
                    SETTINGS,
                    context,
                    evaluator,
                    context.random().split("t"));
        }
    }

    private record Stuck(
            Target target, Evaluator evaluator, NestedSettings settings, RandomStream random, Parallel parallel)
            implements Explorer {
        private static final int LENGTH = 300;

        @Override
        public Candidates next(Front front) {
            RandomSource source = random.split(Double.doubleToLongBits(front.threshold()))
                    .split(evaluator.batches())
                    .generator();
            int d = target.cubeDimension();
            double[] x = front.live().get(source.nextInt(front.live().size())).u();
            // More evaluations than slices would take, so that the trial is long; all but one in a corner.
            double[] u = new double[LENGTH * d];
            Arrays.fill(u, 1e-9);
            for (int i = 0; i < d; i++) {
                u[i] = Math.min(1 - 1e-9, Math.max(1e-9, x[i] + 1e-5 * source.nextGaussian()));
            }
            Candidates c = Candidates.evaluate(u, LENGTH, target, evaluator);
            double[] jump = new double[LENGTH];
            return new Candidates(c.u(), c.theta(), c.logL(), 0, Optional.of(new Candidates.Chains(LENGTH, 1, jump)));
        }

        @Override
        public String describe() {
            return "stuck";
        }
    }
}
