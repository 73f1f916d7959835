/**
 * Nested sampling: {@link org.unblend.nested.NestedSampler} samples any target, and
 * {@link org.unblend.nested.refine.Refinement} sharpens its evidence by other means. A way of finding points above a threshold
 * is an {@code Explorer}; everything else is book-keeping of births and deaths.
 *
 * <p>Tried and dropped. One enlargement of all ellipsoids by the worst point of whole-procedure bootstraps: safe, but a
 * single lost cluster then blows up every ellipsoid (two to five times the calls on shells, funnel and egg box). Tenfold
 * validation without a margin: ln Z of the funnel 0.3 too low. Random Beta shrinkages within the bootstrap over threads:
 * counts the same scatter twice.
 *
 * <p>One slice per dimension leaves ln Z unbiased on shells and log-gammas in 10 dimensions, but on Rosenbrock's chain in 8
 * it scatters 2.7 times as much as its error says: enough for a light exploration, whose ln Z is only compared with that of
 * the refinement, not for a thorough one.
 *
 * <p>A trial of doubled slices ({@code StepTrial}) cannot see what matters: with n live points ln X after one e-fold is known
 * to 1/sqrt(n), so extrapolated to a whole run a healthy trial of 5 % of the evaluations says 0 ± 2. It is told as such and
 * enters the error of ln Z only where it is significant. Independent estimates (the refinement) are the better check.
 *
 * <p>Direct draws are kept only within the bootstrapped radius of a live point (MLFriends, {@code Friends}) in up to 6
 * dimensions: a quarter fewer evaluations in egg boxes and two log-gammas. In the gas of NGC 1068, 8 dimensions, that
 * refuses 20 to 50 % of the draws, and the whole run takes 1 % fewer evaluations.
 *
 * <p>A run that stopped where the mean over its live points promised less than dlogz cut off the neck of Neal's funnel: there the
 * best live point, at the volume then left, promised 0.8 to 7 times Z (0.1 to 0.4 on most problems, 0.5 to 0.9 in 20
 * dimensions). So that promise is asked for as well ({@code NestedRun}).
 *
 * <p>Slices within blocks without glides ({@code Blocks}): with 200 live points ln Z of 20 well-measured groups was 1.8 errors too
 * high after one sweep per point (4 runs), 0.6 with glides (8 runs). With three sweeps no bias is seen either way, and two with
 * glides go as far from their start as three without, in 181,000 evaluations instead of 213,000.
 *
 * <p>Cost besides the likelihood: {@code unblend bench nested}. Nearly all of it goes into cuts of the live points into
 * several ellipsoids and their validation; so with many live points the ellipsoids follow their points, and new cuts are
 * sought when the region has grown relative to its volume, or now and then.
 */
package org.unblend.nested;
