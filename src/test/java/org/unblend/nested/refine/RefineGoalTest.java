package org.unblend.nested.refine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RefineGoalTest {
    @Test
    void effortFollowsThatOfTheExploration() {
        RefineGoal goal = RefineGoal.after(300_000, 10, 0.1, 500);
        assertEquals(new RefineGoal(0.02, 500, 30_000, 100_000), goal);
        assertEquals(50_000, RefineGoal.after(10_000, 10, 0.1, 500).evaluations());
        assertEquals(0.01, RefineGoal.after(10_000, 10, 0.01, 500).error());
    }

    /** A third of the evaluations of an exploration in 100 dimensions filled 6 GB. */
    @Test
    void drawsFitIntoMemory() {
        RefineGoal goal = RefineGoal.after(14_000_000, 100, 0.1, 500);
        assertEquals(400_000, goal.evaluations());
        assertEquals(200_000, goal.counted());
    }
}
