package org.unblend.model.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.RowStatus;
import org.unblend.model.ToyPhysics;

/** Forward models inside a graph: ports, shared axes, status. */
class ForwardTest extends OpContract {
    private static final Axis PART = Axis.of("part", 3);
    private static final Axis SKY = Axis.of("sky", 2);
    private static final Forward TOY = new Forward(new ToyPhysics(true), List.of("T", "n"));

    @Override
    List<Case> cases() {
        return List.of(
                new Case(TOY, List.of(Dims.SCALAR, Dims.SCALAR)),
                new Case(TOY, List.of(Dims.of(PART), Dims.SCALAR)),
                new Case(TOY, List.of(Dims.of(PART), Dims.of(SKY))),
                new Case(TOY, List.of(Dims.of(SKY, PART), Dims.of(PART, SKY))));
    }

    @Test
    void evaluatesOncePerEntryOfTheSharedAxes() {
        Kernel kernel = TOY.bind(List.of(Dims.of(PART), Dims.SCALAR));
        assertEquals(Dims.of(ToyPhysics.LINES, PART), kernel.dims());
        double[] t = {1, 2, 3};
        double[] got = apply(kernel, 1, t, new double[] {0.5});
        for (int l = 0; l < 2; l++) {
            for (int p = 0; p < 3; p++) {
                assertEquals(ToyPhysics.value(l, t[p], 0.5), got[l * 3 + p]);
            }
        }
    }

    @Test
    void aBadEntryMarksItsRowOnly() {
        Kernel kernel = TOY.bind(List.of(Dims.of(PART), Dims.SCALAR));
        RowStatus[] status = new RowStatus[3];
        Arrays.fill(status, RowStatus.OK);
        double[] t = {1, 2, 3, 1, -5, 3, 1, 2, 3};
        double[] out = new double[3 * 6];
        kernel.apply(new double[][] {t, {1, 1, 1}}, out, status, 3);
        assertArrayEquals(new RowStatus[] {RowStatus.OK, RowStatus.OUT_OF_DOMAIN, RowStatus.OK}, status);
        assertArrayEquals(Arrays.copyOfRange(out, 0, 6), Arrays.copyOfRange(out, 12, 18));
    }

    @Test
    void portsAreChecked() {
        ToyPhysics toy = new ToyPhysics(false);
        assertEquals("M025", code(() -> new Forward(toy, List.of("T"))));
        assertEquals("M026", code(() -> TOY.bind(List.of(Dims.of(ToyPhysics.LINES), Dims.SCALAR))));
        assertEquals("M027", code(() -> TOY.unit(List.of("mK", "cm-3"))));
        assertEquals("K km/s", TOY.unit(List.of("K", "")));
        assertFalse(new Forward(toy, List.of("T", "n"))
                .bind(List.of(Dims.SCALAR, Dims.SCALAR))
                .differentiable());
        assertTrue(TOY.bind(List.of(Dims.SCALAR, Dims.SCALAR)).differentiable());
    }

    private static String code(Runnable action) {
        return assertThrows(InvalidModel.class, action::run).flaws().get(0).code();
    }
}
