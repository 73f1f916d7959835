package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Dense;
import org.unblend.math.RandomStream;

class AllocationTest {
    @Test
    void sumsOfManyLargeCountsAreKept() {
        Dense x = Dense.zeros(1, 8);
        Arrays.fill(x.array()[0], 2e9);
        double[][] w = {{1}, {3}};
        double[][] h = new double[2][8];
        Arrays.stream(h).forEach(row -> Arrays.fill(row, 1));
        double[][] ofW = new double[2][1];
        double[][] ofH = new double[2][8];
        new Allocation(x, Optional.empty()).draw(RandomStream.of(1).generator(), 1, w, h, ofW, ofH);
        assertEquals(1.6e10, ofW[0][0] + ofW[1][0]);
        assertEquals(ofW[0][0], Arrays.stream(ofH[0]).sum());
        // 4.5 standard deviations of a binomial: false alarms once in 150,000 times; the seed is fixed.
        assertEquals(4e9, ofW[0][0], 4.5 * Math.sqrt(1.6e10 * 0.25 * 0.75));
    }
}
