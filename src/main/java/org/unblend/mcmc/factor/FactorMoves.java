package org.unblend.mcmc.factor;

import java.util.Optional;
import org.unblend.math.Dense;

/**
 * The moves of a factorisation and what they know of its data. Thread-safe: any number of samplers share it.
 *
 * @param form the factorisation
 * @param w moves W, at any temperature; null for sparse counts
 * @param h moves H; null for sparse counts
 * @param counts moves both for Poisson noise at temperature 1; null for other noise
 * @param jumpW moves W between zero and other numbers under noise that is not Normal; null where it has no zeros
 * @param jumpH the same of H
 * @param likelihood the likelihood, and the moves of the noise's scale
 */
record FactorMoves(
        FactorForm form,
        HalfMove w,
        HalfMove h,
        CountMove counts,
        JumpMove jumpW,
        JumpMove jumpH,
        Likelihood likelihood) {

    static FactorMoves of(FactorForm form) {
        CountMove counts = form.noise() == Noise.POISSON ? new CountMove(form.x(), form.weights()) : null;
        JumpMove jumpW = jump(form, form.w(), true);
        JumpMove jumpH = jump(form, form.h(), false);
        if (form.isSparse()) {
            return new FactorMoves(form, null, null, counts, jumpW, jumpH, new Likelihood(form));
        }
        Dense x = form.x().dense();
        Dense weights = form.weights().orElseThrow();
        return new FactorMoves(
                form,
                jumpW != null ? jumpW : move(form, form.w(), Orientation.ofFeatures(x, weights)),
                jumpH != null ? jumpH : move(form, form.h(), Orientation.ofSamples(x, weights)),
                counts,
                jumpW,
                jumpH,
                new Likelihood(form));
    }

    private static JumpMove jump(FactorForm form, Optional<PriorSide> side, boolean ofW) {
        return form.noise() != Noise.NORMAL && side.flatMap(PriorSide::zero).isPresent()
                ? new JumpMove(Seen.of(form, ofW), form.noise())
                : null;
    }

    private static HalfMove move(FactorForm form, Optional<PriorSide> side, Orientation data) {
        if (form.noise() != Noise.NORMAL) {
            return new NewtonMove(data, form.noise());
        }
        HalfMove gram = GramMove.of(data);
        HalfMove entries = gram != null ? gram : new ResidualMove(data);
        return side.flatMap(PriorSide::zero).isPresent() ? new PatternMove(data, entries) : entries;
    }
}
