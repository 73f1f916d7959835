package org.unblend.chemistry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The network that comes with the program, {@code network.json}: about 80 species, ices included, that give CO, CS, HCN,
 * HCO+ and what they are made of nearly as the full network of UMIST RATE12 does. {@code chemistry.reduce.MakeNetwork}
 * chose it; each reaction names the source of its rate.
 */
public final class BuiltInNetwork {
    private static final String RESOURCE = "network.json";
    /** What it is called where a network has a name. */
    public static final String NAME = "built-in";

    private BuiltInNetwork() {}

    /** The network. */
    public static Network network() {
        try (InputStream in = BuiltInNetwork.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the program was packed without " + RESOURCE);
            }
            byte[] bytes = in.readAllBytes();
            JsonNode root = new ObjectMapper().readTree(bytes);
            List<Reaction> reactions = new ArrayList<>();
            root.required("reactions").forEach(r -> reactions.add(reaction(r)));
            Set<String> ices = new LinkedHashSet<>(texts(root.required("ices")));
            return Network.of(
                    NAME,
                    reactions,
                    Optional.of(ices),
                    root.required("zeta_reference_s").doubleValue(),
                    texts(root.required("citations")),
                    List.of(),
                    NetworkReader.digest(bytes));
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " in the program cannot be read", e);
        }
    }

    private static Reaction reaction(JsonNode r) {
        List<Reaction.Fit> fits = new ArrayList<>();
        for (JsonNode f : r.required("fits")) {
            fits.add(new Reaction.Fit(
                    f.get(0).doubleValue(),
                    f.get(1).doubleValue(),
                    f.get(2).doubleValue(),
                    f.get(3).doubleValue(),
                    f.get(4).doubleValue()));
        }
        return new Reaction(
                r.required("id").asText(),
                Reaction.Kind.valueOf(r.required("kind").asText().toUpperCase(Locale.ROOT)),
                texts(r.required("in")),
                texts(r.required("out")),
                fits,
                r.required("source").asText());
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
