package org.unblend.chemistry.reduce;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.Conditions;
import org.unblend.chemistry.Network;
import org.unblend.chemistry.NetworkReader;
import org.unblend.chemistry.Reaction;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Makes {@code network.json}, the built-in network, from a full one (RATE12 of UMIST):
 *
 * <pre>java -cp (classes and libraries) org.unblend.chemistry.reduce.MakeNetwork umist12.csv network.json log.txt</pre>
 *
 * Of the file only the rate coefficients of the reactions that are kept go on, each with its reference. Limits [dex] at 44
 * conditions: a Latin hypercube in the logarithms of A_V 1-100, n 1e4-2e6, zeta 1-1000, field 1-1000, T 10-250 and metallicity
 * 0.05-2, and corners of low A_V and low metallicity, where networks that were reduced too far fail first. The full network is that part of the file whose species have data
 * for ices.
 */
public final class MakeNetwork {
    private static final int HYPERCUBE = 34;
    private static final double[][] BOX = {{1, 100}, {1e4, 2e6}, {1, 1e3}, {1, 1e3}, {10, 250}, {0.05, 2}};
    /** Species, ices included, with which omissions begin. */
    private static final int MOST = 130;

    /** Gas-phase reactions that stay in any case. */
    private static final int LEAST = 320;

    private static final double[][] CORNERS = {
        {1.6, 3e4, 100, 100, 150, 0.06},
        {1.6, 1e6, 3, 3, 40, 0.06},
        {1.2, 1e5, 30, 1000, 100, 0.3},
        {3, 1e4, 1, 1000, 30, 2},
        {3, 1e6, 1000, 1, 200, 0.1},
        {100, 1e4, 1, 1, 20, 1},
        {30, 1e6, 1, 10, 150, 1},
        {50, 3e5, 100, 10, 15, 0.2},
        {10, 1e4, 1000, 1, 30, 1},
        {40, 5e5, 10, 10, 150, 0.9}
    };

    private MakeNetwork() {}

    public static void main(String[] args) throws IOException {
        Path log = Path.of(args[2]);
        List<String> said = new ArrayList<>();
        Network reduced = reduce(NetworkReader.read(Path.of(args[0])), line -> {
            said.add(line);
            try {
                Files.write(log, said);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        Files.writeString(Path.of(args[1]), text(reduced));
    }

    static Network reduce(Network file, Consumer<String> told) {
        Map<String, Double> limits = new LinkedHashMap<>();
        limits.put("CO", 0.06);
        limits.put("HCO+", 0.10);
        limits.put("CS", 0.15);
        limits.put("HCN", 0.15);
        limits.put("H", 0.1);
        limits.put("C+", 0.15);
        limits.put("e-", 0.1);
        limits.put("C", 0.2);
        limits.put("O", 0.2);
        limits.put("N", 0.2);
        limits.put("S", 0.2);
        Reducer.Goal goal = new Reducer.Goal(limits, points());
        return new Reducer(file, ChemistrySettings.STANDARD.tolerances(1e-3, 1e-12), goal, told)
                .reduce(MOST, 0.6, LEAST);
    }

    /** A Latin hypercube, less the box where gas-phase C/O passes through 1 and abundances flip, and the corners. */
    static List<Conditions> points() {
        RandomSource random = RandomStream.of(20261125).split("reduction").generator();
        int[][] order = new int[BOX.length][HYPERCUBE];
        for (int[] o : order) {
            for (int i = 0; i < HYPERCUBE; i++) {
                int j = (int) (random.nextOpen() * (i + 1));
                o[i] = o[j];
                o[j] = i;
            }
        }
        List<Conditions> points = new ArrayList<>();
        for (int i = 0; i < HYPERCUBE; i++) {
            double[] x = new double[BOX.length];
            for (int d = 0; d < x.length; d++) {
                double u = (order[d][i] + random.nextOpen()) / HYPERCUBE;
                x[d] = Math.exp(Math.log(BOX[d][0]) + u * Math.log(BOX[d][1] / BOX[d][0]));
            }
            boolean flips = x[1] > 3e5 && x[2] < 10 && x[4] > 55 && x[4] < 100;
            if (!flips) {
                points.add(new Conditions(x[0], x[1], x[2], x[3], x[4], x[5]));
            }
        }
        for (double[] x : CORNERS) {
            points.add(new Conditions(x[0], x[1], x[2], x[3], x[4], x[5]));
        }
        return points;
    }

    /** The network as JSON, one reaction per line. */
    static String text(Network n) throws IOException {
        ObjectMapper json = new ObjectMapper();
        JsonNodeFactory make = JsonNodeFactory.instance;
        StringBuilder out = new StringBuilder("{\n \"format\": \"network/1\",\n");
        out.append(" \"zeta_reference_s\": ").append(n.zetaReference()).append(",\n \"citations\": ");
        ArrayNode citations = make.arrayNode();
        citations.add("McElroy et al. 2013, A&A 550, A36 (rate coefficients: UMIST RATE12)");
        out.append(json.writeValueAsString(citations)).append(",\n \"ices\": ");
        ArrayNode ices = make.arrayNode();
        n.ices().map(TreeSet::new).orElseGet(TreeSet::new).forEach(ices::add);
        out.append(json.writeValueAsString(ices)).append(",\n \"reactions\": [");
        String separator = "\n  ";
        for (Reaction r : n.reactions()) {
            ObjectNode node = make.objectNode();
            node.put("id", r.id());
            node.put("kind", r.kind().name().toLowerCase(Locale.ROOT));
            ArrayNode in = node.putArray("in");
            r.reactants().forEach(in::add);
            ArrayNode to = node.putArray("out");
            r.products().forEach(to::add);
            ArrayNode fits = node.putArray("fits");
            for (Reaction.Fit f : r.fits()) {
                fits.addArray()
                        .add(f.alpha())
                        .add(f.beta())
                        .add(f.gamma())
                        .add(f.low())
                        .add(f.high());
            }
            node.put("source", r.source().isEmpty() ? "RATE12" : r.source());
            out.append(separator).append(json.writeValueAsString(node));
            separator = ",\n  ";
        }
        return out.append("\n ]\n}\n").toString();
    }
}
