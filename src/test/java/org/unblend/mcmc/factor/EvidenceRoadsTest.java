package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.Precision;
import org.unblend.infer.Problem;
import org.unblend.infer.Result;
import org.unblend.infer.RunContext;
import org.unblend.infer.Task;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Exponential;
import org.unblend.model.family.Gamma;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** Evidences of factorisations against quadrature and against brute force (data/nmf-evidence). */
class EvidenceRoadsTest {

    static CompiledModel model(double[] x, int features, int rank, Distribution likelihood) {
        Axis feature = Axis.of("feature", features);
        Axis component = Axis.of("component", rank);
        Axis sample = Axis.of("sample", x.length / features);
        return new CompiledModel(ModelGraph.named("test")
                .parameter("W", Dims.of(feature, component), Exponential.rate(1))
                .parameter("H", Dims.of(component, sample), Exponential.rate(1))
                .product("mean", "W", "H")
                .observe("X", Dims.of(feature, sample), likelihood, x)
                .build());
    }

    @Test
    void oneEntryAgreesWithQuadrature() {
        // Z = int int N(1.3 | w h, 0.4) exp(-w - h) dw dh, by the midpoint rule in the quantiles of the priors.
        int n = 2000;
        double sum = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double mean = Math.log((i + 0.5) / n) * Math.log((j + 0.5) / n);
                sum += Math.exp(-0.5 * Math.pow((1.3 - mean) / 0.4, 2)) / (0.4 * Math.sqrt(2 * Math.PI)) / n / n;
            }
        }
        FactorMoves moves = FactorMoves.of(FactorForm.of(
                model(new double[] {1.3}, 1, 1, Normal.mean("mean").sd(0.4))));
        TemperedEvidence road = new TemperedEvidence(256, 2, 8);
        RunContext context = RunContext.of(1);
        Estimate forward = road.forward(moves, road.ladder(moves, context), context);
        // Fixed seed; a right estimate is off by more than 4 errors (7 degrees of freedom) once in 200 seeds.
        assertEquals(Math.log(sum), forward.logZ(), 4 * forward.error());
        assertTrue(forward.error() < 0.05, "error " + forward.error());
    }

    @ParameterizedTest
    @CsvSource({"gauss,1", "gauss,2", "poisson,1", "poisson,2", "gamma,1", "gamma,2"})
    void agreesWithBruteForce(String noise, int rank) throws IOException {
        Path folder = Path.of(System.getProperty("unblend.data", "../shared/data"), "nmf-evidence");
        assumeTrue(
                Files.exists(folder),
                "skipped: no reference data at " + folder + "; set -Dunblend.data to their folder");
        double truth = truth(folder, noise, rank)[0];
        double truthError = truth(folder, noise, rank)[1];
        double[] x = data(folder, noise);
        Distribution likelihood = switch (noise) {
            case "gauss" -> Normal.mean("mean").sd(0.5);
            case "poisson" -> Poisson.mean("mean");
            default -> Gamma.shape(5).mean("mean");
        };
        CompiledModel model = model(x, 3, rank, likelihood);
        Map<String, Double> knobs = Map.of("particles", 400.0, "sweeps", 2.0, "warmup", 400.0, "draws", 500.0);
        Result result = new FactorEngine()
                .run(
                        new Problem(model, Set.of(Task.POSTERIOR, Task.EVIDENCE), Precision.STANDARD, knobs),
                        RunContext.of(4));
        Evidence evidence = result.evidence().orElseThrow();
        // The error comes from 8 runs: a right estimate is off by more than 5 of them once in 600 seeds.
        assertEquals(truth, evidence.logZ(), 5 * Math.hypot(evidence.error(), truthError), "forward");
        assertTrue(evidence.error() < 0.1, "error " + evidence.error());
        Finding both = result.findings().stream()
                .filter(f -> f.check().equals("evidence both ways"))
                .findFirst()
                .orElseThrow();
        assertEquals(Finding.Severity.OK, both.severity(), both.message());
    }

    /** ln Z by brute force and its error. */
    static double[] truth(Path folder, String noise, int rank) throws IOException {
        double[] truth = {Double.NaN, Double.NaN};
        for (String line : Files.readAllLines(folder.resolve("log_evidence.csv"))) {
            // Names of models may hold commas.
            String[] cells = line.split(",");
            int last = cells.length - 1;
            if (line.startsWith(noise) && cells[last - 2].equals(Integer.toString(rank))) {
                truth[0] = Double.parseDouble(cells[last - 1]);
                truth[1] = Double.parseDouble(cells[last]);
            }
        }
        return truth;
    }

    static double[] data(Path folder, String noise) throws IOException {
        return Files.readAllLines(folder.resolve("X_" + noise + ".csv")).stream()
                .filter(l -> !l.isBlank())
                .flatMap(l -> Arrays.stream(l.split(",")))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}
