package org.unblend.infer;

import java.util.Map;

/** Where an engine begins, if the user says so: a search for a mode by a rule or at values, a sampler with draws. */
public sealed interface Start {

    /**
     * By one of the engine's own rules.
     *
     * @param rule one of {@link Engine#startingRules}
     */
    record ByRule(String rule) implements Start {}

    /**
     * With weighted draws of an earlier posterior of the same parameters, inside the support of the priors.
     *
     * @param theta {@code [draws x dimension]}, natural scale, kept and not to be modified
     * @param weights {@code [draws]}, not negative, not all 0, kept and not to be modified
     * @param from where they come from, to be told
     */
    record Draws(double[] theta, double[] weights, String from) implements Start {}

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
