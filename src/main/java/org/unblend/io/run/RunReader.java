package org.unblend.io.run;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.unblend.infer.Precision;
import org.unblend.infer.Task;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.model.Nearest;

/** Reads a run file. Paths in it are relative to the file. */
final class RunReader {
    private RunReader() {}

    static RunFile read(Path file, Mistakes mistakes) {
        Fields fields = Fields.ofFile(file, "run/1", mistakes);
        fields.text("about", "");
        Path model = file.resolveSibling(fields.text("model"));
        Optional<Path> priors = fields.find("priors").flatMap(fields::asText).map(file::resolveSibling);
        Map<String, RunFile.GivenAxis> axes = AxisReader.given(fields.objectOrEmpty("axes"), mistakes);
        Map<String, DataEntry> data = DataEntryReader.read(file, fields.object("data"), mistakes);
        Set<Task> want = want(fields, mistakes);
        Precision precision = precision(fields.objectOrEmpty("precision"), mistakes);
        Fields limit = fields.objectOrEmpty("limit");
        Optional<Double> minutes = limit.find("minutes").flatMap(limit::asNumber);
        if (minutes.isPresent() && minutes.get() <= 0) {
            mistakes.add(
                    "R001", limit.placeOf("minutes"), "a limit of " + minutes.get() + " minutes", "give more than 0");
        }
        limit.done();
        OptionalLong seed = seed(fields, mistakes);
        Fields engine = fields.objectOrEmpty("engine");
        Optional<String> name = engine.find("name").flatMap(engine::asText);
        Optional<RunFile.Init> init = init(file, engine, mistakes);
        Optional<RunFile.Warm> start = engine.find("start")
                .flatMap(engine::asText)
                .map(t -> new RunFile.Warm(file.resolveSibling(t), engine.placeOf("start")));
        if (start.isPresent() && !want.contains(Task.POSTERIOR) && !want.contains(Task.EVIDENCE)) {
            mistakes.add(
                    "R023",
                    start.get().place(),
                    "'start' is where nested sampling begins, and neither posterior nor evidence is wanted",
                    "take it out");
        }
        Map<String, RunFile.Knobbed> knobs = new LinkedHashMap<>();
        for (String key : engine.keys()) {
            if (!List.of("name", "init", "start").contains(key)) {
                engine.find(key).flatMap(v -> knobbed(engine, v)).ifPresent(k -> knobs.put(key, k));
            }
        }
        Optional<RunFile.Compare> compare = CompareReader.read(file, fields, want, mistakes);
        Map<String, RunFile.Report> report = new LinkedHashMap<>();
        Fields reported = fields.objectOrEmpty("report");
        for (String node : reported.keys()) {
            report.put(node, new RunFile.Report(reported.text(node), reported.placeOf(node)));
        }
        fields.done();
        return new RunFile(
                file, model, priors, axes, data, want, precision, minutes, seed, name, init, start, knobs, compare,
                report);
    }

    /** A number or a word; which of them the engine wants is asked when it is known. */
    private static Optional<RunFile.Knobbed> knobbed(Fields engine, Json value) {
        return value instanceof Json.Text word
                ? Optional.of(new RunFile.Knobbed(Double.NaN, Optional.of(word.value()), value.place()))
                : engine.asNumber(value).map(v -> new RunFile.Knobbed(v, Optional.empty(), value.place()));
    }

    /** A rule by its name, or tables by the names of parameters. */
    private static Optional<RunFile.Init> init(Path file, Fields engine, Mistakes mistakes) {
        Optional<Json> value = engine.find("init");
        if (value.isPresent() && value.get() instanceof Json.Obj) {
            Fields given = engine.object("init");
            Map<String, Path> tables = new LinkedHashMap<>();
            for (String node : given.keys()) {
                given.find(node).flatMap(given::asText).ifPresent(t -> tables.put(node, file.resolveSibling(t)));
            }
            if (given.keys().isEmpty()) {
                mistakes.add(
                        "R017",
                        engine.placeOf("init"),
                        "'init' names no table",
                        "write \"init\": { \"W\": FILE, \"H\": FILE }, or the name of a rule");
            }
            return Optional.of(new RunFile.Init(Optional.empty(), tables, engine.placeOf("init")));
        }
        return value.flatMap(engine::asText)
                .map(rule -> new RunFile.Init(Optional.of(rule), Map.of(), engine.placeOf("init")));
    }

    private static Set<Task> want(Fields fields, Mistakes mistakes) {
        Set<Task> tasks = EnumSet.noneOf(Task.class);
        List<String> known = Stream.of(Task.values())
                .map(t -> t.name().toLowerCase(Locale.ROOT))
                .toList();
        for (Json item : fields.items("want")) {
            Optional<String> word = fields.asText(item);
            if (word.isPresent() && known.contains(word.get())) {
                tasks.add(Task.valueOf(word.get().toUpperCase(Locale.ROOT)));
            } else if (word.isPresent()) {
                mistakes.add(
                        "R003", item.place(), "'" + word.get() + "' cannot be asked", Nearest.hint(word.get(), known));
            }
        }
        if (tasks.isEmpty() && fields.keys().contains("want")) {
            mistakes.add("R003", fields.placeOf("want"), "nothing is wanted", "ask for one of " + known);
        }
        return tasks;
    }

    private static Precision precision(Fields fields, Mistakes mistakes) {
        double dlogz = fields.number("dlogz", Precision.STANDARD.dlogz());
        double ess = fields.number("ess", Precision.STANDARD.ess());
        double logZError = fields.number("logz_error", Precision.STANDARD.logZError());
        double quantileError = fields.number("quantile_error", Precision.STANDARD.quantileError());
        fields.done();
        try {
            return new Precision(dlogz, ess, logZError, quantileError);
        } catch (IllegalArgumentException e) {
            mistakes.add("R004", fields.place(), e.getMessage(), "correct the precision");
            return Precision.STANDARD;
        }
    }

    private static OptionalLong seed(Fields fields, Mistakes mistakes) {
        Optional<Json> value = fields.find("seed");
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(value.get() instanceof Json.Num n ? n.written() : "x"));
        } catch (NumberFormatException e) {
            mistakes.add(
                    "R005", value.get().place(), "the seed is " + value.get().kind(), "give a whole number");
            return OptionalLong.empty();
        }
    }
}
