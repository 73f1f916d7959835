package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class TallyTest {
    @Test
    void batchByBatchItHasTheBitsOfTheSum() {
        RandomSource random = RandomStream.of(3).generator();
        Tally tally = new Tally();
        List<Sum> parts = new ArrayList<>();
        assertEquals(Double.POSITIVE_INFINITY, tally.error());
        for (int b = 0; b < 40; b++) {
            int rows = b == 5 ? 0 : 1 + random.nextInt(50);
            double[] w = random.doubles(rows).map(x -> -900 + 3 / x).toArray();
            if (b == 0 || b == 7) {
                Arrays.fill(w, Double.NEGATIVE_INFINITY);
            }
            Sum part = new Sum(new double[2 * rows], new double[rows], new double[rows], w, 2L * rows);
            parts.add(part);
            tally.add(part);
            Sum sum = Sum.of(parts);
            assertEquals(sum.rows(), tally.rows());
            assertEquals(sum.ess(), tally.ess());
            assertEquals(sum.error(), tally.error());
        }
    }
}
