package org.unblend.io;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.Effort;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Fields;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;

/**
 * What a result directory says about its run of nested sampling.
 *
 * @param directory the directory
 * @param modelHash fingerprint of model, priors and data together
 * @param seed seed of its random numbers
 * @param verdict OK, CAUTION or DO NOT USE
 * @param sources paths of the files that determined the run, the run file first
 * @param merged true if it was put together from other results
 * @param refined the evidence refined by importance sampling, if there is one
 * @param result points of the run in order of ascending log likelihood, with births, and the evidence by nested sampling;
 *     without findings
 */
public record NestedRecord(
        Path directory,
        String modelHash,
        long seed,
        String verdict,
        List<Path> sources,
        boolean merged,
        Optional<Evidence> refined,
        Result result) {
    /** Name under {@code request} in the record of a merged result. */
    public static final String MERGED = "merged";

    private static final List<String> FIRST = List.of("iteration", "logl", "logl_birth", "logvol", "logwt", "n_live");

    /**
     * Reads {@code result.json} and {@code nested/points.csv}. Columns are matched by name.
     *
     * @param parameters of the model; what the result has beside them is passed over
     * @throws BadInput if the directory is no result, it has no points of nested sampling, its points are not whole, or it has
     *     other parameters
     */
    public static NestedRecord read(Path directory, List<String> parameters) {
        Path points = directory.resolve("nested").resolve("points.csv");
        NestedRecord head = head(directory);
        Evidence evidence = head.result.evidence().orElseThrow();
        return new NestedRecord(
                directory,
                head.modelHash,
                head.seed,
                head.verdict,
                head.sources,
                head.merged,
                head.refined,
                new Result(
                        head.result.engine(),
                        samples(points, parameters, evidence.logZ()),
                        head.result.evidence(),
                        List.of(),
                        head.result.effort(),
                        List.of()));
    }

    /** The same without its points. */
    public static NestedRecord head(Path directory) {
        Path file = EvidenceRecord.file(directory);
        Mistakes mistakes = new Mistakes();
        Fields root = Fields.ofFile(file, "result/1", mistakes);
        mistakes.throwIfAny();
        if (!Files.isRegularFile(directory.resolve("nested").resolve("points.csv"))
                || root.find("evidence").isEmpty()) {
            throw new BadInput(
                    "W011",
                    Place.of(directory),
                    "has no points of nested sampling",
                    "name the result of a run by the engine 'nested' from the prior on");
        }
        Fields evidence = root.object("evidence");
        Evidence main = evidence(evidence);
        Optional<Evidence> other =
                evidence.find("other").isPresent() ? Optional.of(evidence(evidence.object("other"))) : Optional.empty();
        // Beside a nested-sampling value may stand a refinement that was not accepted.
        boolean accepted = other.isPresent() && !main.method().startsWith("nested sampling");
        Fields effort = root.object("effort");
        Fields provenance = root.object("provenance");
        Fields engine = root.object("engine");
        Result result = new Result(
                engine.text("name"),
                new Samples(List.of(), new double[0], new double[0], new double[0], Optional.empty()),
                Optional.of(accepted ? other.get() : main),
                List.of(),
                new Effort(
                        (long) effort.number("evaluations"),
                        (long) effort.number("batches"),
                        (long) effort.number("failed"),
                        effort.find("stopped").flatMap(effort::asText)),
                List.of());
        NestedRecord read = new NestedRecord(
                directory,
                root.text("model_hash"),
                (long) provenance.number("seed"),
                root.text("verdict"),
                provenance.texts("sources").stream()
                        .map(s -> Path.of(s.replaceFirst("^[0-9a-f]{64}  ", "")))
                        .toList(),
                root.objectOrEmpty("request").find(MERGED).isPresent(),
                accepted ? Optional.of(main) : Optional.empty(),
                result);
        mistakes.throwIfAny();
        return read;
    }

    private static Evidence evidence(Fields node) {
        return new Evidence(
                node.number("logz"), node.number("logz_error"), node.number("information_nats"), node.text("method"));
    }

    private static Samples samples(Path file, List<String> parameters, double logZ) {
        String text = JsonReader.text(file);
        List<double[]> rows = new ArrayList<>();
        List<String> wanted = new ArrayList<>(FIRST);
        wanted.addAll(parameters);
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
            for (NamedCsvRecord row : reader) {
                if (rows.isEmpty() && !row.getHeader().containsAll(wanted)) {
                    List<String> lacking = new ArrayList<>(wanted);
                    lacking.removeAll(row.getHeader());
                    throw new BadInput(
                            "W013",
                            Place.of(file),
                            "has other parameters: it lacks " + String.join(", ", lacking),
                            "name a result of a model with the same parameters");
                }
                if (row.getFieldCount() != row.getHeader().size()) {
                    throw torn(file, row);
                }
                double[] values = new double[wanted.size()];
                for (int c = 0; c < values.length; c++) {
                    values[c] = number(row.getField(wanted.get(c)), file, row);
                }
                boolean ascending = rows.isEmpty() || values[1] >= rows.get(rows.size() - 1)[1];
                if (!ascending || values[2] > values[1] || values[0] != rows.size()) {
                    throw torn(file, row);
                }
                rows.add(values);
            }
        } catch (CsvParseException e) {
            throw new BadInput("W012", Place.of(file), "is not whole: " + e.getMessage(), "run it again");
        } catch (IOException e) {
            throw new BadInput("F001", Place.of(file), "cannot be read: " + e, "check the file");
        }
        if (rows.isEmpty() || rows.get(rows.size() - 1)[5] != 1) {
            throw new BadInput("W012", Place.of(file), "is not whole: its last points are missing", "run it again");
        }
        int n = rows.size();
        int p = parameters.size();
        double[] theta = new double[n * p];
        for (int i = 0; i < n; i++) {
            System.arraycopy(rows.get(i), FIRST.size(), theta, i * p, p);
        }
        int[] live = rows.stream().mapToInt(r -> (int) r[5]).toArray();
        int remaining = 0;
        while (remaining < n && live[n - 1 - remaining] == remaining + 1) {
            remaining++;
        }
        return new Samples(
                parameters,
                theta,
                column(rows, 1),
                Arrays.stream(column(rows, 4)).map(w -> w - logZ).toArray(),
                Optional.of(new NestedPath(column(rows, 2), live, column(rows, 3), remaining)));
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(r -> r[column]).toArray();
    }

    private static double number(String cell, Path file, NamedCsvRecord row) {
        try {
            return switch (cell) {
                case "inf" -> Double.POSITIVE_INFINITY;
                case "-inf" -> Double.NEGATIVE_INFINITY;
                default -> Double.parseDouble(cell);
            };
        } catch (NumberFormatException e) {
            throw torn(file, row);
        }
    }

    private static BadInput torn(Path file, NamedCsvRecord row) {
        return new BadInput(
                "W012",
                new Place(file, (int) row.getStartingLineNumber(), 1, "", String.join(",", row.getFields())),
                "is no line of a table of nested sampling, or not the next one",
                "run it again");
    }
}
