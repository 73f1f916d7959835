package org.unblend.io;

import org.unblend.infer.Quantity;

/**
 * Draws of one quantity from posterior and prior. Arrays are owned by the record and not modified after it is made.
 *
 * @param quantity what it is
 * @param values posterior draws, weighted elsewhere
 * @param prior equally weighted prior draws, any number; empty if unknown
 */
public record Marginal(Quantity quantity, double[] values, double[] prior) {}
