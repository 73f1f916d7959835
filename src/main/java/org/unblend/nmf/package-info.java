/**
 * Point factorisation: matrices that are sums of non-negative parts, {@code X ~ noise(mean = W H)}, at the mode of their
 * posterior on the natural scale. {@code X} is {@code [features x samples]}, {@code W} {@code [features x components]},
 * {@code H} {@code [components x samples]}.
 *
 * <p>Inside the solvers both factors are stored by component: {@code [r x features]} and {@code [r x samples]}. Then the
 * two half-steps are one and the same code on a matrix and on its transpose, and every long loop runs along a row.
 *
 * <p>Tried and dropped for Poisson noise: coordinate descent on residuals with a diagonal Newton step per component. On
 * 2000 x 2000 counts of rank 20 it took 2.5 times the iterations of {@link Scaled} and each cost twice as much.
 */
package org.unblend.nmf;
