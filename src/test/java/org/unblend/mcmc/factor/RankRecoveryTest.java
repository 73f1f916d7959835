package org.unblend.mcmc.factor;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rank of simulated factorisations; seeds are fixed. */
@Tag("slow")
class RankRecoveryTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void theTrueRankIsNotToldFromTheBest(int number) {
        RankRecovery.Recovered r = RankRecovery.recover("normal", number, 32, 3);
        List<Integer> alike = r.posterior().alike();
        assertTrue(alike.contains(r.truth()), "rank " + r.truth() + ", found " + alike);
        assertTrue(alike.size() <= 2, "found " + alike);
    }
}
