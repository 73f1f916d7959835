package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.density.Factorisation;
import org.unblend.density.Layout;
import org.unblend.density.MatrixProduct;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Constant;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Parameter;
import org.unblend.model.Support;
import org.unblend.model.family.ZeroInflated;

/** Reads a graph as a {@link FactorForm}. Used once. */
final class FactorReader {
    private final CompiledModel model;
    private final ModelGraph graph;
    private final List<Hyper> hypers = new ArrayList<>();
    private final List<Hyper> scales = new ArrayList<>();
    private final List<String> understood = new ArrayList<>();

    FactorReader(CompiledModel model) {
        this.model = model;
        graph = model.graph();
    }

    FactorForm read() {
        Factorisation form = recognised();
        if (form.products().size() != 1) {
            throw refuse("the mean of the data is not the matrix product of two nodes, but a sum of such");
        }
        Noise noise = Noise.valueOf(form.noise().name());
        MatrixProduct product = form.products().get(0);
        Node w = product.w();
        Node h = product.h();
        Axis component = product.component();
        Matrix data;
        Optional<Dense> weights;
        if (form.sparse().isPresent() && noise == Noise.POISSON) {
            data = form.sparse().get();
            weights = Optional.empty();
        } else {
            double[] ofEntries = weights(form);
            double[] values = form.x().data();
            for (int e = 0; e < values.length; e++) {
                values[e] = ofEntries[e] > 0 ? values[e] : 0;
            }
            data = form.matrix(values);
            weights = Optional.of(form.matrix(ofEntries));
        }
        Optional<PriorSide> priorW = prior(w, component);
        Optional<PriorSide> priorH = prior(h, component);
        for (Parameter p : graph.parameters()) {
            if (!understood.contains(p.name())) {
                throw refuse(p.name() + " is no factor, no argument of a factor's prior and no scale of the noise");
            }
        }
        int r = component.length();
        return new FactorForm(
                model,
                noise,
                data,
                weights,
                priorW,
                priorH,
                w instanceof Constant c ? byComponent(c.values(), r, true) : null,
                h instanceof Constant c ? byComponent(c.values(), r, false) : null,
                w instanceof Parameter ? offset(w) : -1,
                h instanceof Parameter ? offset(h) : -1,
                r,
                List.copyOf(hypers),
                List.copyOf(scales));
    }

    private Factorisation recognised() {
        try {
            return Factorisation.of(graph);
        } catch (Factorisation.Unlike e) {
            throw refuse(e.complaint().reason());
        }
    }

    /** Weights of the entries, with the scale of the noise where it is known. */
    private double[] weights(Factorisation form) {
        double[] observed = form.x().weights();
        boolean masksOnly = Arrays.stream(observed).allMatch(v -> v == 0 || v == 1);
        if (form.noise() == Factorisation.Noise.POISSON && !masksOnly) {
            throw refuse("weights of counts must be 0 or 1 where a posterior is wanted");
        }
        Optional<double[]> known = form.knownScale();
        if (known.isPresent()) {
            return form.weights(known.get());
        }
        Node node = form.scale().flatMap(Factorisation.Scale::node).orElseThrow();
        Axis feature = form.products().get(0).feature();
        if (!(node instanceof Parameter p)
                || (p.dims().size() != 1 && !p.dims().axes().equals(List.of(feature)))) {
            throw refuse("the scale of the noise, " + node.name()
                    + ", is neither known nor one parameter for all or per feature");
        }
        scales.addAll(hypers(p));
        if (scales.get(0).family().support(scales.get(0).arguments()).low() < 0) {
            throw refuse("the prior of the noise's scale " + p.name() + " allows negative numbers");
        }
        if (form.noise() == Factorisation.Noise.GAMMA && !masksOnly) {
            throw refuse("weights must be 0 or 1 where the shape of the noise is inferred");
        }
        return observed;
    }

    private Optional<PriorSide> prior(Node factor, Axis component) {
        if (factor instanceof Constant c) {
            if (Arrays.stream(c.values()).anyMatch(v -> v < 0)) {
                throw refuse("the factor " + c.name() + " has negative entries");
            }
            return Optional.empty();
        }
        if (!(factor instanceof Parameter p) || !(p.prior() instanceof Independent prior)) {
            throw refuse("the factor " + factor.name() + " is neither a parameter with independent entries nor fixed");
        }
        if (prior.improper()) {
            throw refuse("the prior of " + p.name() + " is improper");
        }
        understood.add(p.name());
        int r = component.length();
        List<PriorSide.Argument> args = new ArrayList<>();
        for (Arg arg : prior.args()) {
            args.add(argument(p, arg, component));
        }
        Family family = prior.family();
        Optional<PriorSide.Argument> zero = Optional.empty();
        if (family instanceof ZeroInflated mixed) {
            zero = Optional.of(args.remove(0));
            family = mixed.otherwise();
            probability(p, prior.args().get(0));
        }
        PriorSide side = new PriorSide(p.name(), family, args, p.dims().size() / r, zero);
        if (Shape.of(family, trial(side)).isEmpty()) {
            throw refuse("the prior of " + p.name() + " is " + (zero.isPresent() ? "zero_inflated with " : "")
                    + family.name()
                    + "; exponential, half_normal, truncated_normal from 0, gamma and log_normal have moves");
        }
        return Optional.of(side);
    }

    /** Refuses a probability of zero whose own prior allows other numbers. */
    private void probability(Parameter factor, Arg zero) {
        for (Hyper hyper : hypers) {
            if (zero instanceof Arg.Ref ref && ref.node().equals(hyper.name())) {
                Support support = hyper.family().support(hyper.arguments());
                if (support.low() < 0 || support.high() > 1) {
                    throw refuse("the prior of " + hyper.name() + " covers " + support
                            + ", but it is the probability that an entry of " + factor.name()
                            + " is zero: give it a beta or uniform prior within 0 and 1");
                }
            }
        }
    }

    /** Arguments to try the family with; those that are inferred at 1. */
    private static double[] trial(PriorSide side) {
        double[] trial = new double[side.args().size()];
        Arrays.setAll(
                trial,
                i -> side.args().get(i).inferred() ? 1 : side.args().get(i).values()[0]);
        return trial;
    }

    private PriorSide.Argument argument(Parameter factor, Arg arg, Axis component) {
        double[] values = new double[component.length()];
        if (arg instanceof Arg.Value v) {
            Arrays.fill(values, v.value());
            return new PriorSide.Argument(values, -1, false);
        }
        Node node = graph.node(((Arg.Ref) arg).node()).orElseThrow();
        boolean perComponent = node.dims().axes().equals(List.of(component));
        if (!perComponent && node.dims().size() != 1) {
            throw refuse("the prior of " + factor.name() + " depends on " + node.name() + node.dims()
                    + ", which is neither one number nor one per component");
        }
        if (node instanceof Constant c) {
            Arrays.setAll(values, k -> c.values()[perComponent ? k : 0]);
            return new PriorSide.Argument(values, -1, perComponent);
        }
        if (node instanceof Parameter p) {
            if (!understood.contains(p.name())) {
                hypers.addAll(hypers(p));
            }
            return new PriorSide.Argument(null, offset(p), perComponent);
        }
        throw refuse("the prior of " + factor.name() + " depends on " + node.name() + ", which follows from others");
    }

    private List<Hyper> hypers(Parameter p) {
        if (!(p.prior() instanceof Independent prior) || prior.numbers().isEmpty() || prior.improper()) {
            throw refuse("the prior of " + p.name() + " must be proper with fixed arguments");
        }
        understood.add(p.name());
        List<Hyper> all = new ArrayList<>();
        for (int e = 0; e < p.dims().size(); e++) {
            all.add(new Hyper(
                    p.name(), offset(p) + e, prior.family(), prior.numbers().get()));
        }
        return all;
    }

    private int offset(Node node) {
        return model.layout().slots().stream()
                .filter(s -> s.parameter().name().equals(node.name()))
                .mapToInt(Layout.Slot::offset)
                .findFirst()
                .orElseThrow();
    }

    private static double[][] byComponent(double[] values, int r, boolean left) {
        int n = values.length / r;
        double[][] out = new double[r][n];
        for (int k = 0; k < r; k++) {
            for (int i = 0; i < n; i++) {
                out[k][i] = left ? values[i * r + k] : values[k * n + i];
            }
        }
        return out;
    }

    private static InvalidRequest refuse(String why) {
        return new InvalidRequest(
                "G001",
                "the graph is no factorisation with known moves: " + why,
                "ask for engine nuts, or change the model");
    }
}
