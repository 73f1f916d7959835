/**
 * Point factorisation: matrices that are sums of non-negative parts, {@code X ~ noise(mean = W H)}, at the mode of their
 * posterior on the natural scale. {@code X} is {@code [features x samples]}, {@code W} {@code [features x components]},
 * {@code H} {@code [components x samples]}.
 *
 * <p>Inside the solvers both factors are stored by component: {@code [r x features]} and {@code [r x samples]}. Then the
 * two half-steps are one and the same code on a matrix and on its transpose, and every long loop runs along a row.
 */
package org.unblend.nmf;
