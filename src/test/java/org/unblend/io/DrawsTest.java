package org.unblend.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.infer.Quantity;
import org.unblend.infer.Samples;

class DrawsTest {
    private static final Samples SAMPLES = new Samples(
            List.of("a", "b"), new double[] {1, 2, 3, 4}, new double[] {-1, -2}, new double[2], Optional.empty());

    private static List<Quantity> quantities(String... names) {
        return List.of(names).stream().map(Quantity::of).toList();
    }

    @Test
    void derivedColumnsFollowTheParameters() {
        Draws draws =
                new Draws(SAMPLES, quantities("a", "b", "c", "d"), new double[] {-10, -20}, new double[] {5, 6, 7, 8});
        assertArrayEquals(new double[] {2, 4}, draws.column(1));
        assertArrayEquals(new double[] {5, 7}, draws.column(2));
        assertArrayEquals(new double[] {6, 8}, draws.marginal(3, new double[0]).values());
        assertFalse(draws.isDerived(1));
        assertTrue(draws.isDerived(2));
        assertEquals(-22, draws.logPosterior(1));
    }

    @Test
    void whatDoesNotFitIsRefused() {
        double[] two = new double[2];
        assertThrows(IllegalArgumentException.class, () -> new Draws(SAMPLES, quantities("b", "a"), two));
        assertThrows(IllegalArgumentException.class, () -> new Draws(SAMPLES, quantities("a"), two));
        assertThrows(IllegalArgumentException.class, () -> new Draws(SAMPLES, quantities("a", "b", "c"), two));
        assertThrows(IllegalArgumentException.class, () -> new Draws(SAMPLES, quantities("a", "b", "a"), two, two));
        assertThrows(IllegalArgumentException.class, () -> new Draws(SAMPLES, quantities("a", "b"), new double[1]));
        assertThrows(IllegalArgumentException.class, () -> Quantity.of(" "));
    }
}
