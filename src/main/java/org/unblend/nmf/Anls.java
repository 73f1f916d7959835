package org.unblend.nmf;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.math.BlockPivoting;
import org.unblend.math.Matrix;
import org.unblend.math.Parallel;
import org.unblend.math.Rows;

/**
 * Alternating exact non-negative least squares by {@link BlockPivoting}, with {@link Extrapolation}, for Normal data
 * without weights. With all of W fixed one iteration gives the exact H.
 */
public final class Anls extends Descent {

    @Override
    public String name() {
        return "anls";
    }

    @Override
    public Optional<String> refusal(FactorProblem problem) {
        return new ScikitDescent().refusal(problem);
    }

    @Override
    Run begin(FactorProblem problem, Factors start, Parallel parallel) {
        Matrix x = problem.x();
        Matrix transposed = x.transpose();
        return new Extrapolation(
                problem,
                start,
                new Exact(x, transposed, problem.h(), parallel),
                new Exact(transposed, x, problem.w(), parallel),
                parallel);
    }

    /** The half-step to the exact minimum; loss and residual are those of a {@link GramStep} that does no sweep. */
    private static final class Exact implements HalfStep {
        private final GramStep account;
        private final Products products;
        private final List<Component> components;
        private final int[] free;
        private final int columns;
        private final Parallel parallel;

        Exact(Matrix x, Matrix transposed, List<Component> components, Parallel parallel) {
            account = new GramStep(x, transposed, components, 1, parallel);
            products = new Products(x, transposed);
            this.components = components;
            this.parallel = parallel;
            columns = x.columns();
            free = IntStream.range(0, components.size())
                    .filter(k -> !components.get(k).fixed())
                    .toArray();
        }

        @Override
        public Outcome improve(double[][] held, double[][] moved, boolean price, boolean look) {
            double[][] gram = Rows.gram(held);
            double[] packed = products.pack(held, parallel);
            double[][] numerator = new double[held.length][columns];
            double[][] freeGram = new double[free.length][free.length];
            for (int k = 0; k < free.length; k++) {
                for (int l = 0; l < free.length; l++) {
                    freeGram[k][l] = gram[free[k]][free[l]];
                }
                freeGram[k][k] += components.get(free[k]).penalty().l2();
            }
            double kkt = look ? account.residual(held, moved) : Double.NaN;
            parallel.forRanges(columns, Products.BLOCK, (from, to) -> {
                products.multiply(held, packed, numerator, from, to);
                BlockPivoting pivoting = new BlockPivoting(freeGram);
                double[] n = new double[free.length];
                double[] b = new double[free.length];
                for (int j = from; j < to; j++) {
                    for (int k = 0; k < free.length; k++) {
                        n[k] = numerator[free[k]][j]
                                - components.get(free[k]).penalty().l1();
                        b[k] = moved[free[k]][j];
                        for (int l = 0; l < held.length; l++) {
                            n[k] -= components.get(l).fixed() ? gram[free[k]][l] * moved[l][j] : 0;
                        }
                    }
                    pivoting.solve(n, b);
                    for (int k = 0; k < free.length; k++) {
                        moved[free[k]][j] = b[k];
                    }
                }
            });
            return new Outcome(price ? account.loss(gram, numerator, moved) : Double.NaN, kkt);
        }
    }
}
