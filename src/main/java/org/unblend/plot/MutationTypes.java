package org.unblend.plot;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The order in which profiles over types of point mutations are shown: by the exchanged base, then by the bases beside it
 * (Alexandrov et al. 2013, Nature 500, 415).
 *
 * @param order {@code [features]}, the feature at each place
 * @param classes {@code [features]}, the class at each place, such as {@code C>A}
 */
record MutationTypes(int[] order, List<String> classes) {
    private static final Pattern TYPE = Pattern.compile("([ACGT])\\[([CT]>[ACGT])\\]([ACGT])");

    /** The order of features that are named like {@code A[C>T]G}; empty if one is not. */
    static Optional<MutationTypes> of(List<String> features) {
        List<Matcher> types = features.stream().map(TYPE::matcher).toList();
        if (types.size() < 2 || !types.stream().allMatch(Matcher::matches)) {
            return Optional.empty();
        }
        int[] order = IntStream.range(0, types.size())
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> types.get(i).group(2))
                        .thenComparing(i -> types.get(i).group(1) + types.get(i).group(3)))
                .mapToInt(i -> i)
                .toArray();
        return Optional.of(new MutationTypes(
                order, IntStream.of(order).mapToObj(i -> types.get(i).group(2)).toList()));
    }

    /** Places where a class begins, ascending from 0. */
    int[] beginnings() {
        return IntStream.range(0, order.length)
                .filter(i -> i == 0 || !classes.get(i).equals(classes.get(i - 1)))
                .toArray();
    }

    /** Values in this order. */
    double[] arranged(double[] values) {
        return IntStream.of(order).mapToDouble(i -> values[i]).toArray();
    }
}
