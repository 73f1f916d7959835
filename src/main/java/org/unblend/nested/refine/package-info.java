/**
 * Refinement of a nested-sampling run by importance sampling from a proposal that is fitted to what the run found, frozen, and
 * only then drawn from. It knows nothing of live points: {@link org.unblend.nested.refine.Explored} draws go in, a
 * {@link org.unblend.nested.refine.Refined} evidence with draws comes out.
 *
 * <p>Tried and dropped. Student-t mixtures alone: five to ten times the draws on shells, and useless on bent ridges. A network
 * in place of a thinned mixture, with volumes of its level sets: volumes must be estimated, acceptance probabilities need not.
 * Accepting with the full predicted ratio: weights of points that the network underrates get heavy tails (k-hat 0.9).
 * Components stretched by a factor as the wide part: a fit to a flattened posterior reaches along ridges, a factor does not.
 *
 * <p>A search for narrow peaks comes last ({@code PeakSearch}); it alone finds the spike inside a slab in 10 dimensions, with all
 * of 32 seeds and about 3000 evaluations. With half the draws two of 32 seeds went unnoticed, without the climb from the
 * foot of the spike two of four. Exploring to {@code dlogz = 1e-4} at once finds it too, but makes shells
 * four times as dear; so that is done only after the search has met something. A single search draw far out in a tail is no peak.
 *
 * <p>Straightened coordinates ({@code Bend}) give 0.6 to 0.7 effective draws per evaluation on Rosenbrock's chain in 8 dimensions
 * after a thorough exploration (0.2 to 0.3 before), and 0.9 in 4. After light explorations of it k-hat stays at 0.6 to 0.8.
 *
 * <p>What was not seen without them: on Rosenbrock's chain in 8 dimensions explorations with one slice per dimension are off by up to 8 errors,
 * miss the far end of the ridge, and so do proposals fitted to them; held-out draws cannot tell, as they miss it as well.
 */
package org.unblend.nested.refine;
