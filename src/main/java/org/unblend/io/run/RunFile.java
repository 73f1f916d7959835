package org.unblend.io.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.unblend.infer.Precision;
import org.unblend.infer.Task;
import org.unblend.io.json.Place;
import org.unblend.model.Axis;
import org.unblend.nmf.prepare.Preparation;

/**
 * A run file, format {@code run/1}.
 *
 * @param file the file
 * @param model the model file
 * @param priors the prior set, unless those of the model file are enough
 * @param axes axes of the model that the run fills, by name
 * @param data where the data of each node come from
 * @param want what is asked
 * @param precision how well
 * @param minutes time limit, if there is one
 * @param seed seed of all random numbers, if it is fixed
 * @param engine the engine that the user insists on, if any
 * @param init where a search for the mode begins, if it is not left to the engine
 * @param start the result with whose draws nested sampling begins, if any
 * @param knobs values of the engine's knobs that differ from its standards, with their places
 * @param compare how a point estimate is set beside the posterior, if that is wanted
 * @param report nodes that follow from others and are to be reported beside the parameters, with units and places
 */
public record RunFile(
        Path file,
        Path model,
        Optional<Path> priors,
        Map<String, GivenAxis> axes,
        Map<String, DataEntry> data,
        Set<Task> want,
        Precision precision,
        Optional<Double> minutes,
        OptionalLong seed,
        Optional<String> engine,
        Optional<Init> init,
        Optional<Warm> start,
        Map<String, Knobbed> knobs,
        Optional<Compare> compare,
        Map<String, Report> report) {

    /** An axis with its labels, and where they stand. */
    public record GivenAxis(Axis axis, Place place) {}

    /**
     * Where a search for the mode begins.
     *
     * @param rule one of the engine's rules, empty if there are tables
     * @param tables tables of values by parameter
     * @param place where the run file says so
     */
    public record Init(Optional<String> rule, Map<String, Path> tables, Place place) {}

    /**
     * The result with whose draws a sampler begins.
     *
     * @param directory the result directory
     * @param place where the run file says so
     */
    public record Warm(Path directory, Place place) {}

    /**
     * What is done to data before they are factorised.
     *
     * @param node the observation
     * @param what what is done
     * @param place of its data
     */
    public record Prepare(String node, Preparation what, Place place) {}

    /** What is done to the data before they are factorised, if anything. */
    public Optional<Prepare> prepare() {
        return data.entrySet().stream()
                .filter(e -> e.getValue() instanceof MatrixEntry m
                        && !m.preparation().equals(Preparation.NONE))
                .map(e -> new Prepare(
                        e.getKey(),
                        ((MatrixEntry) e.getValue()).preparation(),
                        e.getValue().place()))
                .findFirst();
    }

    /** True if the observation has weights of its own. */
    public boolean weighted(String node) {
        return data.get(node) instanceof MatrixEntry m && m.weights().isPresent();
    }

    /**
     * A knob's value and where it stands.
     *
     * @param value the number; NaN where a word stands
     * @param word the word, if one stands there
     */
    public record Knobbed(double value, Optional<String> word, Place place) {}

    /** The unit in which a node is reported, empty for its own, and where it stands. */
    public record Report(String unit, Place place) {}

    /**
     * A point estimate beside a posterior.
     *
     * @param truth tables of true values by node, of simulated data; empty as a rule
     * @param place of the truth, or else of the wish to compare
     */
    public record Compare(Map<String, Path> truth, Place place) {}

    /** The same without a knob. */
    public RunFile without(String knob) {
        Map<String, Knobbed> fewer = new LinkedHashMap<>(knobs);
        fewer.remove(knob);
        return new RunFile(
                file, model, priors, axes, data, want, precision, minutes, seed, engine, init, start, fewer, compare,
                report);
    }

    /** Name of the run: the file's name without its ending. */
    public String name() {
        String name = file.getFileName().toString();
        return name.endsWith(".json") ? name.substring(0, name.length() - 5) : name;
    }
}
