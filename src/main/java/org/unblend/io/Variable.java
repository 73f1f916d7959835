package org.unblend.io;

import org.unblend.model.Dims;

/**
 * A parameter or derived quantity with its own axes, laid out row-major in consecutive columns of the draws.
 *
 * @param name name of the whole, such as {@code W}
 * @param dims its axes; none for a single number
 * @param offset column of its first entry among the quantities of {@link Draws}
 */
public record Variable(String name, Dims dims, int offset) {}
