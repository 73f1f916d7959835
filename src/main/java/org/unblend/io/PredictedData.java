package org.unblend.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.unblend.diagnose.PredictiveScore;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;

/**
 * What the draws of a result say of its data, read back from {@code posterior.json}. Arrays are owned by the record and not
 * modified after it is made.
 *
 * @param name name of the observation
 * @param labels one per entry
 * @param observed {@code [entries]}
 * @param logLikelihood {@code [draws x entries]}
 * @param posterior {@code [draws x entries]}, data drawn from the posterior
 * @param prior {@code [prior draws x entries]}, data drawn from the prior; empty if there are none
 */
public record PredictedData(
        String name,
        List<String> labels,
        double[] observed,
        double[] logLikelihood,
        double[] posterior,
        double[] prior) {
    private static final Set<String> GROUPS =
            Set.of("log_likelihood", "posterior_predictive", "prior_predictive", "observed_data", "coords", "dims");

    /**
     * The observations of a result; none if it has no draws, as point estimates.
     *
     * @throws BadInput if the file is no such file
     */
    public static List<PredictedData> read(Path directory) {
        Path file = directory.resolve("posterior.json");
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        Map<String, JsonNode> groups = groups(file);
        List<PredictedData> all = new ArrayList<>();
        JsonNode observed = groups.get("observed_data");
        if (observed == null || groups.get("log_likelihood") == null) {
            return List.of();
        }
        observed.properties().forEach(e -> {
            double[] values = numbers(e.getValue());
            all.add(new PredictedData(
                    e.getKey(),
                    labels(groups, e.getKey()),
                    values,
                    numbers(groups.get("log_likelihood").path(e.getKey())),
                    numbers(groups.getOrDefault("posterior_predictive", observed.path(""))
                            .path(e.getKey())),
                    numbers(groups.getOrDefault("prior_predictive", observed.path(""))
                            .path(e.getKey()))));
        });
        for (PredictedData d : all) {
            if (d.labels.size() != d.observed.length || d.logLikelihood.length % d.observed.length != 0) {
                throw new BadInput(
                        "W008", Place.of(file), "the groups of '" + d.name + "' do not fit together", "run it again");
            }
        }
        return all;
    }

    /** How well all observations of a result are predicted, their entries one after the other. */
    public static PredictiveScore score(List<PredictedData> data) {
        int draws = data.get(0).draws();
        int width = data.stream().mapToInt(d -> d.observed.length).sum();
        double[] all = new double[draws * width];
        int at = 0;
        for (PredictedData d : data) {
            for (int s = 0; s < draws; s++) {
                System.arraycopy(d.logLikelihood, s * d.observed.length, all, s * width + at, d.observed.length);
            }
            at += d.observed.length;
        }
        return PredictiveScore.of(all, width);
    }

    /** Number of draws. */
    public int draws() {
        return logLikelihood.length / observed.length;
    }

    private static Map<String, JsonNode> groups(Path file) {
        Map<String, JsonNode> groups = new HashMap<>();
        ObjectMapper mapper = new ObjectMapper();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (GROUPS.contains(name)) {
                    groups.put(name, mapper.readTree(parser));
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new BadInput("J002", Place.of(file), "not valid JSON: " + e.getMessage(), "run it again");
        }
        return groups;
    }

    /** The numbers in nested arrays, the last index running fastest. */
    private static double[] numbers(JsonNode node) {
        List<Double> all = new ArrayList<>();
        add(node, all);
        return all.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void add(JsonNode node, List<Double> all) {
        if (node.isNumber()) {
            all.add(node.asDouble());
        } else {
            node.forEach(child -> add(child, all));
        }
    }

    /** Labels of entries: those of the axes, joined by commas. */
    private static List<String> labels(Map<String, JsonNode> groups, String name) {
        List<String> labels = new ArrayList<>(List.of(""));
        for (JsonNode axis :
                groups.getOrDefault("dims", groups.get("observed_data")).path(name)) {
            List<String> longer = new ArrayList<>();
            for (String start : labels) {
                for (JsonNode label : groups.get("coords").path(axis.asText())) {
                    longer.add(start.isEmpty() ? label.asText() : start + "," + label.asText());
                }
            }
            labels = longer;
        }
        return labels;
    }
}
