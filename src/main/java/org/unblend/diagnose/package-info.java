/** Statistics of draws: effective sample size, weighted moments and quantiles, insertion ranks, Pareto tails. */
package org.unblend.diagnose;
