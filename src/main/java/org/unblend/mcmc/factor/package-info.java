/**
 * Posteriors and evidences of factorisations {@code X ~ Normal | Poisson | Gamma (mean = W H)} by moves made for them: Gibbs
 * draws of whole columns where the conditional is known, Metropolis or slice steps where it is not, exact moves along the
 * scale that W and H share. {@link org.unblend.mcmc.factor.FactorForm} recognises the pattern in a graph;
 * a {@code Sweep} moves every unknown once and leaves the posterior, also tempered, invariant.
 *
 * <p>Both factors are stored by component, {@code [r x features]} and {@code [r x samples]}, so that the moves of W and
 * those of H are one code on the data and on their transpose.
 *
 * <p>Entries may be exactly zero with a probability of their own ({@code Shape.slab}): under Normal noise they are drawn from their
 * conditional, a point mass beside a density, and then moved column by column ({@code PatternMove}); elsewhere a {@code ZeroJump} proposes both without regard to where the entry
 * is. Given counts of its own an entry cannot be zero, so that splitting counts alone would hold it.
 *
 * <p>Tried and dropped: reverse runs of the evidence without resampling (their bounds were ten nats off where the forward
 * runs were right); densities fitted for the evidence with less than 0.8 of the inverse variance of the draws (errors grew, and the scatter
 * of runs no longer told them); slice steps along the orbit of a shape and its entries (sixty likelihoods a step under Gamma noise).
 */
package org.unblend.mcmc.factor;
