/**
 * A point factorisation beside the posterior of the same data: what the two agree on, where the point lies among the draws,
 * and whether either would give such data again.
 */
package org.unblend.cli.versus;
