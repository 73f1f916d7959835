package org.unblend.infer;

import java.util.Optional;

/**
 * What a run cost.
 *
 * @param evaluations likelihood evaluations
 * @param batches batches in which they were made
 * @param failed evaluations at which a forward model failed or left its domain
 * @param stopped why the run ended before its goal, if it did
 */
public record Effort(long evaluations, long batches, long failed, Optional<String> stopped) {}
