package org.unblend.model.family;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.unblend.model.Arg;
import org.unblend.model.Family;
import org.unblend.model.Independent;
import org.unblend.model.InvalidModel;

/** All families of one number, found by the names that model and prior files use. */
public final class Families {
    /** All of them; those that share a name, {@code gamma} or {@code log_normal}, differ in their arguments. */
    public static final List<Family> ALL = List.of(
            Uniform.FAMILY,
            CircularUniform.FAMILY,
            LogUniform.FAMILY,
            Normal.FAMILY,
            HalfNormal.FAMILY,
            TruncatedNormal.FAMILY,
            LogNormal.FAMILY,
            LogNormalMean.FAMILY,
            StudentT.FAMILY,
            Cauchy.FAMILY,
            HalfCauchy.FAMILY,
            Exponential.FAMILY,
            Gamma.FAMILY,
            GammaMean.FAMILY,
            InverseGamma.FAMILY,
            Beta.FAMILY,
            Flat.FAMILY,
            UpperLimit.FAMILY,
            Poisson.FAMILY);

    /** The ends that may be left out, since files have no way to write infinity. */
    private static final Map<String, Arg> OPEN_ENDS =
            Map.of("low", Arg.of(Double.NEGATIVE_INFINITY), "high", Arg.of(Double.POSITIVE_INFINITY));

    private Families() {}

    /** The names in files, in the order of {@link #ALL}, each once. */
    public static Set<String> names() {
        return ALL.stream().map(Family::name).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /**
     * The family with this name that takes these arguments. {@code low} and {@code high} of truncated_normal and flat may be
     * left out.
     *
     * @throws InvalidModel M014 if no family has the name, M015 if none of that name takes exactly these arguments; the
     *     message lists those there are
     */
    public static Family find(String name, Set<String> argumentNames) {
        List<Family> named = ALL.stream().filter(f -> f.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw new InvalidModel(
                    "M014", "", "there is no distribution '" + name + "'", "use one of " + String.join(", ", names()));
        }
        return named.stream()
                .filter(f -> takes(f, argumentNames))
                .findFirst()
                .orElseThrow(() -> new InvalidModel(
                        "M015",
                        "",
                        name + " does not take the arguments " + new TreeSet<>(argumentNames),
                        "give " + named.stream().map(Families::signature).collect(Collectors.joining(" or "))));
    }

    /**
     * The distribution that a file writes as {@code "name": {"argument": value, ...}}.
     *
     * @throws InvalidModel as {@link #find}, and M011 if the arguments are numbers that the family does not allow
     */
    public static Independent distribution(String name, Map<String, Arg> arguments) {
        Family family = find(name, arguments.keySet());
        return new Independent(
                family,
                family.arguments().stream()
                        .map(a -> arguments.containsKey(a) ? arguments.get(a) : OPEN_ENDS.get(a))
                        .toList());
    }

    private static boolean takes(Family family, Set<String> given) {
        return family.arguments().containsAll(given)
                && family.arguments().stream().allMatch(a -> given.contains(a) || optional(family, a));
    }

    private static boolean optional(Family family, String argument) {
        return (family instanceof TruncatedNormal || family instanceof Flat) && OPEN_ENDS.containsKey(argument);
    }

    private static String signature(Family family) {
        return family.arguments().stream()
                .map(a -> optional(family, a) ? a + " (optional)" : a)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
