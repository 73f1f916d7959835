package org.unblend.infer;

import java.util.Map;

/** Where a search for a mode begins, if the user says so. */
public sealed interface Start {

    /**
     * By one of the engine's own rules.
     *
     * @param rule one of {@link Engine#startingRules}
     */
    record ByRule(String rule) implements Start {}

    /**
     * At given values; what is not named begins as it would otherwise.
     *
     * @param values values of parameters by name, each row-major, kept and not to be modified
     */
    record At(Map<String, double[]> values) implements Start {
        public At {
            values = Map.copyOf(values);
        }
    }
}
