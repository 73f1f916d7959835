package org.unblend.model;

import java.util.List;

/**
 * An operation on the values of other nodes. Immutable; bound to shapes once, when the graph is built. A record, or with a
 * {@code toString} that tells all that determines its values: the text enters the model's fingerprint.
 */
public interface Op {

    /** Names of the nodes it reads, in the order of its arguments. */
    List<String> inputs();

    /**
     * Binds the operation to the shapes of its inputs.
     *
     * @param dims one per input
     * @throws InvalidModel if the shapes do not fit
     */
    Kernel bind(List<Dims> dims);

    /**
     * Unit of the result, or the empty string where it does not follow.
     *
     * @param units one per input, empty where unknown
     * @throws InvalidModel if the units do not fit
     */
    String unit(List<String> units);

    /** The operation in a few words, such as {@code W x H over component}. */
    String description();
}
