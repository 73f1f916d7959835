/**
 * The benchmark of point factorisations: self-made inputs, our solvers and scikit-learn (or, where it is absent or has no
 * such model, our ports of the published methods) in turn, one thread each, by CPU time to equal objective.
 *
 * <p>A {@link org.unblend.cli.bench.Contender} does two things only: it counts the iterations to an objective, and it
 * times so many iterations without looking at the objective. So neither side pays for being watched.
 */
package org.unblend.cli.bench;
