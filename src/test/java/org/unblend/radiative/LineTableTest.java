package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;

class LineTableTest {

    @Test
    void listsTheLinesOfEachPointInOrder() throws IOException {
        Molecule co = MoleculeCatalog.builtIn().find("co");
        Molecule pair = MiniMolecule.pair();
        List<LineTable.Row> rows = LineTable.compute(
                List.of(
                        new LineTable.Point(co, 20, 1e4, 1e16, 1, 2.73),
                        new LineTable.Point(pair, 20, 1e4, 1e16, 2, 2.73),
                        new LineTable.Point(co, 400, 1e4, 2e16, 2, 2.73)),
                10,
                Parallel.SERIAL);
        assertEquals(10 + 1 + 10, rows.size());
        assertEquals(
                List.of(1, 2, 3), rows.stream().limit(3).map(LineTable.Row::jUp).toList());
        assertEquals(1, rows.get(10).point());
        assertEquals(2, rows.get(10).jUp());
        assertEquals(299.792458, rows.get(10).frequency());
        assertEquals(LineTable.Status.OK, rows.get(0).status());
        assertEquals(LineTable.Status.EXTRAPOLATED, rows.get(11).status(), "400 K is beyond the rates");
        LineTable.Row r = rows.get(0);
        assertEquals(Constants.GAUSS * r.brightness(), r.flux(), 1e-12);
        assertTrue(r.tex() > 2.73 && r.tau() > 0);
    }

    @Test
    void doesNotDependOnThreads() throws IOException {
        Molecule co = MoleculeCatalog.builtIn().find("co");
        List<LineTable.Point> points = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            points.add(new LineTable.Point(co, 10 + i, 1e3 * (1 + i), 1e15 * (1 + i), 1 + i, 2.73));
        }
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            assertEquals(
                    LineTable.compute(points, 10, Parallel.SERIAL),
                    LineTable.compute(points, 10, new Parallel(threads)));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void refusesPointsWithoutMeaning() {
        Molecule m = MiniMolecule.pair();
        assertMessage("tkin_K", () -> new LineTable.Point(m, 0, 1e4, 1e16, 1, 2.73));
        assertMessage("n_h2_cm3", () -> new LineTable.Point(m, 20, -1, 1e16, 1, 2.73));
        assertMessage("column_cm2", () -> new LineTable.Point(m, 20, 1e4, Double.NaN, 1, 2.73));
        assertMessage("dv_kms", () -> new LineTable.Point(m, 20, 1e4, 1e16, 0, 2.73));
        assertMessage("tbg_K", () -> new LineTable.Point(m, 20, 1e4, 1e16, 1, Double.POSITIVE_INFINITY));
        assertTrue(LineTable.compute(List.of(), 10, Parallel.SERIAL).isEmpty());
    }

    private static void assertMessage(String part, Runnable action) {
        String message =
                assertThrows(IllegalArgumentException.class, action::run).getMessage();
        assertTrue(message.contains(part), message);
    }
}
