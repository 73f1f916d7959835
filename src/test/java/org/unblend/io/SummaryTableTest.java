package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.infer.Quantity;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Support;

class SummaryTableTest {
    private static final int N = 4000;
    private final RandomSource random = RandomStream.of(21).generator();
    private final double[] weights = new double[N];

    @TempDir
    Path directory;

    private Marginal temperature() {
        Arrays.fill(weights, 1.0 / N);
        double[] x = new double[N];
        double[] prior = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = 100 + 10 * random.nextGaussian();
            prior[i] = 400 * random.nextDouble();
        }
        return new Marginal(new Quantity("T_kin", "K", "", new Support(0, 400), false), x, prior);
    }

    private Marginal density() {
        double[] x = new double[N];
        double[] prior = new double[N];
        for (int i = 0; i < N; i++) {
            x[i] = Math.pow(10, 5.5 + 0.25 * random.nextGaussian());
            prior[i] = Math.pow(10, 3 + 5 * random.nextDouble());
        }
        return new Marginal(new Quantity("n_H2", "cm-3", "", new Support(1e3, 1e8), true), x, prior);
    }

    @Test
    void statisticsOfANormalLaw() {
        SummaryTable.Row row =
                SummaryTable.of(List.of(temperature()), weights).rows().get(0);
        // Fixed seed; 4 standard errors each, false alarms 6e-5.
        assertEquals(100, row.mean(), 4 * 0.158);
        assertEquals(10, row.sd(), 4 * 0.112);
        assertEquals(100 - 15.98, row.lower(), 4 * 0.32);
        assertEquals(100 + 15.98, row.upper(), 4 * 0.32);
        assertEquals(0.158, row.mcse(), 0.01);
        assertEquals(0.32, row.lowerError(), 0.12);
        assertEquals(N, row.ess(), 1e-6);
        assertEquals(Math.log(400 / (10 * Math.sqrt(2 * Math.PI * Math.E))) / Math.log(2), row.bits(), 0.12);
    }

    @Test
    void textAligns() {
        List<String> lines = SummaryTable.of(List.of(temperature(), density()), weights)
                .text()
                .lines()
                .toList();
        assertEquals(3, lines.size());
        assertTrue(lines.get(0).matches("\\s+unit\\s+mean\\s+sd\\s+eti89\\s+ess\\s+prior -> posterior\\s+bits"));
        assertTrue(
                lines.get(1)
                        .matches(
                                "T_kin  K +(99|100|101)\\.[0-9] +[0-9.]+ +\\[8[0-9.]+, 11[0-9.]+\\]  4000 +0│.{20}│400 +3\\.[0-9]"),
                lines.get(1));
        assertTrue(
                lines.get(2)
                        .matches(
                                "n_H2 +cm-3 +3\\.[0-9]+e\\+05 .*\\[1\\.[0-9]+e\\+05, .*e\\+0[56]\\].* 1000│.{20}│1e8 +[0-9.]+"),
                lines.get(2));
        assertEquals(1, lines.stream().map(String::length).distinct().count());
        assertEquals(lines.get(1).indexOf('│'), lines.get(2).indexOf('│'));
        // The posterior of T is at a quarter of its range: the fifth bar of twenty or next to it.
        int highest = lines.get(1).indexOf('█') - lines.get(1).indexOf('│') - 1;
        assertTrue(highest == 4 || highest == 5, "bar " + highest);
    }

    @Test
    void csvIsUnrounded() throws IOException {
        Marginal odd = new Marginal(
                new Quantity("a, \"b\"", "µm", "", Support.REAL, false),
                temperature().values(),
                new double[0]);
        SummaryTable table = SummaryTable.of(List.of(odd), weights);
        table.writeCsv(directory);
        List<String> lines = Files.readAllLines(directory.resolve("summary.csv"));
        assertEquals("name,unit,mean,sd,eti89_lb,eti89_ub,ess,mcse_mean,bits", lines.get(0));
        SummaryTable.Row r = table.rows().get(0);
        assertEquals(
                "\"a, \"\"b\"\"\",µm," + r.mean() + "," + r.sd() + "," + r.lower() + "," + r.upper() + "," + r.ess()
                        + "," + r.mcse() + ",nan",
                lines.get(1));
        assertEquals(-1, Files.readString(directory.resolve("summary.csv")).indexOf('\r'));
    }

    @Test
    void valuesThatAreNotFiniteAreToldAndLeftOut() {
        Marginal m = temperature();
        double clean = SummaryTable.of(List.of(m), weights).rows().get(0).mean();
        m.values()[7] = Double.NaN;
        m.values()[8] = Double.POSITIVE_INFINITY;
        SummaryTable table = SummaryTable.of(List.of(m), weights);
        assertEquals(2, table.rows().get(0).dropped());
        assertEquals(clean, table.rows().get(0).mean(), 0.05);
        assertTrue(table.text().endsWith("T_kin: 2 draws with values that are not finite left out"));
        Arrays.fill(m.values(), Double.NaN);
        assertThrows(IllegalArgumentException.class, () -> SummaryTable.of(List.of(m), weights));
    }

    @Test
    void constantsSingleDrawsAndExtremes() {
        for (double value : new double[] {0, 3.5, -1e300, 1e300, 1e-300}) {
            for (int n : new int[] {1, 50}) {
                double[] x = new double[n];
                double[] w = new double[n];
                Arrays.fill(x, value);
                Arrays.fill(w, 1);
                Marginal m = new Marginal(new Quantity("c", "", "", Support.REAL, true), x, new double[0]);
                SummaryTable.Row row = SummaryTable.of(List.of(m), w).rows().get(0);
                assertEquals(value, row.mean(), Math.abs(value) * 1e-14);
                assertEquals(n == 1 ? Double.NaN : 0, row.sd(), Math.abs(value) * 1e-14);
                assertEquals(2, new SummaryTable(List.of(row)).text().lines().count());
            }
        }
    }
}
