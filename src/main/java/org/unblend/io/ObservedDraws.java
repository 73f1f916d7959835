package org.unblend.io;

import org.unblend.model.Dims;

/**
 * An observed variable and what each posterior draw says of it. Arrays are owned by the record and not modified after it
 * is made.
 *
 * @param name name of the observation
 * @param dims its axes
 * @param values {@code [entries]}, row-major; NaN marks a missing entry
 * @param logLikelihood {@code [draws x entries]}, ln of the likelihood of each entry; empty to leave it out
 * @param predictive {@code [draws x entries]}, draws of the posterior predictive; empty to leave it out
 */
public record ObservedDraws(String name, Dims dims, double[] values, double[] logLikelihood, double[] predictive) {

    public ObservedDraws {
        if (values.length != dims.size()) {
            throw new IllegalArgumentException(
                    "observation '" + name + "' has " + values.length + " values, its axes " + dims.size());
        }
    }
}
