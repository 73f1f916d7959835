package org.unblend.mcmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.diagnose.Chains;
import org.unblend.infer.RunContext;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Nine posteriors with reference draws (posteriordb), by the rule of their README: every mean within 4 combined standard
 * errors, every sd within 5 %, R-hat below 1.01, bulk and tail ESS above 400. About 60 means: a right sampler fails one
 * of them in 250 choices of the seed.
 */
@Tag("slow")
class PosteriordbTest {

    private record Density(ReferencePosterior posterior) implements LogDensity {
        @Override
        public int dimension() {
            return posterior.dimension();
        }

        @Override
        public double evaluate(double[] z, double[] gradient) {
            Dual log = posterior.density(Dual.variables(z), new Dual[posterior.parameters()]);
            System.arraycopy(log.gradient(), 0, gradient, 0, z.length);
            return log.value();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "eight_schools_noncentered, eight_schools, 0.95, false",
        "kidscore_momiq, kidiq, 0.8, true",
        "kidscore_momhsiq, kidiq, 0.8, true",
        "arK, arK, 0.8, true",
        "garch11, garch, 0.9, true",
        "gp_regr, gp_pois_regr, 0.9, false",
        "gp_pois_regr, gp_pois_regr, 0.95, false",
        "low_dim_gauss_mix, low_dim_gauss_mix, 0.8, true",
        "blr, sblri, 0.8, true"
    })
    void agreesWithTheReferenceDraws(String name, String data, double acceptance, boolean dense) throws IOException {
        Path folder = Path.of(System.getProperty("unblend.data", "../shared/data"), "posteriordb");
        assumeTrue(
                Files.exists(folder),
                "skipped: no reference data at " + folder + "; set -Dunblend.data to their folder");
        ReferencePosterior posterior = ReferencePosterior.of(
                name, new ObjectMapper().readTree(folder.resolve(data + ".json").toFile()));
        int d = posterior.dimension();
        Nuts nuts = new Nuts(4, 1000, 2500, acceptance, dense, 10);
        List<double[]> starts = new ArrayList<>();
        for (int c = 0; c < 4; c++) {
            RandomSource random = RandomStream.of(c).split(name).generator();
            double[] z = new double[d];
            Arrays.setAll(z, i -> random.nextOpen() - 0.5);
            starts.add(z);
        }
        Nuts.Drawn drawn = nuts.sample(new Density(posterior), starts, RunContext.of(20261125));
        int n = drawn.logDensity().length;
        double[][] parameters = new double[posterior.parameters()][n];
        for (int r = 0; r < n; r++) {
            Dual[] p = new Dual[parameters.length];
            posterior.density(Dual.variables(Arrays.copyOfRange(drawn.z(), r * d, (r + 1) * d)), p);
            for (int j = 0; j < p.length; j++) {
                parameters[j][r] = p[j].value();
            }
        }
        int row = 0;
        for (String line : Files.readAllLines(folder.resolve("reference_summaries.csv"))) {
            String[] cells = line.split(",");
            if (!cells[1].equals(name)) {
                continue;
            }
            double[] x = parameters[row++];
            double[][] chains = drawn.path().split(x);
            double mean = Arrays.stream(x).average().orElseThrow();
            double sd =
                    Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).sum() / (n - 1));
            double error = Math.hypot(Chains.mcseMean(chains), Double.parseDouble(cells[7]));
            String what = name + " " + cells[3];
            assertEquals(Double.parseDouble(cells[5]), mean, 4 * error, what);
            assertEquals(1, sd / Double.parseDouble(cells[6]), 0.05, what + " sd");
            assertTrue(Chains.rhat(chains) < 1.01, what + " R-hat " + Chains.rhat(chains));
            assertTrue(Chains.essBulk(chains) > 400, what + " bulk ESS " + Chains.essBulk(chains));
            assertTrue(Chains.essTail(chains) > 400, what + " tail ESS " + Chains.essTail(chains));
        }
        assertEquals(parameters.length, row, "parameters of " + name + " in the reference");
        double divergent =
                Arrays.stream(drawn.path().figures().get("diverging")).sum();
        assertTrue(divergent <= 0.001 * n, String.format(Locale.ROOT, "%s: %.0f divergences", name, divergent));
    }
}
