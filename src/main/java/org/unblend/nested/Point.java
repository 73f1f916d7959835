package org.unblend.nested;

/**
 * One point of a nested-sampling run. Arrays are owned by the record and not modified.
 *
 * @param u position in the unit cube
 * @param theta parameters
 * @param logL log likelihood
 * @param birth log likelihood above which the point was drawn; -infinity for draws from the whole prior
 * @param thread the chain of points to which it belongs: each point replaces one that died, and chains begin with a
 *     draw from the whole prior
 */
record Point(double[] u, double[] theta, double logL, double birth, int thread) {}
