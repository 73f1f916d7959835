package org.unblend.radiative;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads molecular data in the format of the Leiden Atomic and Molecular Database (Schoier et al. 2005, A&A 432, 369).
 * The format goes by position: header lines begin with an exclamation mark, their words mean nothing; what follows the
 * expected words of a line, and what follows the last block of rates, is comment.
 */
public final class LamdaReader {
    static final String LAMDA = "LAMDA: Schoier et al. 2005, A&A 432, 369; van der Tak et al. 2020, Atoms 8, 15";

    private final LamdaText text;

    private LamdaReader(LamdaText text) {
        this.text = text;
    }

    /**
     * Reads one file.
     *
     * @throws LamdaFormatException if the file does not follow the format
     * @throws IOException if the file cannot be read
     */
    public static Molecule read(Path file) throws IOException {
        // Comments hold names of authors in the encoding of their day; Latin-1 reads any byte.
        return read(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a file's text.
     *
     * @param file name for messages
     * @param content the text
     * @throws LamdaFormatException if the text does not follow the format
     */
    public static Molecule read(String file, String content) throws LamdaFormatException {
        return new LamdaReader(new LamdaText(file, content.lines().toList())).molecule();
    }

    private Molecule molecule() throws LamdaFormatException {
        text.header("the name");
        text.data("the name");
        String name = text.line().strip().split("\\s+")[0];
        if (name.isEmpty()) {
            throw text.fault("the name is blank", "write the chemical name");
        }
        double weight = number("the molecular weight");
        List<Level> levels = levels();
        List<RadiativeLine> lines = lines(levels);
        int partners = count("the number of collision partners", 1);
        List<CollisionRates> collisions = new ArrayList<>();
        List<String> citations = new ArrayList<>(List.of(LAMDA));
        for (int i = 0; i < partners; i++) {
            CollisionRates rates = collisions(levels, collisions);
            collisions.add(rates);
            citations.add(rates.source());
        }
        return new Molecule(name, weight, levels, lines, collisions, citations);
    }

    private List<Level> levels() throws LamdaFormatException {
        int n = count("the number of levels", 2);
        text.header("the levels");
        List<Level> levels = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            text.data("level " + i + " of " + n);
            text.whole("the number of level " + i, i, i);
            double energy = text.real("the energy of level " + i, 0);
            double weight = text.real("the weight of level " + i, Double.MIN_NORMAL);
            String label = text.rest().replaceAll("['\"]", " ").strip().replaceAll("\\s+", "_");
            levels.add(new Level(energy, weight, label.isEmpty() ? Integer.toString(i) : label));
        }
        return levels;
    }

    private List<RadiativeLine> lines(List<Level> levels) throws LamdaFormatException {
        int n = count("the number of lines", 1);
        text.header("the lines");
        List<RadiativeLine> lines = new ArrayList<>();
        for (int i = 1; i <= n; i++) {
            text.data("line " + i + " of " + n);
            text.whole("the number of line " + i, 1, Integer.MAX_VALUE);
            int upper = text.whole("the upper level of line " + i, 1, levels.size()) - 1;
            int lower = text.whole("the lower level of line " + i, 1, levels.size()) - 1;
            if (!(levels.get(upper).energy() > levels.get(lower).energy())) {
                throw text.fault(
                        "line " + i + " does not lead from a higher to a lower energy", "check the two level numbers");
            }
            double a = text.real("the Einstein A of line " + i, 0);
            double frequency = text.real("the frequency of line " + i, Double.MIN_NORMAL);
            lines.add(new RadiativeLine(upper, lower, a, frequency));
        }
        return lines;
    }

    private CollisionRates collisions(List<Level> levels, List<CollisionRates> before) throws LamdaFormatException {
        text.header("the collision partner");
        text.data("the collision partner");
        int number = text.whole("the number of the collision partner", 1, Partner.values().length);
        Partner partner = Partner.ofNumber(number).orElseThrow();
        String source = text.line().strip().substring(1).strip();
        if (before.stream().anyMatch(r -> r.partner() == partner)) {
            throw text.fault("the collision partner " + partner + " is given twice", "remove one of the blocks");
        }
        int n = count("the number of rates", 1);
        double[] temperatures = temperatures();
        text.header("the rates");
        int[] upper = new int[n];
        int[] lower = new int[n];
        double[] rates = new double[temperatures.length * n];
        Set<Long> seen = new HashSet<>();
        for (int t = 0; t < n; t++) {
            String what = "rate " + (t + 1) + " of " + n;
            text.data(what);
            text.whole("the number of " + what, 1, Integer.MAX_VALUE);
            upper[t] = text.whole("the upper level of " + what, 1, levels.size()) - 1;
            lower[t] = text.whole("the lower level of " + what, 1, levels.size()) - 1;
            if (upper[t] == lower[t]) {
                throw text.fault(what + " joins a level with itself", "check the two level numbers");
            }
            if (!seen.add((long) Math.max(upper[t], lower[t]) * levels.size() + Math.min(upper[t], lower[t]))) {
                throw text.fault(what + " joins levels that an earlier one joins", "remove one of the two lines");
            }
            for (int i = 0; i < temperatures.length; i++) {
                rates[i * n + t] = text.real("the rate at " + temperatures[i] + " K of " + what, 0);
            }
            if (text.more()) {
                throw text.fault(
                        what + " has more values than there are temperatures", "check the number of temperatures");
            }
        }
        return new CollisionRates(partner, source, temperatures, upper, lower, rates);
    }

    private double[] temperatures() throws LamdaFormatException {
        text.header("the number of temperatures");
        text.data("the number of temperatures");
        int n = text.whole("the number of temperatures", 1, Integer.MAX_VALUE);
        text.header("the temperatures");
        text.data("the temperatures");
        List<Double> temperatures = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            temperatures.add(text.real("temperature " + (i + 1) + " of " + n, Double.MIN_NORMAL));
            if (i > 0 && !(temperatures.get(i) > temperatures.get(i - 1))) {
                throw text.fault("the temperatures do not ascend", "put them and the rates in ascending order");
            }
        }
        return temperatures.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private double number(String what) throws LamdaFormatException {
        text.header(what);
        text.data(what);
        return text.real(what, Double.MIN_NORMAL);
    }

    /** A count of things of which each takes a line; what the file cannot hold is refused before it is made room for. */
    private int count(String what, int low) throws LamdaFormatException {
        text.header(what);
        text.data(what);
        return text.whole(what, low, Math.max(low, text.left()));
    }
}
