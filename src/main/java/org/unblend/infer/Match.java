package org.unblend.infer;

/**
 * An engine's judgement of itself for a graph and a task.
 *
 * @param fit the grade
 * @param reason why, as a clause that a plan can print
 */
public record Match(Fit fit, String reason) {}
