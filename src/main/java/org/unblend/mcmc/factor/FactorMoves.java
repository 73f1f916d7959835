package org.unblend.mcmc.factor;

import org.unblend.math.Dense;

/**
 * The moves of a factorisation and what they know of its data. Thread-safe: any number of samplers share it.
 *
 * @param form the factorisation
 * @param w moves W, at any temperature; null for sparse counts
 * @param h moves H; null for sparse counts
 * @param counts moves both for Poisson noise at temperature 1; null for other noise
 * @param likelihood the likelihood, and the moves of the noise's scale
 */
record FactorMoves(FactorForm form, HalfMove w, HalfMove h, CountMove counts, Likelihood likelihood) {

    static FactorMoves of(FactorForm form) {
        CountMove counts = form.noise() == Noise.POISSON ? new CountMove(form.x(), form.weights()) : null;
        if (form.isSparse()) {
            return new FactorMoves(form, null, null, counts, new Likelihood(form));
        }
        Dense x = form.x().dense();
        Dense weights = form.weights().orElseThrow();
        return new FactorMoves(
                form,
                move(form, Orientation.ofFeatures(x, weights)),
                move(form, Orientation.ofSamples(x, weights)),
                counts,
                new Likelihood(form));
    }

    private static HalfMove move(FactorForm form, Orientation data) {
        if (form.noise() != Noise.NORMAL) {
            return new NewtonMove(data, form.noise());
        }
        HalfMove gram = GramMove.of(data);
        return gram != null ? gram : new ResidualMove(data);
    }
}
