package org.unblend.nmf.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unblend.density.Factorisation;
import org.unblend.density.Layout;
import org.unblend.density.MatrixProduct;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.model.Complaint;
import org.unblend.model.Constant;
import org.unblend.model.ModelGraph;
import org.unblend.model.Parameter;
import org.unblend.nmf.Component;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Factors;

/**
 * A model graph that is a point factorisation: one observation {@code X ~ Normal | Poisson | Gamma(mean = W H)}, where W
 * and H are parameters with non-negative priors, or constants. The mean may also be a sum of such products, whose
 * components then stand side by side: {@code W_1 H_1 + W_2 H_2 = [W_1 W_2] [H_1; H_2]}. So some components can have
 * priors of another family than others, or be given. Then
 *
 * <p>{@code -log posterior = scale * objective of the problem + constant}.
 *
 * @param problem what is minimised
 * @param scale above 0: the weight that all data share, so that equal weights count as none
 * @param blocks the products, at least one, in the order of their components
 */
public record FactorPattern(FactorProblem problem, double scale, List<Block> blocks) {

    /**
     * Recognises the pattern. A scale that a prior on one factor alone leaves free is left to the engines, see
     * {@link FactorProblem#freeScale}.
     *
     * @throws InvalidRequest with the reason, if the graph is no such factorisation, if a prior has no mode, or if the
     *     data cannot be factorised
     */
    public static FactorPattern of(ModelGraph graph) {
        Factorisation form = recognised(graph);
        NoiseModel noise = NoiseModel.of(form);
        List<Block> blocks = new ArrayList<>();
        for (MatrixProduct product : form.products()) {
            int from = blocks.isEmpty() ? 0 : blocks.get(blocks.size() - 1).to();
            blocks.add(new Block(product.w(), product.h(), from));
        }
        Matrix data;
        Optional<Dense> weights;
        double scale;
        if (noise.weights().isEmpty()) {
            data = form.sparse().orElseThrow();
            weights = Optional.empty();
            scale = noise.even();
        } else {
            data = form.matrix(form.x().data());
            Dense all = form.matrix(noise.weights().get());
            scale = common(all);
            weights = Optional.of(divided(all, scale));
        }
        List<Component> ofW = new ArrayList<>();
        List<Component> ofH = new ArrayList<>();
        for (Block block : blocks) {
            ofW.addAll(block.componentsOfW(graph, scale));
            ofH.addAll(block.componentsOfH(graph, scale));
        }
        refuseOthers(graph, blocks);
        try {
            FactorProblem problem = new FactorProblem(data, weights, noise.loss(), ofW, ofH);
            return new FactorPattern(Storage.best(problem), scale, List.copyOf(blocks));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e.getMessage(), "correct the data");
            throw new InvalidRequest("N007", wrong.reason(), wrong.remedy());
        }
    }

    private static Factorisation recognised(ModelGraph graph) {
        try {
            return Factorisation.of(graph);
        } catch (Factorisation.Unlike e) {
            Complaint wrong = e.complaint();
            throw new InvalidRequest(e.ofObservations() ? "N001" : "N002", wrong.reason(), wrong.remedy());
        }
    }

    private static void refuseOthers(ModelGraph graph, List<Block> blocks) {
        for (Parameter p : graph.parameters()) {
            if (blocks.stream().noneMatch(b -> p == b.w() || p == b.h())) {
                throw new InvalidRequest(
                        "N003",
                        p.name() + " is unknown too, and is no factor of the product",
                        "fix it, or ask for the posterior");
            }
        }
    }

    /** The weight that all entries share which have one; 1 if they differ. */
    private static double common(Dense weights) {
        double common = 0;
        for (double[] row : weights.array()) {
            for (double v : row) {
                if (v > 0) {
                    if (common > 0 && v != common) {
                        return 1;
                    }
                    common = v;
                }
            }
        }
        return common > 0 && Double.isFinite(common) ? common : 1;
    }

    private static Dense divided(Dense weights, double by) {
        for (double[] row : weights.array()) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= by;
            }
        }
        return weights;
    }

    /** The problem with the weights and penalties of the graph itself, so that it has a scale of one. */
    public FactorProblem unscaled() {
        if (scale == 1) {
            return problem;
        }
        Dense x = problem.x().dense();
        Dense weights = problem.weights().map(Dense::copy).orElseGet(() -> {
            Dense ones = Dense.zeros(x.rows(), x.columns());
            Arrays.stream(ones.array()).forEach(row -> Arrays.fill(row, 1));
            return ones;
        });
        return new FactorProblem(
                x,
                Optional.of(divided(weights, 1 / scale)),
                problem.loss(),
                multiplied(problem.w()),
                multiplied(problem.h()));
    }

    private List<Component> multiplied(List<Component> components) {
        return components.stream()
                .map(c -> new Component(c.penalty().times(scale), c.fixed()))
                .toList();
    }

    /** Names of the features, {@code [features]}. */
    public List<String> features() {
        return blocks.get(0).w().dims().axes().get(0).labels();
    }

    /** Names of the samples, {@code [samples]}. */
    public List<String> samples() {
        return blocks.get(0).h().dims().axes().get(1).labels();
    }

    /** Names of the components, {@code [components]}. */
    public List<String> components() {
        return blocks.stream().flatMap(b -> b.axis().labels().stream()).toList();
    }

    /** True if all of W or all of H is given, so that only the other factor is sought. */
    public boolean oneFactorGiven() {
        return blocks.stream().allMatch(b -> b.w() instanceof Constant)
                || blocks.stream().allMatch(b -> b.h() instanceof Constant);
    }

    /** True if the mean is linear in what is sought: of each component, a factor is given. */
    public boolean linear() {
        return blocks.stream().allMatch(Block::linear);
    }

    /** The same factors with those that are constants in the graph put in their places. */
    public Factors withConstants(Factors factors) {
        Factors both = new Factors(factors.w().copy(), factors.h().copy());
        for (Block block : blocks) {
            if (block.w() instanceof Constant c) {
                block.putW(c.values(), both.w());
            }
            if (block.h() instanceof Constant c) {
                block.putH(c.values(), both.h());
            }
        }
        return both;
    }

    /** Factors of zeros with the constants in their places. */
    Factors constants() {
        return withConstants(new Factors(
                Dense.zeros(features().size(), problem.rank()),
                Dense.zeros(problem.rank(), samples().size())));
    }

    /** The same factors with these values of parameters, by name, in their places. */
    Factors with(Map<String, double[]> values, Factors factors) {
        Factors both = new Factors(factors.w().copy(), factors.h().copy());
        for (Block block : blocks) {
            Optional.ofNullable(values.get(block.w().name())).ifPresent(v -> block.putW(v, both.w()));
            Optional.ofNullable(values.get(block.h().name())).ifPresent(v -> block.putH(v, both.h()));
        }
        return both;
    }

    /** The parameters of a graph with this pattern at these factors, {@code [layout.dimension()]}. */
    public double[] theta(Layout layout, Factors factors) {
        double[] theta = new double[layout.dimension()];
        for (Layout.Slot slot : layout.slots()) {
            double[] values = blocks.stream()
                    .flatMap(b -> b.values(slot.parameter().name(), factors.w(), factors.h()).stream())
                    .findFirst()
                    .orElseThrow();
            System.arraycopy(values, 0, theta, slot.offset(), slot.size());
        }
        return theta;
    }

    /** The factors at these parameters; the inverse of {@link #theta}. */
    public Factors factors(Layout layout, double[] theta) {
        return with(
                layout.slots().stream()
                        .collect(Collectors.toMap(
                                s -> s.parameter().name(),
                                s -> Arrays.copyOfRange(theta, s.offset(), s.offset() + s.size()))),
                constants());
    }

    /** The unknown factors. */
    Stream<Parameter> parameters() {
        return blocks.stream()
                .flatMap(b -> Stream.of(b.w(), b.h()))
                .filter(Parameter.class::isInstance)
                .map(Parameter.class::cast);
    }
}
