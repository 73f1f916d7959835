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
 * <p>Straightened coordinates ({@code Bend}) make proposals fit Rosenbrock's chain in 8 dimensions. Two places there are easily lost,
 * each with 2 to 3 % of the evidence: a minor mode of the first coordinate, and the far end of the ridge, which is straight in bent
 * coordinates of the cube but not in those of probits. They made ln Z too low by 0.03 to 0.04 in one run of three to eight
 * until {@code LostPlaces} looked for the first, coordinates were chosen anew with each fit and by all points, not by a
 * held-out quarter with one or two of the far end, mixtures were chosen by a divergence that minds thin places (order 1.5; order 2 is
 * off by 10 errors in one of 12 seeds, order 1 by 4 in two of 7) and fits emphasised them. Following every heavy draw, tails
 * included, is as good there and costs log-gammas in 10 dimensions 30,000 evaluations. Places that are found while the proposal is
 * bad are none.
 */
package org.unblend.nested.refine;
