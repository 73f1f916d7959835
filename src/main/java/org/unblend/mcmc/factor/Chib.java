package org.unblend.mcmc.factor;

import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.math.RandomStream;
import org.unblend.model.Family;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.GammaMean;

/**
 * The evidence from the ordinate of the posterior at one point (Chib 1995, J. Am. Stat. Assoc. 90, 1313; for Normal
 * factorisations: Schmidt, Winther and Hansen 2009):
 *
 * <p>{@code ln p(X) = ln p(X | W*, H*) + ln p(W*, H*) - ln p(W*, H* | X)}.
 *
 * <p>Where conditional densities have no closed form, or arguments of priors or the size of the noise are inferred, densities
 * are normalised one number at a time by quadrature, at a higher price ({@link NumericChib}).
 *
 * <p>The ordinate is built block by block from Gibbs chains in which the blocks before stay at the point. A chain that stays
 * in one of the r! equal modes would overestimate it r! times; the conditional densities are averaged over all ways to label
 * the components that are still free, so that it does not matter where the chain is (Marin and Robert 2008, section 4).
 * Given W, samples are independent, and each has a mean of its own. The error is that of the chains' averages; a mode that no
 * chain visits and no label explains stays unseen.
 *
 * @param warmup sweeps thrown away before each chain
 * @param draws of each chain, at least 20
 */
public record Chib(int warmup, int draws) {
    /** How it is told. */
    public static final String METHOD = "Chib's estimate";

    /** Labels are averaged over up to this number of components. */
    private static final int MOST = 7;

    /** Numbers are integrated over up to this many entries times squared components. */
    private static final int LARGEST = 20_000;
    /** Integrals cost much more than closed forms: this share of the draws is taken, in several chains. */
    private static final int SHARE = 20;

    private static final int LEAST = 100;
    private static final int RUNS = 6;

    /** Why this factorisation has no such estimate, if it has none. */
    public static Optional<String> refusal(FactorForm form) {
        if (form.w().isEmpty() || form.h().isEmpty()) {
            return Optional.of("a factor is fixed");
        }
        if (form.zeros()) {
            return Optional.of("a prior gives zero a probability of its own, and the estimate is one of densities");
        }
        if (isClosed(form)) {
            return form.rank() > MOST ? Optional.of("there are more than " + MOST + " components") : Optional.empty();
        }
        long size = (long) form.features() * form.samples() * form.rank() * form.rank();
        return size > LARGEST
                ? Optional.of("conditional densities without a closed form are integrated up to entries times squared"
                        + " components of " + LARGEST + ", and here these are " + size)
                : Optional.empty();
    }

    /** True if nothing but W and H is inferred and their conditional densities have a closed form. */
    private static boolean isClosed(FactorForm form) {
        if (!form.hypers().isEmpty() || !form.scales().isEmpty()) {
            return false;
        }
        return switch (form.noise()) {
            case NORMAL -> truncated(form.w().get()) && truncated(form.h().get());
            case POISSON ->
                gamma(form.w().get().family()) && gamma(form.h().get().family());
            default -> false;
        };
    }

    private static boolean truncated(PriorSide side) {
        Shape shape = side.shape(new double[0], 0);
        return shape.a() == 1 && shape.t() == 0;
    }

    private static boolean gamma(Family family) {
        return family instanceof Exponential || family instanceof Gamma || family instanceof GammaMean;
    }

    /**
     * Estimates ln Z.
     *
     * @throws IllegalArgumentException if {@link #refusal} gives a reason
     */
    public Estimate of(FactorForm form, RandomStream random) {
        refusal(form).ifPresent(why -> {
            throw new IllegalArgumentException("Chib's estimate does not apply: " + why);
        });
        if (!isClosed(form)) {
            return new NumericChib(warmup, Math.max(LEAST, draws / SHARE), RUNS).of(form.full(), random);
        }
        Ordinate posterior = form.noise() == Noise.NORMAL
                ? new NormalOrdinate(form.full(), warmup, draws, random)
                : new CountOrdinate(form, warmup, draws, random);
        Estimate ordinate = posterior.estimate();
        CompiledModel model = form.model();
        double[] theta = new double[model.dimension()];
        form.put(posterior.w(), posterior.h(), theta);
        double[] prior = new double[1];
        double[] likelihood = new double[1];
        model.logPrior(theta, prior, 1);
        model.logLikelihood(theta, likelihood, 1);
        return new Estimate(likelihood[0] + prior[0] - ordinate.logZ(), ordinate.error());
    }

    /** A point and the posterior density there. */
    interface Ordinate {
        /** ln of the density with its error. */
        Estimate estimate();

        /** {@code [r x features]}, known after {@link #estimate}. */
        double[][] w();

        /** {@code [r x samples]}. */
        double[][] h();
    }
}
