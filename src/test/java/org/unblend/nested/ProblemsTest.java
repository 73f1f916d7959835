package org.unblend.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.unblend.density.Target;

class ProblemsTest {
    @Test
    void likelihoodsEqualTheReferenceValues() throws IOException {
        Path file = Path.of(System.getProperty("unblend.data", "../shared/data"), "nested-sampling/checkvalues.csv");
        assumeTrue(Files.isReadable(file), "reference values are absent: " + file);
        var byName =
                ProblemCatalogue.all().stream().collect(Collectors.toMap(Problems.Problem::name, Function.identity()));
        int compared = 0;
        for (String row : Files.readAllLines(file).subList(1, 50)) {
            String[] cells = row.split(",");
            if (byName.containsKey(cells[0])) {
                double[] u = Arrays.stream(cells)
                        .skip(3)
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                double expected = Double.parseDouble(cells[2]);
                double actual = logLikelihood(byName.get(cells[0]).target(), u);
                assertEquals(expected, actual, 1e-9 * Math.max(1, Math.abs(expected)), row);
                compared++;
            }
        }
        assertTrue(compared >= 40, "only " + compared + " values were compared");
    }

    @Test
    void likelihoodsHaveTheirPeaksWhereTheyMust() {
        assertEquals(243, logLikelihood(Problems.eggbox().target(), 0.4, 0.4), 1e-9);
        assertEquals(0, logLikelihood(Problems.rosenbrock(2, 0).target(), 0.6, 0.6), 1e-12);
        assertEquals(0, logLikelihood(Problems.cake4().target(), 0.5, 0.5, 0.5, 0.5), 0);
        double shell = -Math.log(0.1 * Math.sqrt(2 * Math.PI));
        assertEquals(shell, logLikelihood(Problems.shells(2, 0).target(), 5.5 / 12 + 0.5, 0.5), 1e-9);
        assertEquals(
                -0.5 * (5 * Math.log(2 * Math.PI) + 4 * Math.log(0.05) + Math.log(4.8)),
                logLikelihood(Problems.gauss(5, 0.95).target(), 0.5, 0.5, 0.5, 0.5, 0.5),
                1e-9);
    }

    static double logLikelihood(Target target, double... u) {
        double[] theta = new double[target.dimension()];
        double[] out = new double[1];
        target.priorTransform(u, theta, 1);
        target.logLikelihood(theta, out, 1);
        return out[0];
    }
}
