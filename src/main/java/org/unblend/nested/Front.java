package org.unblend.nested;

import java.util.List;

/**
 * Where a run stands when it asks for new points.
 *
 * @param live the live points in order of ascending likelihood, all above {@code threshold}; some places may be vacant
 * @param dead the points that have died, in order of ascending likelihood; they tell what the volume looked like when it
 *     was larger
 * @param threshold log likelihood to be exceeded
 * @param logVolume expected ln of the prior volume above the threshold
 */
record Front(List<Point> live, List<Point> dead, double threshold, double logVolume) {}
