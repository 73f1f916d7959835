package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.infer.Quantity;
import org.unblend.infer.Samples;
import org.unblend.math.RandomStream;
import org.unblend.model.Axis;
import org.unblend.model.Dims;

class ArvizJsonTest {
    private static final Axis LINE = Axis.of("line", "CO(3-2)", "CO(6-5)", "HCN");
    private static final Axis PART = Axis.of("part", 2);
    private static final Map<String, String> ATTRIBUTES =
            Map.of("inference_library", "unblend", "created_at", "2026-01-01T00:00:00Z");

    @TempDir
    Path directory;

    /** W [3 x 2], T; weights rise with the draw; the value of each entry tells draw and entry. */
    private static Draws draws(int n) {
        List<String> names = new ArrayList<>(List.of("T"));
        new Dims(List.of(LINE, PART)).entryLabels().forEach(l -> names.add("W[" + l + "]"));
        double[] theta = new double[7 * n];
        double[] logL = new double[n];
        double[] logWeight = new double[n];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < 7; c++) {
                theta[7 * i + c] = i + c / 10.0;
            }
            logL[i] = -i;
            logWeight[i] = Math.log(2.0 * (i + 1) / (n * (n + 1.0)));
        }
        Samples samples = new Samples(names, theta, logL, logWeight, Optional.empty());
        return new Draws(samples, names.stream().map(Quantity::of).toList(), new double[n]);
    }

    private static List<Variable> variables() {
        return List.of(new Variable("T", Dims.SCALAR, 0), new Variable("W", Dims.of(LINE, PART), 1));
    }

    private JsonNode read() throws IOException {
        JsonNode root =
                new ObjectMapper().readTree(directory.resolve("posterior.json").toFile());
        assertNumbersOnly(root, "");
        return root;
    }

    /** Arrays of the data groups hold numbers, nothing else: null reads as an array of objects. */
    private static void assertNumbersOnly(JsonNode node, String at) {
        assertFalse(node.isNull(), "null at " + at);
        assertFalse(node.isTextual() && Set.of("NaN", "Infinity", "-Infinity").contains(node.asText()), at);
        node.properties().forEach(e -> assertNumbersOnly(e.getValue(), at + "/" + e.getKey()));
        if (node.isArray()) {
            node.forEach(n -> assertNumbersOnly(n, at + "[]"));
        }
    }

    private static List<Integer> shape(JsonNode array) {
        List<Integer> shape = new ArrayList<>();
        for (JsonNode n = array; n.isArray(); n = n.get(0)) {
            shape.add(n.size());
            int size = n.get(0).size();
            n.forEach(child -> assertEquals(size, child.size(), "ragged"));
        }
        return shape;
    }

    private static void assertShapes(JsonNode root, String group, Integer... leading) {
        root.get(group).properties().forEach(e -> {
            List<Integer> expected = new ArrayList<>(List.of(leading));
            JsonNode dims = root.get("dims").get(e.getKey());
            if (dims != null) {
                dims.forEach(
                        d -> expected.add(root.get("coords").get(d.asText()).size()));
            }
            assertEquals(expected, shape(e.getValue()), group + "/" + e.getKey());
        });
    }

    @Test
    void thePriorStandsBesideWithoutDrawsThatAreNotFinite() throws IOException {
        Draws prior = draws(5);
        double[] predicted = new double[15];
        predicted[4] = Double.NaN;
        predicted[12] = 7;
        double[] values = {1, Double.NaN, 3};
        ObservedDraws observed = new ObservedDraws("I", Dims.of(LINE), values, new double[0], new double[0]);
        ArvizJson.write(
                directory,
                draws(50),
                variables(),
                List.of(observed),
                Optional.of(new ArvizJson.Prior(prior, List.of(predicted))),
                ATTRIBUTES,
                RandomStream.of(1).generator());
        JsonNode root = read();
        // The entry that is not finite, 1 of draw 1, is missing in the data, so that it counts for nothing.
        assertEquals(List.of(1, 5, 3, 2), shape(root.get("prior").get("W")));
        assertEquals(List.of(1, 5, 2), shape(root.get("prior_predictive").get("I")));
        assertEquals(
                7, root.get("prior_predictive").get("I").get(0).get(4).get(0).asDouble());
        assertEquals(3.1, root.get("prior").get("W").get(0).get(3).get(0).get(0).asDouble());
        assertTrue(root.has("prior_attrs") && root.has("prior_predictive_attrs"));
        predicted[3] = Double.POSITIVE_INFINITY;
        ArvizJson.write(
                directory,
                draws(50),
                variables(),
                List.of(observed),
                Optional.of(new ArvizJson.Prior(prior, List.of(predicted))),
                ATTRIBUTES,
                RandomStream.of(1).generator());
        assertEquals(List.of(1, 4), shape(read().get("prior").get("T")));
    }

    @Test
    void shapesAgreeWithDimsAndCoords() throws IOException {
        int n = 400;
        double[] logL = new double[3 * n];
        double[] predictive = new double[3 * n];
        for (int k = 0; k < 3 * n; k++) {
            logL[k] = -k;
            predictive[k] = k / 3;
        }
        ObservedDraws observed = new ObservedDraws("I", Dims.of(LINE), new double[] {1, 2, 1e-300}, logL, predictive);
        ArvizJson.Report report = ArvizJson.write(
                directory,
                draws(n),
                variables(),
                List.of(observed),
                ATTRIBUTES,
                RandomStream.of(1).generator());
        // Kish for weights 1, 2, ..., n: 3 n (n + 1) / (2 (2 n + 1)).
        assertEquals(Math.round(3.0 * n * (n + 1) / (2 * (2 * n + 1))), report.draws());
        assertEquals(0, report.dropped());
        JsonNode root = read();
        for (String group : List.of("posterior", "sample_stats", "log_likelihood", "posterior_predictive")) {
            assertShapes(root, group, 1, report.draws());
            assertEquals(
                    "unblend",
                    root.get(group + "_attrs").get("inference_library").asText());
            assertEquals(
                    "[\"chain\",\"draw\"]",
                    root.get(group + "_attrs").get("sample_dims").toString());
        }
        assertShapes(root, "observed_data");
        assertEquals(1e-300, root.get("observed_data").get("I").get(2).asDouble());
        assertEquals(LINE.labels().get(1), root.get("coords").get("line").get(1).asText());
        assertFalse(Files.exists(directory.resolve(".posterior.json.part")));
    }

    @Test
    void drawsStayWholeAndFollowTheWeights() throws IOException {
        int n = 2000;
        ArvizJson.Report report = ArvizJson.write(
                directory,
                draws(n),
                variables(),
                List.of(),
                ATTRIBUTES,
                RandomStream.of(7).generator());
        JsonNode root = read();
        JsonNode posterior = root.get("posterior");
        double mean = 0;
        int rising = 0;
        for (int d = 0; d < report.draws(); d++) {
            double t = posterior.get("T").get(0).get(d).asDouble();
            assertEquals(-t, root.get("sample_stats").get("lp").get(0).get(d).asDouble());
            // Row-major: entry [line 2, part 1] is the last column.
            assertEquals(t + 0.6, posterior.get("W").get(0).get(d).get(2).get(1).asDouble(), 1e-9);
            mean += t / report.draws();
            rising += d > 0 && t > posterior.get("T").get(0).get(d - 1).asDouble() ? 1 : 0;
        }
        // Systematic resampling is off by less than a step; the order is random, not that of the run.
        assertEquals(2 * (n - 1) / 3.0, mean, 2);
        assertEquals(0.5, rising / (double) report.draws(), 0.1);
        assertEquals(Set.of(), names(root.get("log_likelihood")));
    }

    @Test
    void sameStreamSameBytes() throws IOException {
        ArvizJson.write(
                directory,
                draws(50),
                variables(),
                List.of(),
                Map.of(),
                RandomStream.of(3).generator());
        String first = Files.readString(directory.resolve("posterior.json"));
        ArvizJson.write(
                directory,
                draws(50),
                variables(),
                List.of(),
                Map.of(),
                RandomStream.of(3).generator());
        assertEquals(first, Files.readString(directory.resolve("posterior.json")));
        ArvizJson.write(
                directory,
                draws(50),
                variables(),
                List.of(),
                Map.of(),
                RandomStream.of(4).generator());
        assertNotEquals(first, Files.readString(directory.resolve("posterior.json")));
    }

    @Test
    void drawsThatAreNotFiniteAreDroppedAndCounted() throws IOException {
        Draws draws = draws(100);
        draws.samples().theta()[7 * 90 + 3] = Double.NaN;
        draws.samples().logLikelihood()[95] = Double.NEGATIVE_INFINITY;
        ArvizJson.Report report = ArvizJson.write(
                directory,
                draws,
                variables(),
                List.of(),
                Map.of(),
                RandomStream.of(3).generator());
        assertEquals(2, report.dropped());
        read();
        Draws none = draws(1);
        none.samples().theta()[0] = Double.POSITIVE_INFINITY;
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> ArvizJson.write(
                        directory,
                        none,
                        variables(),
                        List.of(),
                        Map.of(),
                        RandomStream.of(3).generator()));
        assertTrue(e.getMessage().contains("none of the 1 draws"));
    }

    @Test
    void missingEntriesAreLeftOut() throws IOException {
        int n = 30;
        double[] logL = new double[3 * n];
        for (int k = 0; k < logL.length; k++) {
            logL[k] = k % 3 == 1 ? Double.NaN : k % 3;
        }
        ObservedDraws observed =
                new ObservedDraws("I", Dims.of(LINE), new double[] {1, Double.NaN, 3}, logL, new double[0]);
        ArvizJson.Report report = ArvizJson.write(
                directory,
                draws(n),
                variables(),
                List.of(observed),
                Map.of(),
                RandomStream.of(3).generator());
        assertEquals(0, report.dropped());
        JsonNode root = read();
        assertShapes(root, "observed_data");
        assertShapes(root, "log_likelihood", 1, report.draws());
        assertEquals("[1.0,3.0]", root.get("observed_data").get("I").toString());
        assertEquals("[\"CO(3-2)\",\"HCN\"]", root.get("coords").get("I_entry").toString());
        assertEquals(2, root.get("log_likelihood").get("I").get(0).get(0).get(1).asInt());
        assertFalse(root.has("posterior_predictive"));
    }

    @Test
    void axesThatCollideWithVariablesAreRenamed() throws IOException {
        Dims dims = Dims.of(Axis.of("T", 3), Axis.of("draw", 2));
        List<Variable> variables = List.of(new Variable("T", Dims.SCALAR, 0), new Variable("W", dims, 1));
        ArvizJson.Report report = ArvizJson.write(
                directory,
                draws(9),
                variables,
                List.of(),
                Map.of(),
                RandomStream.of(3).generator());
        assertEquals(Map.of("T", "T_axis", "draw", "draw_axis"), report.renamedAxes());
        JsonNode root = read();
        assertShapes(root, "posterior", 1, report.draws());
        assertTrue(names(root.get("coords")).stream().noneMatch(names(root.get("posterior"))::contains));
    }

    @Test
    void clashesThatHaveNoCureAreRefused() {
        List<List<Variable>> bad = List.of(
                List.of(new Variable("T", Dims.SCALAR, 0), new Variable("T", Dims.SCALAR, 1)),
                List.of(new Variable("chain", Dims.SCALAR, 0)),
                List.of(
                        new Variable("A", Dims.of(Axis.of("part", 2)), 0),
                        new Variable("B", Dims.of(Axis.of("part", 3)), 2)));
        for (List<Variable> variables : bad) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> ArvizJson.write(
                            directory,
                            draws(5),
                            variables,
                            List.of(),
                            Map.of(),
                            RandomStream.of(3).generator()));
        }
        assertFalse(Files.exists(directory.resolve("posterior.json")));
    }

    @Test
    void shapesThatDisagreeAreRefused() {
        ObservedDraws observed = new ObservedDraws("I", Dims.of(LINE), new double[3], new double[5], new double[0]);
        List<Variable> outside = List.of(new Variable("W", Dims.of(LINE, PART), 2));
        assertThrows(
                IllegalArgumentException.class,
                () -> ArvizJson.write(
                        directory,
                        draws(5),
                        variables(),
                        List.of(observed),
                        Map.of(),
                        RandomStream.of(3).generator()));
        assertThrows(
                IllegalArgumentException.class,
                () -> ArvizJson.write(
                        directory,
                        draws(5),
                        outside,
                        List.of(),
                        Map.of(),
                        RandomStream.of(3).generator()));
        assertThrows(
                IllegalArgumentException.class,
                () -> new ObservedDraws("I", Dims.of(LINE), new double[2], new double[0], new double[0]));
    }

    private static Set<String> names(JsonNode object) {
        java.util.TreeSet<String> names = new java.util.TreeSet<>();
        if (object != null) {
            object.fieldNames().forEachRemaining(names::add);
        }
        return names;
    }
}
