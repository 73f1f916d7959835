package org.unblend.nmf;

import java.util.Optional;

/** A fit under way. */
interface Run {

    /**
     * Does one iteration, which moves both factors.
     *
     * @param look true if objective and residual will be asked for afterwards
     */
    void iterate(boolean look);

    /** The objective at the present factors. */
    double objective();

    /** The KKT residual at about the present factors. */
    double kkt();

    /** W by component, {@code [r x features]}, live. */
    double[][] w();

    /** H by component, {@code [r x samples]}, live. */
    double[][] h();

    /** Why the method's own rule ends the fit, if it has one. */
    default Optional<String> finished() {
        return Optional.empty();
    }
}
