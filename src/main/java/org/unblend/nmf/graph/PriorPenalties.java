package org.unblend.nmf.graph;

import java.util.ArrayList;
import java.util.List;
import org.unblend.infer.InvalidRequest;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Constant;
import org.unblend.model.Independent;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Parameter;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.LogNormalMean;
import org.unblend.model.family.TruncatedNormal;
import org.unblend.nmf.Component;
import org.unblend.nmf.Penalty;

/** The prior of a factor as one penalty per component: minus its log density without terms that hold no entry. */
final class PriorPenalties {
    private final ModelGraph graph;
    private final Parameter factor;
    private final Axis component;

    private PriorPenalties(ModelGraph graph, Parameter factor, Axis component) {
        this.graph = graph;
        this.factor = factor;
        this.component = component;
    }

    /**
     * The penalties of a factor.
     *
     * @param scale what the objective of the problem is multiplied by to give minus the log posterior
     * @throws InvalidRequest if the prior allows negative entries, has no mode or depends on unknowns
     */
    static List<Component> of(ModelGraph graph, Parameter factor, Axis component, double scale) {
        PriorPenalties penalties = new PriorPenalties(graph, factor, component);
        List<Component> all = new ArrayList<>();
        for (int k = 0; k < component.length(); k++) {
            all.add(new Component(penalties.of(k).times(1 / scale), false));
        }
        return all;
    }

    private Penalty of(int k) {
        if (!(factor.prior() instanceof Independent prior)) {
            throw no("is a " + factor.prior().name() + " distribution, which ties its entries together");
        }
        if (prior.mixed()) {
            throw new InvalidRequest(
                    "N011",
                    "the prior of " + factor.name() + " is " + prior.name()
                            + ": zero has a probability of its own, beside which no density counts, so the posterior has"
                            + " no mode",
                    "ask for the posterior, whose table factors/" + factor.name()
                            + "-zero.csv says how probable zeros are; for a point fit take the distribution under"
                            + " \"else\" alone");
        }
        double[] a = arguments(prior, k);
        prior.family().invalid(a).ifPresent(why -> {
            throw no("is not allowed for component " + (k + 1) + ": " + why);
        });
        if (prior.family() instanceof Flat && a[0] == 0) {
            return Penalty.NONE;
        }
        if (prior.family() instanceof Exponential) {
            return Penalty.exponential(a[0]);
        }
        if (prior.family() instanceof HalfNormal) {
            return Penalty.halfNormal(a[0]);
        }
        if (prior.family() instanceof Gamma) {
            return gamma(a[0], a[1]);
        }
        if (prior.family() instanceof GammaMean) {
            return gamma(a[0], a[0] / a[1]);
        }
        if (prior.family() instanceof LogNormal) {
            return Penalty.logNormal(a[0], a[1]);
        }
        if (prior.family() instanceof LogNormalMean) {
            double[] byMu = LogNormalMean.byMu(a);
            return Penalty.logNormal(byMu[0], byMu[1]);
        }
        if (prior.family() instanceof TruncatedNormal && a[2] == 0 && a[3] == Double.POSITIVE_INFINITY && a[0] <= 0) {
            // The square of x - mean holds a linear term: the elastic net.
            double precision = 1 / (a[1] * a[1]);
            return new Penalty(-a[0] * precision, precision, 0);
        }
        throw no("is " + prior + ", which is no penalty of a non-negative factor");
    }

    private Penalty gamma(double shape, double rate) {
        if (shape < 1) {
            throw new InvalidRequest(
                    "N006",
                    "the prior of " + factor.name() + " is gamma of shape " + shape
                            + ", whose density is unbounded at 0: the posterior has no mode",
                    "take a shape of 1 or more, or ask for the posterior");
        }
        return Penalty.gamma(shape, rate);
    }

    private double[] arguments(Independent prior, int k) {
        double[] values = new double[prior.args().size()];
        for (int i = 0; i < values.length; i++) {
            Arg arg = prior.args().get(i);
            values[i] = arg instanceof Arg.Value v ? v.value() : argument((Arg.Ref) arg, k);
        }
        return values;
    }

    private double argument(Arg.Ref ref, int k) {
        Node node = graph.node(ref.node()).orElseThrow();
        if (!(node instanceof Constant c)) {
            throw new InvalidRequest(
                    "N005",
                    "the prior of " + factor.name() + " depends on " + node.name()
                            + ", which is not fixed: with a free scale the posterior has no mode",
                    "fix " + node.name() + ", or ask for the posterior");
        }
        if (c.dims().axes().isEmpty()) {
            return c.values()[0];
        }
        if (!c.dims().axes().equals(List.of(component))) {
            throw no("depends on " + c.name() + c.dims() + "; it may differ between components alone");
        }
        return c.values()[k];
    }

    private InvalidRequest no(String what) {
        return new InvalidRequest(
                "N004",
                "the prior of " + factor.name() + " " + what,
                "give it a flat prior from 0, exponential, half_normal, gamma of shape 1 or more, log_normal, or truncated_normal"
                        + " with a mean of at most 0 and low = 0");
    }
}
