package org.unblend.nmf;

import java.util.Collections;
import java.util.List;

/**
 * What is known of one component of one factor: a column of W or a row of H.
 *
 * @param penalty its prior
 * @param fixed true if it keeps its starting value
 */
public record Component(Penalty penalty, boolean fixed) {

    /** {@code rank} free components with the same prior. */
    public static List<Component> free(int rank, Penalty penalty) {
        return Collections.nCopies(Math.max(0, rank), new Component(penalty, false));
    }

    /** {@code rank} components that keep their starting values. */
    public static List<Component> fixed(int rank) {
        return Collections.nCopies(Math.max(0, rank), new Component(Penalty.NONE, true));
    }
}
