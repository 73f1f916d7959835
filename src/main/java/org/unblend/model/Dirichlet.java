package org.unblend.model;

import java.util.List;

/**
 * A vector of non-negative entries along one axis that sum to one, with density proportional to the product of
 * {@code x_i^(concentration_i - 1)}; independent over the other axes of the node.
 *
 * @param concentration above 0; a number (symmetric) or a node
 * @param axis name of the axis along which the entries sum to one
 */
public record Dirichlet(Arg concentration, String axis) implements Distribution {

    public Dirichlet {
        if (concentration instanceof Arg.Value v && !(v.value() > 0 && Double.isFinite(v.value()))) {
            throw new InvalidModel(
                    "M011", "", "dirichlet: concentration must be above 0, got " + v.value(), "correct the argument");
        }
    }

    @Override
    public String name() {
        return "dirichlet";
    }

    @Override
    public List<Arg> args() {
        return List.of(concentration);
    }

    @Override
    public List<String> argumentNames() {
        return List.of("concentration");
    }

    @Override
    public boolean improper() {
        return false;
    }

    @Override
    public boolean discrete() {
        return false;
    }
}
