package org.unblend.model;

/**
 * Unknown numbers with a prior.
 *
 * @param latex symbol for figures, empty to use the name
 * @param prior the prior distribution; its arguments may be other nodes
 */
public record Parameter(String name, Dims dims, String unit, String latex, Distribution prior) implements Node {

    public Parameter {
        if (prior.discrete()) {
            throw new InvalidModel(
                    "M032", name, "the prior " + prior.name() + " is discrete", "parameters must be continuous");
        }
    }
}
