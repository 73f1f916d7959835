package org.unblend.model;

/** A named quantity of a {@link ModelGraph}. */
public sealed interface Node permits Constant, Parameter, Deterministic, Observation {

    /** Name, unique in its graph. */
    String name();

    /** Its axes. */
    Dims dims();

    /** Unit of its values; {@code 1} if dimensionless, empty if unknown. */
    String unit();
}
