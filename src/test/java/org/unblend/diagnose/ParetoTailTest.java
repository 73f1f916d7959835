package org.unblend.diagnose;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

class ParetoTailTest {

    /** 600 exceedances know k to (1 + k)/sqrt(600); five of these, and the pull towards 0.5 is below 0.01. */
    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.4, 0.7, 1.2})
    void theShapeOfParetoWeightsIsFound(double k) {
        RandomSource random = RandomStream.of(3).generator();
        double[] logWeights = new double[40_000];
        for (int i = 0; i < logWeights.length; i++) {
            logWeights[i] = 1000 - k * Math.log(random.nextOpen());
        }
        assertEquals(k, ParetoTail.shape(logWeights), 5 * (1 + k) / Math.sqrt(600) + 0.01);
    }

    @Test
    void degenerateWeightsHaveLimits() {
        assertEquals(Double.NEGATIVE_INFINITY, ParetoTail.shape(new double[1000]));
        assertEquals(Double.POSITIVE_INFINITY, ParetoTail.shape(new double[] {1, 2, 3}));
        double[] one = new double[1000];
        Arrays.fill(one, Double.NEGATIVE_INFINITY);
        one[3] = 0;
        assertEquals(Double.POSITIVE_INFINITY, ParetoTail.shape(one));
    }
}
