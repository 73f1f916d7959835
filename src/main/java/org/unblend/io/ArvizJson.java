package org.unblend.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.unblend.diagnose.Weighted;
import org.unblend.infer.ChainPath;
import org.unblend.model.Axis;
import org.unblend.model.Dims;

/**
 * Writes {@code posterior.json}, InferenceData in the JSON form of ArviZ: groups {@code posterior},
 * {@code sample_stats} ({@code lp} = ln of likelihood times prior), {@code log_likelihood}, {@code posterior_predictive}
 * and {@code observed_data}, {@code prior} and {@code prior_predictive} where they are given, with {@code coords}, {@code dims} and attributes.
 *
 * <p>The schema knows no weights: weighted draws are resampled systematically to as many equal ones as they are worth
 * (Kish), in random order, as one chain; the order of a nested run would look like a trend. Markov chains are written as
 * they are, with their sampler's figures. The file never holds null,
 * NaN or infinity: draws with a non-finite number are left out and counted, and missing entries of an observed variable
 * are left out by writing it along one axis {@code <name>_entry} that labels those present.
 */
public final class ArvizJson {
    private static final String FILE = "posterior.json";

    private ArvizJson() {}

    /**
     * What became of the draws.
     *
     * @param draws equal-weight draws written
     * @param dropped weighted draws left out because they hold non-finite numbers
     * @param renamedAxes old and new names of axes that had the name of a variable
     */
    public record Report(int draws, int dropped, Map<String, String> renamedAxes) {}

    /**
     * Draws of the prior.
     *
     * @param draws of the same quantities as those of the posterior, weights equal
     * @param predictive per observation {@code [draws x entries]}, data drawn from these; empty to leave it out
     */
    public record Prior(Draws draws, List<double[]> predictive) {
        public Prior {
            predictive = List.copyOf(predictive);
        }
    }

    /** Writes the file without a prior. */
    public static Report write(
            Path directory,
            Draws draws,
            List<Variable> variables,
            List<ObservedDraws> observed,
            Map<String, String> attributes,
            RandomGenerator random)
            throws IOException {
        return write(directory, draws, variables, observed, Optional.empty(), attributes, random);
    }

    /**
     * Writes the file.
     *
     * @param directory where; made if missing
     * @param variables what to write of the draws
     * @param observed the data, may be empty
     * @param prior draws of the prior, of which those with a number that is not finite are left out; may be empty
     * @param attributes of the root and of each group, such as {@code inference_library} and {@code created_at}
     * @param random picks and orders the draws
     * @throws IllegalArgumentException if no draw of positive weight is finite, names clash or shapes disagree
     */
    public static Report write(
            Path directory,
            Draws draws,
            List<Variable> variables,
            List<ObservedDraws> observed,
            Optional<Prior> prior,
            Map<String, String> attributes,
            RandomGenerator random)
            throws IOException {
        List<ArvizObserved> present = observed.stream().map(ArvizObserved::of).toList();
        ArvizNames names = new ArvizNames();
        variables.forEach(v -> names.add(v.name(), v.dims().axes()));
        present.forEach(p -> names.add(p.source().name(), p.axes()));
        checkShapes(draws, variables, observed);

        double[] weights = draws.samples().weights();
        int dropped = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0 && !finite(draws, variables, present, i)) {
                weights[i] = 0;
                dropped++;
            }
        }
        double ess = Weighted.effectiveSampleSize(weights);
        if (ess == 0) {
            throw new IllegalArgumentException("none of the " + draws.size()
                    + " draws has a positive weight and finite values: nothing to write to " + FILE);
        }
        int[][] chosen = draws.samples()
                .chains()
                .map(path -> chains(path, weights))
                .orElseGet(() -> new int[][] {resampled(weights, (int) Math.max(1, Math.round(ess)), random)});

        Optional<Priors> before =
                prior.map(p -> Priors.of(p, variables, present)).filter(p -> p.chosen()[0].length > 0);
        AtomicFile.write(directory.resolve(FILE), out -> {
            try (JsonGenerator json = new JsonFactory()
                    .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                    .createGenerator(out)) {
                json.writeStartObject();
                writeGroups(json, draws, variables, present, chosen);
                if (before.isPresent()) {
                    before.get().write(json, variables);
                }
                List<String> drawn = new ArrayList<>(List.of("posterior", "sample_stats"));
                Group.of(present).forEach(g -> drawn.add(g.name));
                before.ifPresent(p -> drawn.addAll(p.groups()));
                writeAttributes(json, drawn, attributes);
                writeLists(json, "coords", names.coords());
                writeLists(json, "dims", names.dims());
                json.writeEndObject();
            }
            out.write('\n');
        });
        return new Report(chosen.length * chosen[0].length, dropped, names.renamed());
    }

    private static int[] resampled(double[] weights, int n, RandomGenerator random) {
        int[] chosen = Weighted.resample(weights, n, random);
        shuffle(chosen, random);
        return chosen;
    }

    /** The draws of each chain in their order; chains must stay equally long, so a draw is left out of all or of none. */
    private static int[][] chains(ChainPath path, double[] weights) {
        int[] good = IntStream.range(0, path.draws())
                .filter(i -> IntStream.range(0, path.chains()).allMatch(c -> weights[c * path.draws() + i] > 0))
                .toArray();
        if (good.length == 0) {
            throw new IllegalArgumentException("no draw is finite in all chains: nothing to write to " + FILE);
        }
        int[][] chosen = new int[path.chains()][good.length];
        for (int c = 0; c < chosen.length; c++) {
            for (int i = 0; i < good.length; i++) {
                chosen[c][i] = c * path.draws() + good[i];
            }
        }
        return chosen;
    }

    private static void checkShapes(Draws draws, List<Variable> variables, List<ObservedDraws> observed) {
        for (Variable v : variables) {
            if (v.offset() < 0
                    || v.offset() + v.dims().size() > draws.quantities().size()) {
                throw new IllegalArgumentException("variable '" + v.name() + "' of " + v.dims() + " at column "
                        + v.offset() + " is not among the " + draws.quantities().size() + " quantities");
            }
        }
        for (ObservedDraws o : observed) {
            int expected = draws.size() * o.values().length;
            for (double[] perDraw : List.of(o.logLikelihood(), o.predictive())) {
                if (perDraw.length != 0 && perDraw.length != expected) {
                    throw new IllegalArgumentException("observation '" + o.name() + "' has " + perDraw.length
                            + " values, its entries in all draws are " + expected);
                }
            }
        }
    }

    private static boolean finite(Draws draws, List<Variable> variables, List<ArvizObserved> present, int row) {
        return Double.isFinite(draws.logPosterior(row))
                && variables.stream()
                        .allMatch(v -> IntStream.range(
                                        v.offset(), v.offset() + v.dims().size())
                                .allMatch(c -> Double.isFinite(draws.value(row, c))))
                && present.stream()
                        .allMatch(p -> p.finite(p.source().logLikelihood(), row)
                                && p.finite(p.source().predictive(), row));
    }

    private static void writeGroups(
            JsonGenerator json, Draws draws, List<Variable> variables, List<ArvizObserved> present, int[][] chosen)
            throws IOException {
        json.writeObjectFieldStart("posterior");
        for (Variable v : variables) {
            writeChain(json, v.name(), v.dims().axes(), chosen, (draw, k) -> draws.value(draw, v.offset() + k));
        }
        json.writeEndObject();
        json.writeObjectFieldStart("sample_stats");
        writeChain(json, "lp", List.of(), chosen, (draw, k) -> draws.logPosterior(draw));
        for (Map.Entry<String, double[]> figure : draws.samples()
                .chains()
                .map(ChainPath::figures)
                .orElse(Map.of())
                .entrySet()) {
            writeFigure(json, figure.getKey(), figure.getValue(), chosen);
        }
        json.writeEndObject();
        for (Group group : Group.of(present)) {
            json.writeObjectFieldStart(group.name);
            for (ArvizObserved p : group.members) {
                double[] values = group.values(p);
                writeChain(json, p.source().name(), p.axes(), chosen, (draw, k) -> p.at(values, draw, k));
            }
            json.writeEndObject();
        }
        if (!present.isEmpty()) {
            json.writeObjectFieldStart("observed_data");
            for (ArvizObserved p : present) {
                json.writeFieldName(p.source().name());
                writeNested(json, p.axes(), 0, 0, k -> p.source().values()[p.entries()[k]]);
            }
            json.writeEndObject();
        }
    }

    /** A group of values per draw and observed entry, with the observations that have them. */
    private record Group(String name, List<ArvizObserved> members) {
        private static final String LIKELIHOOD = "log_likelihood";

        static List<Group> of(List<ArvizObserved> present) {
            List<Group> groups = new ArrayList<>();
            for (String name : List.of(LIKELIHOOD, "posterior_predictive")) {
                Group all = new Group(name, present);
                List<ArvizObserved> members =
                        present.stream().filter(p -> all.values(p).length > 0).toList();
                if (!members.isEmpty()) {
                    groups.add(new Group(name, members));
                }
            }
            return groups;
        }

        double[] values(ArvizObserved p) {
            return name.equals(LIKELIHOOD)
                    ? p.source().logLikelihood()
                    : p.source().predictive();
        }
    }

    /** The groups of the prior. */
    private record Priors(Prior prior, List<ArvizObserved> predicted, int[][] chosen) {
        static Priors of(Prior prior, List<Variable> variables, List<ArvizObserved> present) {
            List<ArvizObserved> predicted = new ArrayList<>();
            for (int o = 0; o < prior.predictive.size(); o++) {
                ObservedDraws source = present.get(o).source();
                ObservedDraws drawn = new ObservedDraws(
                        source.name(), source.dims(), source.values(), new double[0], prior.predictive.get(o));
                predicted.add(ArvizObserved.of(drawn));
            }
            int[] good = IntStream.range(0, prior.draws.size())
                    .filter(i -> variables.stream()
                                    .allMatch(v -> IntStream.range(
                                                    v.offset(),
                                                    v.offset() + v.dims().size())
                                            .allMatch(c -> Double.isFinite(prior.draws.value(i, c))))
                            && predicted.stream()
                                    .allMatch(p -> p.finite(p.source().predictive(), i)))
                    .toArray();
            return new Priors(prior, predicted, new int[][] {good});
        }

        List<String> groups() {
            return predicted.isEmpty() ? List.of("prior") : List.of("prior", "prior_predictive");
        }

        void write(JsonGenerator json, List<Variable> variables) throws IOException {
            json.writeObjectFieldStart("prior");
            for (Variable v : variables) {
                writeChain(
                        json, v.name(), v.dims().axes(), chosen, (draw, k) -> prior.draws.value(draw, v.offset() + k));
            }
            json.writeEndObject();
            if (!predicted.isEmpty()) {
                json.writeObjectFieldStart("prior_predictive");
                for (ArvizObserved p : predicted) {
                    double[] values = p.source().predictive();
                    writeChain(json, p.source().name(), p.axes(), chosen, (draw, k) -> p.at(values, draw, k));
                }
                json.writeEndObject();
            }
        }
    }

    @FunctionalInterface
    private interface DrawEntry {
        double at(int draw, int entry);
    }

    /** A field {@code [chains][draws][own axes...]}. */
    private static void writeChain(JsonGenerator json, String name, List<Axis> axes, int[][] chosen, DrawEntry values)
            throws IOException {
        json.writeFieldName(name);
        json.writeStartArray();
        for (int[] chain : chosen) {
            json.writeStartArray();
            for (int draw : chain) {
                writeNested(json, axes, 0, 0, k -> values.at(draw, k));
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    /** A figure of the sampler, with the type that the schema asks for. */
    private static void writeFigure(JsonGenerator json, String name, double[] values, int[][] chosen)
            throws IOException {
        json.writeFieldName(name);
        json.writeStartArray();
        for (int[] chain : chosen) {
            json.writeStartArray();
            for (int draw : chain) {
                if (name.equals("diverging")) {
                    json.writeBoolean(values[draw] != 0);
                } else if (List.of("tree_depth", "n_steps").contains(name)) {
                    json.writeNumber(Math.round(values[draw]));
                } else {
                    json.writeNumber(values[draw]);
                }
            }
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void writeNested(
            JsonGenerator json, List<Axis> axes, int depth, int offset, IntToDoubleFunction values) throws IOException {
        if (depth == axes.size()) {
            json.writeNumber(values.applyAsDouble(offset));
            return;
        }
        int step = new Dims(axes.subList(depth + 1, axes.size())).size();
        json.writeStartArray();
        for (int i = 0; i < axes.get(depth).length(); i++) {
            writeNested(json, axes, depth + 1, offset + i * step, values);
        }
        json.writeEndArray();
    }

    private static void writeAttributes(JsonGenerator json, List<String> drawn, Map<String, String> attributes)
            throws IOException {
        for (String group : drawn) {
            json.writeObjectFieldStart(group + "_attrs");
            writeStrings(json, attributes);
            json.writeArrayFieldStart("sample_dims");
            json.writeString("chain");
            json.writeString("draw");
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeObjectFieldStart("attrs");
        writeStrings(json, attributes);
        json.writeEndObject();
    }

    private static void writeStrings(JsonGenerator json, Map<String, String> strings) throws IOException {
        for (Map.Entry<String, String> entry : strings.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
    }

    private static void writeLists(JsonGenerator json, String name, Map<String, List<String>> lists)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, List<String>> entry : lists.entrySet()) {
            json.writeArrayFieldStart(entry.getKey());
            for (String s : entry.getValue()) {
                json.writeString(s);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static void shuffle(int[] a, RandomGenerator random) {
        for (int i = a.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = a[i];
            a[i] = a[j];
            a[j] = swap;
        }
    }
}
