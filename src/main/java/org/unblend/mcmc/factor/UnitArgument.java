package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unblend.model.Family;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.GammaMean;
import org.unblend.model.family.HalfNormal;
import org.unblend.model.family.LogNormal;
import org.unblend.model.family.LogNormalMean;

/**
 * The inferred argument g of a component's prior that sets the unit of its entries, if nothing else depends on it: when all
 * entries grow by a factor {@code exp(t)} and g moves along, each entry keeps its place in its prior.
 *
 * @param hyper the argument
 * @param power g becomes {@code g exp(power t)}: 1 for means and scales, -1 for rates; 0 if it becomes {@code g + t}
 */
record UnitArgument(Hyper hyper, int power) {

    /** One per component; empty where there is none that is inferred for it alone. */
    static List<Optional<UnitArgument>> of(FactorForm form, Optional<PriorSide> side) {
        List<Optional<UnitArgument>> all = new ArrayList<>();
        for (int k = 0; k < form.rank(); k++) {
            all.add(side.isPresent() ? of(form, side.get(), k) : Optional.empty());
        }
        return all;
    }

    private static Optional<UnitArgument> of(FactorForm form, PriorSide side, int k) {
        Family family = side.family();
        if (family instanceof Exponential) {
            return of(form, side, k, 0, -1);
        }
        if (family instanceof Gamma) {
            return of(form, side, k, 1, -1);
        }
        if (family instanceof GammaMean) {
            return of(form, side, k, 1, 1);
        }
        if (family instanceof HalfNormal || family instanceof LogNormalMean) {
            return of(form, side, k, 0, 1);
        }
        return family instanceof LogNormal ? of(form, side, k, 0, 0) : Optional.empty();
    }

    private static Optional<UnitArgument> of(FactorForm form, PriorSide side, int k, int argument, int power) {
        return form.own(side.args().get(argument), k).map(hyper -> new UnitArgument(hyper, power));
    }

    /** ln of the prior density of t: of g, or of ln g, after the step. */
    double log(double[] theta, double t) {
        double value = moved(theta, t);
        return hyper.logPrior(value) + (power == 0 ? 0 : Math.log(value));
    }

    /** Takes the step; theta is modified. */
    void move(double[] theta, double t) {
        theta[hyper.offset()] = moved(theta, t);
    }

    private double moved(double[] theta, double t) {
        double value = theta[hyper.offset()];
        return power == 0 ? value + t : value * Math.exp(power * t);
    }
}
