package org.unblend.infer;

/**
 * What a nested-sampling run adds to its draws; each array has one entry per draw, in order of ascending log
 * likelihood. Everything else (merging, bootstrap errors, exports) follows from births and deaths.
 *
 * @param birth log likelihood above which the point was drawn; -infinity for draws from the whole prior
 * @param live number of live points when the point died, itself included
 * @param logVolume expected ln of the prior volume left after the death
 * @param remaining how many of the draws, at the end of the arrays, were still alive when the run stopped
 */
public record NestedPath(double[] birth, int[] live, double[] logVolume, int remaining) {}
