package org.unblend.nmf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/** What every solver owes its caller. */
abstract class SolverContract {
    static final int RANK = 3;

    abstract Solver solver();

    abstract Loss loss();

    /** Whether problems have weights, some of them zero. */
    abstract boolean weighted();

    /** Priors that the solver can take, of W and of H. */
    abstract List<Penalty[]> priors();

    /** Whether the solver reaches points that satisfy the KKT conditions. */
    boolean optimal() {
        return true;
    }

    /** Whether the objective may rise under the priors. */
    boolean monotone(Penalty w, Penalty h) {
        return true;
    }

    /** Seed of a start from which every problem has a finite minimum. */
    long seedOfStart() {
        return 6;
    }

    /** The storage in which data are given. */
    Matrix stored(Dense x) {
        return x;
    }

    static final List<Penalty[]> ALL_PRIORS = List.of(
            new Penalty[] {Penalty.NONE, Penalty.NONE},
            new Penalty[] {Penalty.exponential(0.8), Penalty.exponential(0.5)},
            new Penalty[] {Penalty.halfNormal(1.5), Penalty.halfNormal(2)},
            new Penalty[] {Penalty.elasticNet(0.3, 2), Penalty.exponential(0.4)},
            new Penalty[] {Penalty.gamma(1.6, 0.7), Penalty.gamma(2.2, 1.1)},
            new Penalty[] {new Penalty(0.5, 0.3, 0.4), Penalty.halfNormal(1)},
            new Penalty[] {Penalty.logNormal(-0.4, 0.9), Penalty.logNormal(0.1, 0.5)},
            new Penalty[] {Penalty.exponential(0.7), new Penalty(0.2, 0.1, 0.3, 1.5, -0.4)});

    static final List<Penalty[]> WITHOUT_LOG_NORMAL = ALL_PRIORS.subList(0, 6);

    static final List<Penalty[]> NO_BARRIER = ALL_PRIORS.subList(0, 4);

    @Test
    void neverRaisesTheObjective() {
        for (Penalty[] prior : priors()) {
            if (!monotone(prior[0], prior[1])) {
                continue;
            }
            FactorProblem problem = problem(11, 23, 17, prior);
            PointFit fit = solver().solve(problem, start(problem, 5), new StopRule(60, 0, 0, 1));
            for (int t = 1; t < fit.trace().size(); t++) {
                double before = fit.trace().get(t - 1).objective();
                double after = fit.trace().get(t).objective();
                assertTrue(
                        after <= before + 1e-11 * Math.abs(before),
                        "iteration " + (t + 1) + ": " + before + " to " + after + " with " + prior[0] + ", "
                                + prior[1]);
            }
        }
    }

    @Test
    void endsWhereSlopesVanish() {
        for (Penalty[] prior : priors()) {
            if (!optimal()) {
                continue;
            }
            FactorProblem problem = problem(12, 14, 19, prior);
            PointFit fit = solver().solve(problem, start(problem, seedOfStart()), new StopRule(30000, 1e-13, 1e-7, 10));
            String place = prior[0] + ", " + prior[1] + ": " + fit.ending();
            assertTrue(fit.converged(), place);
            double[][] w = fit.factors().wByComponent();
            double[][] h = fit.factors().hByComponent();
            double objective = objective(problem, w, h);
            assertEquals(objective, fit.objective(), 1e-9 * Math.abs(objective), place);
            checkSlopes(problem, w, h, w, place);
            checkSlopes(problem, w, h, h, place);
        }
    }

    /**
     * Noise so scattered that full steps overshoot in many columns, and zeros that must be left again; then data of which
     * the objective has fewer digits than the tolerance asks for.
     */
    @Test
    void reachesTightTolerances() {
        if (!optimal()) {
            return;
        }
        for (double size : new double[] {1, 1e6}) {
            RandomSource g = RandomStream.of(101).generator();
            Dense x =
                    RandomMatrix.product(RandomMatrix.exponential(g, 40, RANK), RandomMatrix.exponential(g, RANK, 60));
            for (double[] row : x.array()) {
                for (int j = 0; j < row.length; j++) {
                    double z = g.nextGaussian();
                    double scattered = row[j] * (size > 1 ? Math.exp(1e-3 * z) : z * z);
                    row[j] = size * (loss().beta() == 1 && size == 1 ? RandomMatrix.poisson(g, scattered) : scattered);
                }
            }
            FactorProblem problem = FactorProblem.of(stored(x), loss(), RANK, Penalty.NONE, Penalty.NONE);
            Factors start = start(problem, 3);
            for (double[] row : start.w().array()) {
                row[0] = row[0] < 0.2 ? 0 : row[0];
            }
            PointFit fit = solver().solve(problem, start, new StopRule(20000, 1e-12, 1e-8, 10));
            assertTrue(fit.kkt() <= 1e-8, "size " + size + ": " + fit.kkt() + ", " + fit.ending());
        }
    }

    /** Slopes by differences of an objective written down independently. */
    private static void checkSlopes(FactorProblem p, double[][] w, double[][] h, double[][] moved, String place) {
        for (double[] row : moved) {
            double largest = 0;
            for (double v : row) {
                largest = Math.max(largest, v);
            }
            for (int j = 0; j < row.length; j += 3) {
                double x = row[j];
                double step = Math.max(1e-4 * x, 1e-7 * largest);
                row[j] = x + step;
                double up = objective(p, w, h);
                row[j] = x > step ? x - step : x;
                double down = objective(p, w, h);
                row[j] = x;
                double slope = (up - down) / (x > step ? 2 * step : step);
                // The scale of slopes: what it costs to double an entry of this row.
                double scale = Math.abs(objective(p, w, h)) / largest;
                assertTrue(slope > -2e-5 * scale, place + ": slope " + slope + " at " + x);
                assertTrue(x <= step || slope < 2e-5 * scale, place + ": slope " + slope + " at " + x);
            }
        }
    }

    @Test
    void maskedEntriesHaveNoInfluence() {
        if (!weighted()) {
            return;
        }
        FactorProblem problem = problem(13, 20, 15, priors().get(0));
        Dense x = problem.x().dense().copy();
        Dense v = problem.weights().orElseThrow();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (v.get(i, j) == 0) {
                    x.row(i)[j] = (i + j) % 2 == 0 ? Double.NaN : -1e30;
                }
            }
        }
        FactorProblem other = new FactorProblem(x, Optional.of(v), problem.loss(), problem.w(), problem.h());
        Factors start = start(problem, 4);
        PointFit a = solver().solve(problem, start, StopRule.iterations(7));
        PointFit b = solver().solve(other, start, StopRule.iterations(7));
        assertEquals(a.factors(), b.factors());
        assertEquals(a.objective(), b.objective());
    }

    @Test
    void permutedDataGivePermutedFactors() {
        FactorProblem problem = problem(14, 18, 21, priors().get(0));
        Factors start = start(problem, 3);
        int[] rows = permutation(18, 1);
        int[] columns = permutation(21, 2);
        FactorProblem permuted = new FactorProblem(
                stored(pick(problem.x().dense(), rows, columns)),
                problem.weights().map(v -> pick(v, rows, columns)),
                problem.loss(),
                problem.w(),
                problem.h());
        int[] all = {0, 1, 2};
        Factors moved = new Factors(pick(start.w(), rows, all), pick(start.h(), all, columns));
        PointFit a = solver().solve(problem, start, StopRule.iterations(5));
        PointFit b = solver().solve(permuted, moved, StopRule.iterations(5));
        assertTrue(Golden.distance(pick(a.factors().w(), rows, all), b.factors().w()) < 1e-9);
        assertTrue(
                Golden.distance(pick(a.factors().h(), all, columns), b.factors().h()) < 1e-9);
    }

    @Test
    void scaledDataGiveScaledFactors() {
        FactorProblem problem = problem(15, 16, 13, priors().get(0));
        Factors start = start(problem, 2);
        for (double s : new double[] {1e-30, 1e30}) {
            boolean normal = problem.loss().beta() == 2;
            Optional<Dense> weights = problem.weights().map(v -> scale(v, normal ? 1 / (s * s) : 1));
            FactorProblem scaled = new FactorProblem(
                    stored(scale(problem.x().dense(), s)), weights, problem.loss(), problem.w(), problem.h());
            PointFit a = solver().solve(problem, start, StopRule.iterations(5));
            PointFit b = solver().solve(scaled, new Factors(scale(start.w(), s), start.h()), StopRule.iterations(5));
            assertTrue(Golden.distance(scale(a.factors().w(), s), b.factors().w()) < 1e-6, "W at " + s);
            assertTrue(Golden.distance(a.factors().h(), b.factors().h()) < 1e-6, "H at " + s);
        }
    }

    @Test
    void threadsDoNotChangeBits() {
        FactorProblem problem = problem(16, 40, 1300, priors().get(0));
        Factors start = start(problem, 9);
        PointFit serial = solver().solve(problem, start, StopRule.iterations(4));
        for (int threads : new int[] {2, 8}) {
            ExecutorService pool = Executors.newFixedThreadPool(threads);
            try {
                PointFit fit = solver().solve(problem, start, StopRule.iterations(4), new Parallel(pool), Watcher.NONE);
                assertEquals(serial.factors(), fit.factors(), threads + " threads");
                assertEquals(serial.objective(), fit.objective(), threads + " threads");
                assertEquals(serial.kkt(), fit.kkt(), threads + " threads");
            } finally {
                pool.shutdown();
            }
        }
    }

    @Test
    void fixedComponentsStay() {
        FactorProblem free = problem(17, 12, 16, priors().get(0));
        List<Component> w = new ArrayList<>(free.w());
        List<Component> h = new ArrayList<>(free.h());
        w.set(1, new Component(Penalty.NONE, true));
        h.set(2, new Component(Penalty.NONE, true));
        FactorProblem problem = new FactorProblem(free.x(), free.weights(), free.loss(), w, h);
        Factors start = start(problem, 8);
        PointFit fit = solver().solve(problem, start, StopRule.iterations(20));
        assertArrayEquals(start.wByComponent()[1], fit.factors().wByComponent()[1]);
        assertArrayEquals(start.h().row(2), fit.factors().h().row(2));
        PointFit one = solver().solve(problem, start, StopRule.iterations(1));
        assertTrue(fit.objective() < one.objective());
    }

    @Test
    void limitIsReported() {
        FactorProblem problem = problem(18, 12, 16, priors().get(0));
        PointFit fit = solver().solve(problem, start(problem, 8), StopRule.STANDARD.limit(2));
        assertFalse(fit.converged());
        assertTrue(fit.findings().stream().anyMatch(f -> f.check().equals("convergence")));
        assertEquals(2, fit.iterations());
    }

    @Test
    void watcherEndsTheFit() {
        FactorProblem problem = problem(19, 12, 16, priors().get(0));
        PointFit fit = solver().solve(
                        problem,
                        start(problem, 8),
                        new StopRule(100, 0, 0, 5),
                        Parallel.SERIAL,
                        m -> m.iteration() == 10 ? Optional.of("enough") : Optional.empty());
        assertEquals(10, fit.iterations());
        assertEquals("enough", fit.ending());
    }

    FactorProblem problem(long seed, int rows, int columns, Penalty[] prior) {
        RandomSource g = RandomStream.of(seed).generator();
        Dense mean = RandomMatrix.product(
                RandomMatrix.exponential(g, rows, RANK), RandomMatrix.exponential(g, RANK, columns));
        Dense x = Dense.zeros(rows, columns);
        Dense v = Dense.zeros(rows, columns);
        double beta = loss().beta();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double mu = mean.get(i, j);
                x.row(i)[j] = beta == 2 && solver().refusal(negative()).isEmpty()
                        ? mu + 0.7 * g.nextGaussian()
                        : beta == 1 ? RandomMatrix.poisson(g, mu) : mu * -Math.log(g.nextOpen()) + 1e-3;
                v.row(i)[j] = g.nextOpen() < 0.25 ? 0 : beta == 2 ? 0.5 + g.nextOpen() : 1;
            }
        }
        return new FactorProblem(
                stored(x),
                weighted() ? Optional.of(v) : Optional.empty(),
                loss(),
                Component.free(RANK, prior[0]),
                Component.free(RANK, prior[1]));
    }

    private static FactorProblem negative() {
        Dense x = Dense.of(new double[][] {{-1, 2}, {3, 4}});
        return FactorProblem.of(x, Loss.NORMAL, 1, Penalty.NONE, Penalty.NONE);
    }

    static Factors start(FactorProblem problem, long seed) {
        RandomSource g = RandomStream.of(seed).generator();
        Dense w = RandomMatrix.uniform(g, problem.x().rows(), problem.rank());
        return new Factors(
                w, RandomMatrix.uniform(g, problem.rank(), problem.x().columns()));
    }

    /** The objective as its definition reads. */
    static double objective(FactorProblem p, double[][] w, double[][] h) {
        double sum = 0;
        Dense x = p.x().dense();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                double v = p.weights().isPresent() ? p.weights().get().get(i, j) : 1;
                double mu = 0;
                for (int k = 0; k < w.length; k++) {
                    mu += w[k][i] * h[k][j];
                }
                double d = x.get(i, j);
                if (v > 0) {
                    sum += p.loss().factor() * v * naive(p.loss().beta(), d, mu);
                }
            }
        }
        for (int k = 0; k < w.length; k++) {
            sum += naive(p.w().get(k).penalty(), w[k]) + naive(p.h().get(k).penalty(), h[k]);
        }
        return sum;
    }

    private static double naive(double beta, double x, double mu) {
        if (beta == 2) {
            return (x - mu) * (x - mu) / 2;
        }
        if (beta == 1) {
            return mu - x + (x > 0 ? x * Math.log(x / mu) : 0);
        }
        if (beta == 0) {
            return x / mu - 1 - Math.log(x / mu);
        }
        return Math.pow(x, beta) / (beta * (beta - 1))
                + Math.pow(mu, beta) / beta
                - x * Math.pow(mu, beta - 1) / (beta - 1);
    }

    private static double naive(Penalty p, double[] row) {
        double sum = 0;
        for (double x : row) {
            sum += p.l1() * x + p.l2() * x * x / 2 - (p.barrier() > 0 ? p.barrier() * Math.log(x) : 0);
            sum += p.bend() > 0 ? p.bend() * Math.pow(Math.log(x) - p.centre(), 2) / 2 : 0;
        }
        return sum;
    }

    private static Dense scale(Dense x, double s) {
        Dense out = x.copy();
        for (double[] row : out.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= s;
            }
        }
        return out;
    }

    private static Dense pick(Dense x, int[] rows, int[] columns) {
        Dense out = Dense.zeros(rows.length, columns.length);
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < columns.length; j++) {
                out.row(i)[j] = x.get(rows[i], columns[j]);
            }
        }
        return out;
    }

    private static int[] permutation(int n, long seed) {
        RandomSource g = RandomStream.of(seed).generator();
        int[] p = IntStream.range(0, n).toArray();
        for (int i = n - 1; i > 0; i--) {
            int j = g.nextInt(i + 1);
            int swap = p[i];
            p[i] = p[j];
            p[j] = swap;
        }
        return p;
    }
}
