package org.unblend.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AssignmentTest {

    @Test
    void findsTheCheapestOfAllPermutations() {
        RandomSource source = RandomStream.of(1).generator();
        for (int trial = 0; trial < 200; trial++) {
            int rows = 1 + source.nextInt(5);
            int columns = rows + source.nextInt(3);
            double[][] cost = new double[rows][columns];
            for (double[] row : cost) {
                // Coarse values make ties; signs are mixed.
                Arrays.setAll(row, j -> source.nextInt(9) - 4);
            }
            int[] found = Assignment.cheapest(cost);
            assertEquals(rows, Arrays.stream(found).distinct().count());
            double sum = 0;
            for (int i = 0; i < rows; i++) {
                sum += cost[i][found[i]];
            }
            assertEquals(bruteForce(cost, 0, new boolean[columns]), sum);
        }
    }

    /** Worked by hand: each row has its cheapest column to itself. */
    @Test
    void knownRectangularExample() {
        assertArrayEquals(new int[] {1, 0, 2}, Assignment.cheapest(new double[][] {
            {10, 2, 8, 9}, {3, 5, 9, 7}, {8, 8, 1, 4},
        }));
        assertEquals(0, Assignment.cheapest(new double[0][]).length);
    }

    @Test
    void refusesWhatHasNoAnswer() {
        assertThrows(IllegalArgumentException.class, () -> Assignment.cheapest(new double[][] {{1}, {2}}));
        assertThrows(IllegalArgumentException.class, () -> Assignment.cheapest(new double[][] {{Double.NaN, 1}}));
        assertThrows(
                IllegalArgumentException.class, () -> Assignment.cheapest(new double[][] {{Double.POSITIVE_INFINITY}}));
    }

    private static double bruteForce(double[][] cost, int row, boolean[] taken) {
        if (row == cost.length) {
            return 0;
        }
        double best = Double.POSITIVE_INFINITY;
        for (int j = 0; j < taken.length; j++) {
            if (!taken[j]) {
                taken[j] = true;
                best = Math.min(best, cost[row][j] + bruteForce(cost, row + 1, taken));
                taken[j] = false;
            }
        }
        return best;
    }
}
