package org.unblend.nested.refine;

import java.util.Optional;

/**
 * The outcome of a refinement. Arrays are owned by the record and not modified.
 *
 * @param logZ ln Z by importance sampling
 * @param error its standard error
 * @param ess Kish's effective sample size of the draws
 * @param paretoShape k-hat of the weights of those that count
 * @param missed part of held-out nested-sampling draws, by weight, that stand where the proposal never came
 * @param hidden evidence that a search for peaks found at places where the proposal never came, as a part of all
 * @param evaluations likelihood evaluations, adaptation included
 * @param counted evaluations that count
 * @param proposal what was drawn from, in words
 * @param apart whether it is, for all that can be told, fine and yet differs from nested sampling
 * @param refused why the nested-sampling evidence is to be reported instead, if it is
 * @param u positions of the draws in the unit cube, those that count and those of the last rounds of adapting ({@link Pool}), {@code [draws x cubeDimension]}
 * @param theta parameters, {@code [draws x dimension]}
 * @param logL log likelihoods
 * @param logWeight ln weights of the draws, with sum one; not smoothed
 */
public record Refined(
        double logZ,
        double error,
        double ess,
        double paretoShape,
        double missed,
        double hidden,
        long evaluations,
        long counted,
        String proposal,
        boolean apart,
        Optional<String> refused,
        double[] u,
        double[] theta,
        double[] logL,
        double[] logWeight) {

    /** Whether a search met a peak that the exploration had not. */
    public boolean peaked() {
        return hidden > Refinement.MOST_HIDDEN;
    }

    /** Whether the evidence and the draws are to be used. */
    public boolean accepted() {
        return refused.isEmpty();
    }
}
