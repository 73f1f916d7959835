package org.unblend.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Fields;
import org.unblend.io.json.JsonReader;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;

/**
 * What a result directory says about its evidence.
 *
 * @param directory the directory
 * @param model name of the model
 * @param modelHash fingerprint of model, priors and data together
 * @param logZ ln Z
 * @param error standard error of {@code logZ}, at least 0
 * @param information Kullback-Leibler divergence of posterior from prior [nats]
 * @param evaluations evaluations of the likelihood
 * @param seconds wall time
 * @param verdict OK, CAUTION or DO NOT USE
 * @param stopped why the run ended early, if it did
 * @param observed the observed data, by name
 */
public record EvidenceRecord(
        Path directory,
        String model,
        String modelHash,
        double logZ,
        double error,
        double information,
        long evaluations,
        double seconds,
        String verdict,
        Optional<String> stopped,
        JsonNode observed) {

    /**
     * The record of a result.
     *
     * @throws BadInput if the directory is no result
     */
    static Path file(Path directory) {
        Path file = directory.resolve("result.json");
        if (!Files.isRegularFile(file)) {
            throw new BadInput(
                    "W005",
                    Place.of(directory),
                    "is no result directory: it has no result.json",
                    "name the directory that 'unblend run' printed");
        }
        return file;
    }

    /**
     * Reads {@code result.json} and the observed data in {@code posterior.json}.
     *
     * @throws BadInput if the directory is no result, or its result has no evidence
     */
    public static EvidenceRecord read(Path directory) {
        Path file = file(directory);
        Mistakes mistakes = new Mistakes();
        Fields root = Fields.ofFile(file, "result/1", mistakes);
        if (root.find("evidence").isEmpty()) {
            mistakes.add(
                    "W007",
                    Place.of(file),
                    "the result has no evidence",
                    "put \"evidence\" into \"want\" of its run file and run it again");
        }
        mistakes.throwIfAny();
        Fields evidence = root.object("evidence");
        Fields effort = root.object("effort");
        double logZ = evidence.number("logz");
        double error = evidence.number("logz_error");
        if (!(error >= 0)) {
            mistakes.add("W007", evidence.placeOf("logz_error"), "an error must be at least 0", "run it again");
        }
        EvidenceRecord read = new EvidenceRecord(
                directory,
                root.text("model"),
                root.text("model_hash"),
                logZ,
                error,
                evidence.number("information_nats"),
                (long) effort.number("evaluations"),
                root.object("provenance").number("seconds"),
                root.text("verdict"),
                effort.find("stopped").flatMap(effort::asText),
                observed(directory.resolve("posterior.json")));
        mistakes.throwIfAny();
        return read;
    }

    /** True if the directory holds a result with draws, but without an evidence. */
    public static boolean isLacking(Path directory) {
        Path file = directory.resolve("result.json");
        if (!Files.isRegularFile(file) || !Files.isRegularFile(directory.resolve("posterior.json"))) {
            return false;
        }
        Mistakes mistakes = new Mistakes();
        return Fields.ofFile(file, "result/1", mistakes).find("evidence").isEmpty() && mistakes.isEmpty();
    }

    /** The group of observed data; the draws beside it can be large and are passed over. */
    private static JsonNode observed(Path file) {
        try (JsonParser parser = new JsonFactory().createParser(JsonReader.text(file))) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    boolean wanted = parser.currentName().equals("observed_data");
                    parser.nextToken();
                    if (wanted) {
                        return new ObjectMapper().readTree(parser);
                    }
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new BadInput("J002", Place.of(file), "not valid JSON: " + e.getMessage(), "run it again");
        }
        throw new BadInput("W008", Place.of(file), "has no group 'observed_data'", "run it again");
    }
}
