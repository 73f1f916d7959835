/**
 * Refinement of a nested-sampling run by importance sampling from a proposal that is fitted to what the run found, frozen, and
 * only then drawn from. It knows nothing of live points: {@link org.unblend.nested.refine.Explored} draws go in, a
 * {@link org.unblend.nested.refine.Refined} evidence with draws comes out.
 *
 * <p>Tried and dropped. Student-t mixtures alone: five to ten times the draws on shells, and useless on bent ridges. A network
 * in place of a thinned mixture, with volumes of its level sets: volumes must be estimated, acceptance probabilities need not.
 * Accepting with the full predicted ratio: weights of points that the network underrates get heavy tails (k-hat 0.9).
 * Components stretched by a factor as the wide part: a fit to a flattened posterior reaches along ridges, a factor does not.
 */
package org.unblend.nested.refine;
