package org.unblend.io.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.density.CompiledModel;
import org.unblend.io.json.BadInput;
import org.unblend.math.Parallel;
import org.unblend.radiative.LineTable;
import org.unblend.radiative.MoleculeCatalog;

/** The models in {@code models/} against likelihoods that are put together by hand from the lines of the calculator. */
class LineModelsTest {
    private static final List<String> LINES = List.of("CO(3-2)", "CO(6-5)", "HCN(4-3)", "HCO+(4-3)", "CS(7-6)");
    private static final double[] DATA = {2346.28, 2712.7, 639.47, 251.18, 8.26};
    private static final double[] ERROR = {470, 540, 130, 50, 1.7};
    private static final Map<String, Double> COLUMNS = Map.of("CO", 1e18, "HCN", 1e15, "HCO+", 3e13, "CS", 1e13);

    @TempDir
    Path directory;

    /** Intensities of the source, line by line, by the calculator. */
    private static double[] source(double tkin, double density, double dv) throws IOException {
        double[] out = new double[LINES.size()];
        for (int l = 0; l < out.length; l++) {
            String name = LINES.get(l).substring(0, LINES.get(l).indexOf('('));
            int jUp = Integer.parseInt(LINES.get(l).replaceAll(".*\\((\\d+)-.*", "$1"));
            LineTable.Point point = new LineTable.Point(
                    MoleculeCatalog.builtIn().find(name), tkin, density, COLUMNS.get(name) * dv, dv, 2.73);
            out[l] = LineTable.compute(List.of(point), 10, Parallel.SERIAL)
                    .get(jUp - 1)
                    .flux();
        }
        return out;
    }

    private CompiledModel model(String name, Map<String, double[]> columns, List<String> labels, String missing)
            throws IOException {
        String parameters = Files.readString(Path.of("models", name))
                .lines()
                .filter(l -> l.contains("\"parameter\""))
                .map(l -> l.replaceAll(".*\"parameter\": \"([^\"]+)\".*", "$1"))
                .map(p -> "\"" + p + "\": { \"uniform\": " + range(p) + " }")
                .collect(Collectors.joining(", "));
        Files.writeString(
                directory.resolve("priors.json"), "{\"format\": \"priors/1\", \"priors\": {" + parameters + "}}");
        StringBuilder table = new StringBuilder("label," + String.join(",", columns.keySet()) + "\n");
        for (int i = 0; i < labels.size(); i++) {
            table.append('"').append(labels.get(i)).append('"');
            for (double[] c : columns.values()) {
                table.append(',').append(Double.isNaN(c[i]) ? "" : c[i]);
            }
            table.append('\n');
        }
        Files.writeString(directory.resolve("data.csv"), table);
        String data = columns.keySet().stream()
                .map(c -> "\"" + c + "\": { \"csv\": \"data.csv\", \"column\": \"" + c + "\", \"by\": \"label\""
                        + missing + " }")
                .collect(Collectors.joining(", "));
        Files.writeString(
                directory.resolve("run.json"),
                "{\"format\": \"run/1\", \"model\": \""
                        + Path.of("models", name).toAbsolutePath() + "\", \"priors\": \"priors.json\", \"data\": {"
                        + data + "}, \"want\": [\"posterior\"]}");
        return RunLoader.load(directory.resolve("run.json"), Optional.empty()).model();
    }

    private static String range(String parameter) {
        return switch (parameter.substring(0, 2)) {
            case "T_" -> "{ \"low\": 10, \"high\": 300 }";
            case "n_" -> "{ \"low\": 1e3, \"high\": 1e8 }";
            case "N_" -> "{ \"low\": 1e10, \"high\": 1e20 }";
            default -> "{ \"low\": 0.01, \"high\": 100 }";
        };
    }

    private static double[] theta(CompiledModel model, Map<String, Double> values) {
        return model.names().stream()
                .mapToDouble(
                        n -> values.containsKey(n) ? values.get(n) : COLUMNS.get(n.replaceAll("N_(.*)/dv(_.)?", "$1")))
                .toArray();
    }

    private static double logLikelihood(CompiledModel model, double[] theta) {
        double[] out = new double[1];
        model.logLikelihood(theta, out, 1);
        return out[0];
    }

    private static double normal(double x, double mean, double sd) {
        return new NormalDistribution(null, mean, sd).logDensity(x);
    }

    @Test
    void twoPhasesAdd() throws IOException {
        CompiledModel model =
                model("two-phase-lines.json", new TreeMap<>(Map.of("I", DATA, "I_err", ERROR)), LINES, "");
        double[] first = source(150, 1e5, 30);
        double[] second = source(25, 2e4, 30);
        double expected = 0;
        for (int l = 0; l < DATA.length; l++) {
            expected += normal(DATA[l], 0.3 * first[l] + 0.8 * second[l], ERROR[l]);
        }
        double[] theta = theta(
                model,
                Map.of(
                        "dv", 30.0, "T_kin_1", 150.0, "n_H2_1", 1e5, "fill_1", 0.3, "T_kin_2", 25.0, "n_H2_2", 2e4,
                        "fill_2", 0.8));
        assertEquals(expected, logLikelihood(model, theta), 1e-7 * Math.abs(expected));
    }

    @Test
    void limitsCountByTheProbabilityBelowThem() throws IOException {
        double nan = Double.NaN;
        double[] seen = {2346.28, nan, 639.47, nan, 8.26};
        double[] limit = {nan, 1500, nan, 150, nan};
        CompiledModel model = model(
                "one-phase-lines-limits.json",
                new TreeMap<>(Map.of("I", seen, "I_limit", limit, "I_err", ERROR)),
                LINES,
                ", \"missing\": \"skip\"");
        double[] source = source(150, 1e5, 30);
        double expected = 0;
        for (int l = 0; l < seen.length; l++) {
            expected += Double.isNaN(limit[l])
                    ? normal(seen[l], 0.3 * source[l], ERROR[l])
                    : Math.log(new NormalDistribution(null, 0.3 * source[l], ERROR[l]).cumulativeProbability(limit[l]));
        }
        double[] theta = theta(model, Map.of("dv", 30.0, "T_kin", 150.0, "n_H2", 1e5, "fill", 0.3));
        assertEquals(expected, logLikelihood(model, theta), 1e-7 * Math.abs(expected));
    }

    @Test
    void blankNoiseOfALimitIsRefused() {
        double nan = Double.NaN;
        double[] error = {470, nan, 130, 50, 1.7};
        BadInput e = assertThrows(
                BadInput.class,
                () -> model(
                        "one-phase-lines-limits.json",
                        new TreeMap<>(Map.of("I", DATA, "I_limit", DATA, "I_err", error)),
                        LINES,
                        ", \"missing\": \"skip\""));
        assertTrue(e.getMessage().contains("constants must be finite"), e.getMessage());
    }

    /**
     * The likelihood summed over a grid of the four calibrations, each Normal, is the multivariate normal density whose
     * covariance has s^2 m_i m_j between lines of one species.
     */
    @Test
    void calibrationsMarginaliseToCorrelatedErrors() throws IOException {
        CompiledModel model =
                model("one-phase-lines-calibrated.json", new TreeMap<>(Map.of("I", DATA, "I_err", ERROR)), LINES, "");
        double[] mean = source(150, 1e5, 30);
        double scatter = 0.07;
        double[][] covariance = new double[5][5];
        double s = 0.15;
        for (int i = 0; i < 5; i++) {
            mean[i] *= 0.3;
            for (int j = 0; j <= i; j++) {
                boolean together = i == j || (i == 1 && j == 0);
                double m = (i == 0 ? mean[0] : mean[i]) * mean[j];
                covariance[i][j] = together ? s * s * m : 0;
                covariance[j][i] = covariance[i][j];
            }
            covariance[i][i] += ERROR[i] * ERROR[i] + Math.pow(scatter * mean[i], 2);
        }
        double expected = Math.log(new MultivariateNormalDistribution(null, mean, covariance).density(DATA));

        double[] theta = theta(
                model,
                new TreeMap<>(Map.of(
                        "dv",
                        30.0,
                        "T_kin",
                        150.0,
                        "n_H2",
                        1e5,
                        "fill",
                        0.3,
                        "scatter",
                        scatter,
                        "calibration[CO]",
                        0.0,
                        "calibration[HCN]",
                        0.0,
                        "calibration[HCO+]",
                        0.0,
                        "calibration[CS]",
                        0.0)));
        // Given the rest, the species are independent: the sum over the grid is a product of sums over each
        // calibration.
        double atZero = logLikelihood(model, theta);
        double total = atZero;
        double step = 0.02 * s;
        for (String species : List.of("CO", "HCN", "HCO+", "CS")) {
            int at = model.names().indexOf("calibration[" + species + "]");
            double sum = 0;
            for (int k = -400; k <= 400; k++) {
                double[] moved = theta.clone();
                moved[at] = k * step;
                sum += step * Math.exp(logLikelihood(model, moved) - atZero + normal(k * step, 0, s));
            }
            total += Math.log(sum);
        }
        assertEquals(expected, total, 1e-6 * Math.abs(expected));
    }

    @Test
    void ratiosAreDifferencesOfLogarithms() throws IOException {
        double[] ratio = {-0.1, 0.2};
        double[] error = {0.1, 0.15};
        CompiledModel model = model(
                "one-phase-line-ratios.json",
                new TreeMap<>(Map.of("R", ratio, "R_err", error)),
                List.of("CO(6-5)/CO(3-2)", "HCN(4-3)/HCO+(4-3)"),
                "");
        double[] i = source(150, 1e5, 30);
        double expected =
                normal(ratio[0], Math.log10(i[1] / i[0]), 0.1) + normal(ratio[1], Math.log10(i[2] / i[3]), 0.15);
        double[] theta = theta(model, Map.of("dv", 30.0, "T_kin", 150.0, "n_H2", 1e5));
        assertEquals(expected, logLikelihood(model, theta), 1e-7 * Math.abs(expected));
    }
}
