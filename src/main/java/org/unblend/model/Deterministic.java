package org.unblend.model;

/**
 * Numbers that follow from other nodes.
 *
 * @param op the operation
 * @param kernel the operation bound to the shapes of its inputs
 */
public record Deterministic(String name, String unit, Op op, Kernel kernel) implements Node {

    @Override
    public Dims dims() {
        return kernel.dims();
    }
}
