package org.unblend.radiative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The molecules that come with the program: linear rotors whose collision rates are compact fits, in {@code
 * molecules.json}, which {@code radiative.fit.MakeMolecules} writes. The fits are spread over the temperatures of the
 * tables that they were made from, so that they are interpolated as the tables would be.
 */
final class BuiltInMolecules {
    private static final String RESOURCE = "molecules.json";

    private final JsonNode molecules;

    BuiltInMolecules() {
        try (InputStream in = BuiltInMolecules.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + RESOURCE);
            }
            molecules = new ObjectMapper().readTree(in).required("molecules");
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " in the program cannot be read", e);
        }
    }

    /** Names of all, such as {@code HCO+}. */
    List<String> names() {
        return stream(molecules).map(m -> m.required("name").asText()).toList();
    }

    /** The molecule with exactly this name. */
    Optional<Molecule> find(String name) {
        return node(name).map(this::molecule);
    }

    private Optional<JsonNode> node(String name) {
        return stream(molecules)
                .filter(m -> m.required("name").asText().equals(name))
                .findFirst();
    }

    private Molecule molecule(JsonNode node) {
        int maxJ = node.required("max_j").asInt();
        LinearRotor rotor = new LinearRotor(
                number(node, "b_MHz"),
                number(node, "d_MHz"),
                number(node, "h_MHz"),
                number(node, "dipole_D"),
                number(node, "dipole_stretch"));
        // Isotopologues take the rates of the main one.
        JsonNode rates = node.has("collisions_of")
                ? node(node.required("collisions_of").asText()).orElseThrow()
                : node;
        List<CollisionRates> collisions = stream(rates.required("collisions"))
                .map(c -> collisions(c, maxJ))
                .toList();
        List<String> citations = new ArrayList<>(
                stream(node.required("constants_from")).map(JsonNode::asText).toList());
        citations.add(LamdaReader.LAMDA);
        collisions.stream().map(CollisionRates::source).distinct().forEach(citations::add);
        return new Molecule(
                node.required("name").asText(),
                number(node, "weight_u"),
                rotor.levels(maxJ),
                rotor.lines(maxJ),
                collisions,
                citations);
    }

    private static CollisionRates collisions(JsonNode node, int maxJ) {
        double[] temperatures = numbers(node, "temperatures_K");
        CollisionFit fit = new CollisionFit(
                maxJ, temperatures[0], temperatures[temperatures.length - 1], numbers(node, "coefficients"));
        String symbol = node.required("partner").asText();
        Partner partner = Arrays.stream(Partner.values())
                .filter(p -> p.toString().equals(symbol))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(RESOURCE + " names the unknown partner " + symbol));
        return fit.table(partner, node.required("rates_from").asText(), temperatures);
    }

    private static double number(JsonNode node, String key) {
        return node.required(key).doubleValue();
    }

    private static double[] numbers(JsonNode node, String key) {
        return stream(node.required(key)).mapToDouble(JsonNode::doubleValue).toArray();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
