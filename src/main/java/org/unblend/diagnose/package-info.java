/** Statistics of draws: effective sample size, insertion ranks, weighted quantiles. */
package org.unblend.diagnose;
