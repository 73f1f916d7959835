/**
 * Nested sampling.
 *
 * <p>Tried and dropped: slices with fewer steps. One slice per dimension leaves ln Z unbiased on shells and log-gammas in
 * 10 dimensions, but on Rosenbrock's chain in 8 it scatters 2.7 times as much as its error says; two still 1.4 times.
 */
package org.unblend.nested;
