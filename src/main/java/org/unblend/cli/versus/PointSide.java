package org.unblend.cli.versus;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.unblend.density.CompiledModel;
import org.unblend.density.Layout;
import org.unblend.infer.InvalidRequest;
import org.unblend.infer.Knob;
import org.unblend.infer.Plan;
import org.unblend.infer.Planner;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Start;
import org.unblend.infer.Task;
import org.unblend.model.Constant;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Parameter;
import org.unblend.nmf.graph.FactorPattern;
import org.unblend.nmf.graph.Starts;

/**
 * The point estimate that stands beside a posterior: the mode of the same density, or, where that has none, the fit with
 * flat priors. What else is inferred, such as the size of the noise, is then fixed.
 *
 * @param pattern the factorisation that is fitted
 * @param plan the solver and why
 * @param problem what it is asked
 * @param why why it is not the mode; empty if it is
 */
public record PointSide(FactorPattern pattern, Plan plan, Problem problem, Optional<String> why) {

    /** Name of the knob that says how many starts there are. */
    public static final String STARTS = "starts";

    /**
     * Plans it.
     *
     * @param theta values of the parameters, at which those that are not factors are fixed, {@code [dimension]}
     * @param start where to begin, if that is not left to the solver
     * @param starts how many starts, if that is not left to the solver
     * @throws InvalidRequest if there is neither a mode nor a fit with flat priors
     */
    public static PointSide of(
            CompiledModel model, double[] theta, Planner planner, Optional<Start> start, Optional<Double> starts) {
        FactorNodes nodes = FactorNodes.of(model);
        Optional<String> why = reason(model);
        CompiledModel fitted = why.isEmpty() ? model : new CompiledModel(flat(model, nodes, theta));
        FactorPattern pattern = FactorPattern.of(fitted.graph());
        Plan plan = planner.plan(fitted, Set.of(Task.POINT), Optional.empty());
        Starts.of(pattern, start);
        Map<String, Double> knobs =
                plan.engine().knobs().stream().collect(Collectors.toMap(Knob::name, Knob::standard));
        starts.ifPresent(n -> knobs.put(STARTS, n));
        return new PointSide(
                pattern, plan, new Problem(fitted, Set.of(Task.POINT), Precision.STANDARD, knobs, start), why);
    }

    /**
     * The factorisation with flat priors.
     *
     * @param theta values of the parameters, at which those that are not factors are fixed, {@code [dimension]}
     * @throws InvalidRequest if the data cannot be factorised so
     */
    public static FactorPattern flat(CompiledModel model, double[] theta) {
        return FactorPattern.of(flat(model, FactorNodes.of(model), theta));
    }

    /** Why the posterior has no mode that can be found; empty if it has. */
    private static Optional<String> reason(CompiledModel model) {
        try {
            return FactorPattern.of(model.graph()).problem().freeScale().isPresent()
                    ? Optional.of("one factor alone has a prior other than flat")
                    : Optional.empty();
        } catch (InvalidRequest e) {
            return Optional.of(e.reason());
        }
    }

    /** Flat priors of the factors; other unknowns that the data depend on become constants. */
    private static ModelGraph flat(CompiledModel model, FactorNodes nodes, double[] theta) {
        ModelGraph flat = model.graph().withFlatPriors();
        List<Node> all = flat.nodes().stream()
                .map(n -> n instanceof Parameter p
                                && !p.name().equals(nodes.w().name())
                                && !p.name().equals(nodes.h().name())
                        ? new Constant(p.name(), p.dims(), p.unit(), values(model, p, theta))
                        : n)
                .toList();
        return new ModelGraph(flat.name(), all);
    }

    private static double[] values(CompiledModel model, Parameter parameter, double[] theta) {
        Layout.Slot slot = model.layout().slots().stream()
                .filter(s -> s.parameter().name().equals(parameter.name()))
                .findFirst()
                .orElseThrow();
        return Arrays.copyOfRange(theta, slot.offset(), slot.offset() + slot.size());
    }
}
