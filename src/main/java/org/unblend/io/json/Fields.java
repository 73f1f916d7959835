package org.unblend.io.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unblend.model.Nearest;

/**
 * The fields of a JSON object while they are read. What is missing or of the wrong kind is noted in {@link Mistakes} and
 * replaced by an empty value, so that reading goes on and all mistakes are found; {@link #done} notes the unknown keys.
 */
public final class Fields {
    private final Json.Obj object;
    private final Mistakes mistakes;
    private final Set<String> known = new HashSet<>();

    /** True for what stands in for an object that is not there: its missing keys are no further mistakes. */
    private final boolean absent;

    private Fields(Json.Obj object, boolean absent, Mistakes mistakes) {
        this.object = object;
        this.absent = absent;
        this.mistakes = mistakes;
    }

    private static Fields absent(Place place, Mistakes mistakes) {
        return new Fields(new Json.Obj(place, List.of()), true, mistakes);
    }

    /** The fields of a value that should be an object; without fields if it is not. */
    public static Fields of(Json value, Mistakes mistakes) {
        if (value instanceof Json.Obj o) {
            return new Fields(o, false, mistakes);
        }
        mistakes.add("J005", value.place(), "an object is expected here, not " + value.kind(), "write { ... }");
        return absent(value.place(), mistakes);
    }

    /** The fields of a file of the given format, such as {@code run/1}. */
    public static Fields ofFile(Path file, String format, Mistakes mistakes) {
        Fields fields = of(JsonReader.read(file), mistakes);
        Optional<Json> written = fields.find("format");
        if (fields.absent) {
            return fields;
        }
        if (written.isEmpty()) {
            mistakes.add(
                    "J006", fields.place(), "the key 'format' is missing", "begin with \"format\": \"" + format + "\"");
        } else if (!(written.get() instanceof Json.Text t && t.value().equals(format))) {
            mistakes.add(
                    "J007",
                    written.get().place(),
                    "the format here is " + written.get().kind() + ", but \"" + format + "\" is expected",
                    "name a file of that format");
        }
        return fields;
    }

    /** Where the object stands. */
    public Place place() {
        return object.place();
    }

    /** All keys of the object. */
    public List<String> keys() {
        return object.entries().stream().map(Json.Entry::key).toList();
    }

    /** Where a key stands, or the object if it has no such key. */
    public Place placeOf(String key) {
        return object.entries().stream()
                .filter(e -> e.key().equals(key))
                .map(Json.Entry::place)
                .findFirst()
                .orElse(place());
    }

    /** The value of a key that may be missing. */
    public Optional<Json> find(String key) {
        known.add(key);
        return object.entries().stream()
                .filter(e -> e.key().equals(key))
                .map(Json.Entry::value)
                .findFirst();
    }

    /** The value of a key that must be there. */
    public Optional<Json> require(String key) {
        Optional<Json> value = find(key);
        if (value.isEmpty() && !absent) {
            String hint = Nearest.of(key, keys())
                    .map(k -> "rename '" + k + "' to '" + key + "'?")
                    .orElse("add it");
            mistakes.add("J008", place(), "the key '" + key + "' is missing", hint);
        }
        return value;
    }

    /** A text that must be there; empty if it is not. */
    public String text(String key) {
        return require(key).flatMap(this::asText).orElse("");
    }

    /** A text that may be missing. */
    public String text(String key, String otherwise) {
        return find(key).flatMap(this::asText).orElse(otherwise);
    }

    /** A number that must be there; NaN if it is not. */
    public double number(String key) {
        return require(key).flatMap(this::asNumber).orElse(Double.NaN);
    }

    /** A number that may be missing. */
    public double number(String key, double otherwise) {
        return find(key).flatMap(this::asNumber).orElse(otherwise);
    }

    /** The items of an array that must be there; none if it is not. */
    public List<Json> items(String key) {
        return require(key).map(this::asItems).orElse(List.of());
    }

    /** The texts of an array that may be missing. */
    public List<String> texts(String key) {
        return find(key).map(this::asItems).orElse(List.of()).stream()
                .map(this::asText)
                .flatMap(Optional::stream)
                .toList();
    }

    /** The fields of an object that must be there; without fields if it is not. */
    public Fields object(String key) {
        return require(key).map(v -> of(v, mistakes)).orElseGet(() -> absent(place(), mistakes));
    }

    /** The fields of an object that may be missing; without fields if it is. */
    public Fields objectOrEmpty(String key) {
        return find(key).map(v -> of(v, mistakes)).orElseGet(() -> absent(place(), mistakes));
    }

    /** Notes every key that was not asked for, with what was probably meant. */
    public void done() {
        for (Json.Entry entry : object.entries()) {
            if (!known.contains(entry.key())) {
                List<String> names = new ArrayList<>(known);
                names.sort(null);
                mistakes.add(
                        "J003",
                        entry.place(),
                        "the key '" + entry.key() + "' is unknown here",
                        Nearest.hint(entry.key(), names));
            }
        }
    }

    /** A value as text, or a note. */
    public Optional<String> asText(Json value) {
        if (value instanceof Json.Text t) {
            return Optional.of(t.value());
        }
        mistakes.add("J005", value.place(), "a text is expected here, not " + value.kind(), "write it in quotes");
        return Optional.empty();
    }

    /** A value as a finite number, or a note. */
    public Optional<Double> asNumber(Json value) {
        if (value instanceof Json.Num n && Double.isFinite(n.value())) {
            return Optional.of(n.value());
        }
        mistakes.add(
                "J005", value.place(), "a finite number is expected here, not " + value.kind(), "write a plain number");
        return Optional.empty();
    }

    private List<Json> asItems(Json value) {
        if (value instanceof Json.Arr a) {
            return a.items();
        }
        mistakes.add("J005", value.place(), "an array is expected here, not " + value.kind(), "write [ ... ]");
        return List.of();
    }
}
