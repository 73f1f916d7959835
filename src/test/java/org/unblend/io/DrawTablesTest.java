package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawTablesTest {

    @TempDir
    Path directory;

    private List<String[]> rows(String file) throws IOException {
        return Files.readString(directory.resolve(file))
                .lines()
                .map(l -> l.split(","))
                .toList();
    }

    @Test
    void posteriorHoldsTheWeightedDraws() throws IOException {
        ToyRun run = ToyRun.of(50, 6, 4);
        DrawTables.writePosterior(directory, run.draws());
        List<String[]> rows = rows("posterior.csv");
        assertEquals("chain,draw,weight,x,y 1,radius", String.join(",", rows.get(0)));
        double total = 0;
        for (String[] row : rows.subList(1, rows.size())) {
            int draw = Integer.parseInt(row[1]);
            assertEquals(run.draws().value(draw, 1), Rows.number(row[4]));
            assertEquals(run.draws().value(draw, 2), Rows.number(row[5]));
            total += Rows.number(row[2]);
        }
        assertEquals(1, total, 1e-12);
    }

    @Test
    void weightsFollowFromThePoints() throws IOException {
        ToyRun run = ToyRun.of(50, 6, 4);
        DrawTables.writePoints(directory, run.draws(), run.evidence());
        List<String[]> rows = rows("nested/points.csv");
        assertEquals("iteration,logl,logl_birth,logvol,logwt,n_live,x,y 1,radius", String.join(",", rows.get(0)));
        assertEquals(run.draws().size(), rows.size() - 1);
        double z = 0;
        double volume = 1;
        for (String[] row : rows.subList(1, rows.size())) {
            double next = Math.exp(Rows.number(row[3]));
            int live = Integer.parseInt(row[5]);
            assertEquals(volume * live / (live + 1), next, 1e-12);
            assertEquals(Math.exp(Rows.number(row[1])) * (volume - next), Math.exp(Rows.number(row[4])), 1e-12);
            z += Math.exp(Rows.number(row[4]));
            volume = next;
        }
        assertEquals(run.evidence().logZ(), Math.log(z), 1e-9);
        assertEquals("-inf", rows.get(1)[2]);
    }

    @Test
    void pointsNeedANestedRun() {
        Draws draws = GetdistFilesTest.draws(new double[] {1}, 0);
        ToyRun run = ToyRun.of(10, 1, 5);
        assertThrows(IllegalArgumentException.class, () -> DrawTables.writePoints(directory, draws, run.evidence()));
    }
}
