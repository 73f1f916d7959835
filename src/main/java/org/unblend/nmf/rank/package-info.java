/**
 * How many components a matrix has, from point fits alone: prediction of held-out entries, noise level, stability.
 *
 * <p>Tried and dropped: non-negative projections in bi-cross-validation under Normal noise (at high signal-to-noise ratios
 * the cone of the training quarter leaves held-out data out, and the curve loses its minimum); Pearson's chi2 per entry as
 * the error of counts (entries of tiny mean dominate it); telling ranks apart by paired means alone (one sample with most
 * of the counts hides differences that all others agree on).
 */
package org.unblend.nmf.rank;
