package org.unblend.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.io.matrix.LabelledMatrix;

/**
 * What is known of one component beforehand.
 *
 * @param name how it is called
 * @param priorOfW prior of its column of W as the command line writes it; {@link #FIXED} if the column is given
 * @param priorOfH prior of its row of H, alike
 * @param w its column of W, {@code [features]}, if given
 * @param h its row of H, {@code [samples]}, if given
 */
record KnownComponent(String name, String priorOfW, String priorOfH, Optional<double[]> w, Optional<double[]> h) {
    /** Stands in records where a factor is given and has no prior. */
    static final String FIXED = "fixed";

    /** How components are called that have no name. */
    static final String COMPONENT = "component";

    /** Components of which nothing is given, with the same priors. */
    static List<KnownComponent> free(int rank, String priorOfW, String priorOfH) {
        return IntStream.rangeClosed(1, rank)
                .mapToObj(
                        k -> new KnownComponent(COMPONENT + k, priorOfW, priorOfH, Optional.empty(), Optional.empty()))
                .toList();
    }

    /**
     * Components with the columns of a table as their W.
     *
     * @param w {@code [features x components]}
     * @param priorsOfH one per component
     */
    static List<KnownComponent> given(LabelledMatrix w, List<String> priorsOfH) {
        List<String> names = w.columnNames(COMPONENT);
        double[][] columns = w.values().dense().transpose().array();
        return IntStream.range(0, columns.length)
                .mapToObj(k -> new KnownComponent(
                        names.get(k), FIXED, priorsOfH.get(k), Optional.of(columns[k]), Optional.empty()))
                .toList();
    }

    /** True if both have the same kind of knowledge, so that they can share the nodes of a graph. */
    boolean isLike(KnownComponent other) {
        return priorOfW.equals(other.priorOfW)
                && priorOfH.equals(other.priorOfH)
                && w.isPresent() == other.w.isPresent()
                && h.isPresent() == other.h.isPresent();
    }
}
