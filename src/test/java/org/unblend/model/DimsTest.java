package org.unblend.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DimsTest {
    private static final Axis LINE = Axis.of("line", "a", "b", "c");
    private static final Axis PART = Axis.of("part", 2);

    private static String code(Runnable action) {
        return assertThrows(InvalidModel.class, action::run).flaws().get(0).code();
    }

    @Test
    void axesHaveNamesAndDistinctLabels() {
        assertEquals(List.of("0", "1"), PART.labels());
        assertEquals(3, LINE.length());
        assertEquals("M001", code(() -> Axis.of(" ", 2)));
        assertEquals("M002", code(() -> Axis.of("line", 0)));
        assertEquals("M003", code(() -> Axis.of("line", "a", "b", "a")));
        assertEquals("M004", code(() -> Dims.of(LINE, PART, LINE)));
        assertEquals("M004", code(() -> Dims.of(LINE, Axis.of("line", 7))));
    }

    @Test
    void anAxisKeepsItsOwnLabels() {
        List<String> labels = new ArrayList<>(List.of("x", "y"));
        Axis axis = new Axis("line", labels);
        labels.set(0, "changed");
        assertEquals(List.of("x", "y"), axis.labels());
    }

    @Test
    void sizesAndStridesAreRowMajor() {
        Dims dims = Dims.of(LINE, PART, Axis.of("sky", 5));
        assertEquals(30, dims.size());
        assertArrayEquals(new int[] {10, 5, 1}, dims.strides());
        assertEquals(1, Dims.SCALAR.size());
        assertEquals(0, Dims.SCALAR.strides().length);
        assertEquals("[line=3, part=2, sky=5]", dims.toString());
    }

    @Test
    void unionKeepsTheOrderOfTheFirst() {
        Axis sky = Axis.of("sky", 5);
        assertEquals(Dims.of(LINE, PART, sky), Dims.of(LINE, PART).union(Dims.of(sky, LINE)));
        assertEquals(Dims.of(PART), Dims.SCALAR.union(Dims.of(PART)));
        assertEquals(Dims.of(LINE), Dims.of(LINE, PART).without("part"));
        assertEquals(Optional.of(PART), Dims.of(LINE, PART).axis("part"));
        assertEquals(Optional.empty(), Dims.of(LINE, PART).axis("sky"));
    }

    @Test
    void spreadFindsThePlaceOnTheSharedAxes() {
        Dims dims = Dims.of(LINE, PART);
        assertArrayEquals(new int[] {0, 0, 1, 1, 2, 2}, dims.spread(Dims.of(LINE)));
        assertArrayEquals(new int[] {0, 1, 0, 1, 0, 1}, dims.spread(Dims.of(PART)));
        assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5}, dims.spread(Dims.of(PART, LINE)));
        assertArrayEquals(new int[6], dims.spread(Dims.SCALAR));
        assertArrayEquals(new int[] {0}, Dims.SCALAR.spread(Dims.SCALAR));
        assertEquals("M005", code(() -> Dims.of(LINE).spread(dims)));
        assertEquals("M005", code(() -> dims.spread(Dims.of(Axis.of("line", "a", "b", "z")))));
    }

    @Test
    void entriesAreLabelledInTheOrderOfStorage() {
        assertEquals(
                List.of("a,0", "a,1", "b,0", "b,1", "c,0", "c,1"),
                Dims.of(LINE, PART).entryLabels());
        assertEquals(List.of(""), Dims.SCALAR.entryLabels());
    }

    @Test
    void nearestSuggestsOnlyWhatIsAlike() {
        List<String> known = List.of("T_kin", "n_h2", "column");
        assertEquals(Optional.of("T_kin"), Nearest.of("t_kni", known));
        assertEquals(Optional.of("column"), Nearest.of("colum", known));
        assertEquals(Optional.empty(), Nearest.of("width", known));
        assertEquals(Optional.empty(), Nearest.of("W", List.of("H", "X")));
        assertEquals(Optional.empty(), Nearest.of("", known));
        assertEquals("did you mean 'n_h2'? known here: T_kin, n_h2, column", Nearest.hint("nh2", known));
        assertEquals("known here: T_kin, n_h2, column", Nearest.hint("width", known));
        assertEquals("there are none", Nearest.hint("width", List.of()));
    }

    @Test
    void supportsContainTheirEnds() {
        Support unit = new Support(0, 1);
        assertTrue(unit.contains(0) && unit.contains(1) && !unit.contains(1.5) && !unit.contains(Double.NaN));
        assertTrue(Support.REAL.contains(unit) && !unit.contains(Support.POSITIVE) && unit.contains(unit));
        assertTrue(unit.bounded() && !Support.POSITIVE.bounded());
    }
}
