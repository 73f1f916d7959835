package org.unblend.radiative.fit;

import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.unblend.radiative.CollisionFit;
import org.unblend.radiative.CollisionRates;
import org.unblend.radiative.LamdaReader;
import org.unblend.radiative.LinearRotor;
import org.unblend.radiative.Molecule;
import org.unblend.radiative.RadiativeLine;

/**
 * Makes {@code molecules.json}, the built-in molecules, from LAMDA files:
 *
 * <pre>java -cp (classes and libraries) org.unblend.radiative.fit.MakeMolecules LAMDA-DIRECTORY molecules.json</pre>
 *
 * Levels and lines come from the spectroscopic constants below; of the files only fits to the rates with H2 are kept.
 */
public final class MakeMolecules {
    private static final double COLDEST = 10;
    private static final double HOTTEST = 300;
    private static final String CDMS = "CDMS: Mueller et al. 2005, J. Mol. Struct. 742, 215";

    /** CS and SiO need more levels than the others: their levels are closest. */
    private static final List<Recipe> RECIPES = List.of(
            new Recipe(
                    "CO",
                    "co.dat",
                    20,
                    new LinearRotor(57635.96828, 0.18350552, 1.731e-7, 0.11011, 0),
                    true,
                    List.of(
                            CDMS,
                            "Winnewisser et al. 1997, J. Mol. Spectrosc. 184, 468 (frequencies)",
                            "Goorvitch 1994, ApJS 95, 535 (dipole moment)"),
                    Optional.of("Yang et al. 2010, ApJ 718, 1062"),
                    0),
            // B, D and H of the isotopologues reproduce the frequencies of CDMS to 2e-8.
            new Recipe(
                    "13CO",
                    "13co.dat",
                    20,
                    new LinearRotor(55101.0126, 0.16768585, 1.506e-7, 0.11011, 0),
                    true,
                    List.of(CDMS, "Goorvitch 1994, ApJS 95, 535 (dipole moment)"),
                    Optional.empty(),
                    0),
            new Recipe(
                    "C18O",
                    "c18o.dat",
                    20,
                    new LinearRotor(54891.4202, 0.16640382, 1.430e-7, 0.11049, 0),
                    true,
                    List.of(CDMS, "Goorvitch 1994, ApJS 95, 535 (dipole moment)"),
                    Optional.empty(),
                    0),
            new Recipe(
                    "CS",
                    "cs.dat",
                    30,
                    new LinearRotor(24495.560, 0.0400, 0, 1.958, 0),
                    false,
                    List.of(CDMS, "Winnewisser and Cook 1968, J. Mol. Spectrosc. 28, 266 (dipole moment)"),
                    Optional.of("Lique et al. 2006, A&A 451, 1125"),
                    0),
            new Recipe(
                    "HCN",
                    "hcn.dat",
                    20,
                    new LinearRotor(44315.975, 0.08721, 0, 2.9852, 0),
                    false,
                    List.of(CDMS, "Ebenstein and Muenter 1984, J. Chem. Phys. 80, 3989 (dipole moment)"),
                    Optional.of("Dumouchel et al. 2010, MNRAS 406, 2488"),
                    0),
            new Recipe(
                    "HNC",
                    "hnc.dat",
                    20,
                    new LinearRotor(45331.9847, 0.0998319, 1.734e-7, 3.05, 0),
                    false,
                    List.of(
                            CDMS,
                            "Thorwirth et al. 2000, A&A 363, L37 (frequencies)",
                            "Blackman et al. 1976, Nature 261, 395 (dipole moment)"),
                    Optional.of("Dumouchel et al. 2010, MNRAS 406, 2488"),
                    0.5),
            new Recipe(
                    "HCO+",
                    "hcop.dat",
                    20,
                    new LinearRotor(44594.423, 0.08284, 0, 3.93, 0),
                    false,
                    List.of(CDMS, "Botschwina, as quoted by LAMDA (dipole moment)"),
                    Optional.of("Flower 1999, MNRAS 305, 651"),
                    0),
            new Recipe(
                    "N2H+",
                    "n2hp.dat",
                    20,
                    new LinearRotor(46586.8755, 0.087918, 0, 3.40, 0),
                    false,
                    List.of(CDMS, "Green et al. 1974, ApJ 193, L89 (dipole moment)"),
                    Optional.of("Flower 1999, MNRAS 305, 651, those of HCO+"),
                    0.5),
            new Recipe(
                    "SiO",
                    "sio.dat",
                    25,
                    new LinearRotor(21711.9824, 0.0298829, 0, 3.0982, 0),
                    false,
                    List.of(CDMS, "Raymonda et al. 1970, J. Chem. Phys. 52, 3458 (dipole moment)"),
                    Optional.of("Dayou and Balanca 2006, A&A 459, 297"),
                    0.5));

    private MakeMolecules() {}

    /**
     * What a molecule is made from.
     *
     * @param stretched true if the Einstein coefficients of the file show that the dipole moment falls with J; the first
     *     Herman-Wallis term is then fitted to them
     * @param rates where the rates come from; empty if they are those of CO
     * @param emphasis see {@link CollisionFitter#fit}; 0 for the molecules on which trained emulators rest
     */
    private record Recipe(
            String name,
            String file,
            int maxJ,
            LinearRotor rotor,
            boolean stretched,
            List<String> constants,
            Optional<String> rates,
            double emphasis) {}

    /** Arguments: the directory with LAMDA files, the file to write. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            throw new IllegalArgumentException("give two arguments: the directory with LAMDA files, the file to write");
        }
        Files.writeString(Path.of(args[1]), make(Path.of(args[0])));
    }

    /** The text of {@code molecules.json}. */
    static String make(Path lamda) throws IOException {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.put("format", "molecules/1");
        root.put("made_by", MakeMolecules.class.getName());
        ArrayNode molecules = root.putArray("molecules");
        for (Recipe r : RECIPES) {
            molecules.add(molecule(r, LamdaReader.read(lamda.resolve(r.file()))));
        }
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        return new ObjectMapper().writer(printer).writeValueAsString(root) + "\n";
    }

    private static ObjectNode molecule(Recipe recipe, Molecule file) {
        LinearRotor rotor = recipe.rotor();
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", recipe.name());
        node.put("weight_u", file.weight());
        node.put("max_j", recipe.maxJ());
        node.put("b_MHz", rotor.b());
        node.put("d_MHz", rotor.d());
        node.put("h_MHz", rotor.h());
        node.put("dipole_D", rotor.dipole());
        node.put("dipole_stretch", recipe.stretched() ? stretch(rotor, file, recipe.maxJ()) : 0);
        recipe.constants().forEach(node.putArray("constants_from")::add);
        if (recipe.rates().isEmpty()) {
            node.put("collisions_of", "CO");
            return node;
        }
        ArrayNode collisions = node.putArray("collisions");
        for (CollisionRates rates : file.collisions()) {
            if (rates.partner().isH2()) {
                collisions.add(collisions(recipe, rates));
            }
        }
        return node;
    }

    private static ObjectNode collisions(Recipe recipe, CollisionRates rates) {
        double[] temperatures = temperatures(rates);
        CollisionFit fit = CollisionFitter.fit(rates, recipe.maxJ(), temperatures, recipe.emphasis());
        double[] errors = errors(rates, fit, recipe.maxJ(), temperatures);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("partner", rates.partner().toString());
        node.put("rates_from", recipe.rates().orElseThrow() + " (LAMDA: " + rates.source() + ")");
        node.put("rate_error_median", rounded(errors[errors.length / 2]));
        node.put("rate_error_p95", rounded(errors[(int) (errors.length * 0.95)]));
        Arrays.stream(temperatures).forEach(node.putArray("temperatures_K")::add);
        Arrays.stream(fit.coefficients()).forEach(node.putArray("coefficients")::add);
        return node;
    }

    /** The temperatures of the table within the range of the fit, and its ends. */
    private static double[] temperatures(CollisionRates rates) {
        TreeSet<Double> set = new TreeSet<>(List.of(COLDEST, HOTTEST));
        for (int i = 0; i < rates.temperatures(); i++) {
            set.add(rates.temperature(i));
        }
        return set.subSet(COLDEST, true, HOTTEST, true).stream()
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** Relative errors of the fitted rates, ascending. */
    private static double[] errors(CollisionRates rates, CollisionFit fit, int maxJ, double[] temperatures) {
        double[] errors = new double[rates.size() * temperatures.length];
        int n = 0;
        for (double temperature : temperatures) {
            for (int t = 0; t < rates.size(); t++) {
                if (rates.upper(t) <= maxJ) {
                    double fitted = fit.rate(rates.upper(t), rates.lower(t), temperature);
                    errors[n++] = Math.abs(fitted / rates.at(temperature, t) - 1);
                }
            }
        }
        double[] sorted = Arrays.copyOf(errors, n);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Least-squares slope a of sqrt(A of the file / A without it) = 1 - a J^2. */
    private static double stretch(LinearRotor rotor, Molecule file, int maxJ) {
        List<RadiativeLine> rigid = rotor.lines(maxJ);
        double up = 0;
        double down = 0;
        for (RadiativeLine line : file.lines()) {
            if (line.upper() <= maxJ) {
                double j2 = (double) line.upper() * line.upper();
                up += j2
                        * (1
                                - Math.sqrt(line.einsteinA()
                                        / rigid.get(line.upper() - 1).einsteinA()));
                down += j2 * j2;
            }
        }
        return Math.rint(1e7 * up / down) / 1e7;
    }

    private static double rounded(double error) {
        return Math.rint(error * 1e4) / 1e4;
    }
}
