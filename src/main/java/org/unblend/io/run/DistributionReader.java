package org.unblend.io.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Arg;
import org.unblend.model.Dirichlet;
import org.unblend.model.Distribution;
import org.unblend.model.Independent;
import org.unblend.model.InvalidModel;
import org.unblend.model.Nearest;
import org.unblend.model.family.Families;
import org.unblend.model.family.ZeroInflated;

/**
 * Reads a distribution that stands as one key among others, such as {@code "normal": { "mean": "I_model", "sd": 2 }};
 * an argument is a number or the name of a node.
 */
final class DistributionReader {
    private static final String DIRICHLET = "dirichlet";

    private DistributionReader() {}

    /**
     * The distribution among these fields, or empty with a note in {@code mistakes}.
     *
     * @param otherKeys the keys that are no distribution
     */
    static Optional<Distribution> read(Fields fields, List<String> otherKeys, Mistakes mistakes) {
        List<String> names = new ArrayList<>(Families.names());
        names.add(DIRICHLET);
        names.add(ZeroInflated.NAME);
        List<String> candidates =
                fields.keys().stream().filter(k -> !otherKeys.contains(k)).toList();
        Optional<String> unknown =
                candidates.stream().filter(k -> !names.contains(k)).findFirst();
        if (candidates.size() == 1 && unknown.isEmpty()) {
            return read(candidates.get(0), fields, mistakes);
        }
        candidates.forEach(fields::find);
        if (unknown.isPresent()) {
            mistakes.add(
                    "J009",
                    fields.placeOf(unknown.get()),
                    "no distribution is called '" + unknown.get() + "'",
                    Nearest.hint(unknown.get(), names));
        } else {
            mistakes.add(
                    "J009",
                    fields.place(),
                    candidates.isEmpty() ? "a distribution is missing" : "there are several: " + candidates,
                    "give one of " + String.join(", ", names));
        }
        return Optional.empty();
    }

    private static Optional<Distribution> read(String name, Fields outer, Mistakes mistakes) {
        Fields fields = outer.object(name);
        try {
            if (name.equals(DIRICHLET)) {
                String axis = fields.text("over");
                Optional<Arg> concentration =
                        fields.require("concentration").flatMap(v -> argument("concentration", v, mistakes));
                fields.done();
                return concentration.map(c -> new Dirichlet(c, axis));
            }
            if (name.equals(ZeroInflated.NAME)) {
                return zeroInflated(fields, mistakes);
            }
            Map<String, Arg> arguments = new LinkedHashMap<>();
            for (String key : fields.keys()) {
                fields.find(key).flatMap(v -> argument(key, v, mistakes)).ifPresent(a -> arguments.put(key, a));
            }
            return arguments.size() == fields.keys().size()
                    ? Optional.of(Families.distribution(name, arguments))
                    : Optional.empty();
        } catch (InvalidModel e) {
            e.flaws().forEach(f -> mistakes.add(f.code(), outer.placeOf(name), f.reason(), f.remedy()));
            return Optional.empty();
        }
    }

    /** {@code {"zero": 0.3, "else": {"gamma": {...}}}}. */
    private static Optional<Distribution> zeroInflated(Fields fields, Mistakes mistakes) {
        Optional<Arg> zero = fields.require(ZeroInflated.ZERO).flatMap(v -> argument(ZeroInflated.ZERO, v, mistakes));
        Fields otherwise = fields.object(ZeroInflated.ELSE);
        boolean given = fields.keys().contains(ZeroInflated.ELSE);
        Optional<Distribution> other = given ? read(otherwise, List.of(), mistakes) : Optional.empty();
        otherwise.done();
        fields.done();
        if (zero.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        if (!(other.get() instanceof Independent independent)) {
            throw new InvalidModel(
                    "M016",
                    "",
                    "numbers that are not zero cannot be " + other.get().name(),
                    "give a proper continuous distribution, such as gamma, exponential or half_normal");
        }
        return Optional.of(ZeroInflated.zero(zero.get()).otherwise(independent));
    }

    private static Optional<Arg> argument(String name, Json value, Mistakes mistakes) {
        if (value instanceof Json.Text t) {
            return Optional.of(Arg.of(t.value()));
        }
        if (value instanceof Json.Num n && Double.isFinite(n.value())) {
            return Optional.of(Arg.of(n.value()));
        }
        mistakes.add(
                "J005",
                value.place(),
                "the argument '" + name + "' is " + value.kind(),
                "give a finite number or the name of a node in quotes");
        return Optional.empty();
    }
}
