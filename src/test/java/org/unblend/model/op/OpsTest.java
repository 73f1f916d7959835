package org.unblend.model.op;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.InvalidModel;
import org.unblend.model.Kernel;
import org.unblend.model.Op;

/** Values by hand, units and refusals of every operation but forward models. */
class OpsTest extends OpContract {
    private static final Axis LINE = Axis.of("line", "a", "b", "c");
    private static final Axis PART = Axis.of("part", 2);
    private static final Axis SKY = Axis.of("sky", 2);
    private static final Dims LINE_PART = Dims.of(LINE, PART);

    @Override
    List<Case> cases() {
        List<Case> cases = new ArrayList<>(List.of(
                new Case(new Add(List.of("a", "b", "c")), List.of(Dims.of(LINE), LINE_PART, Dims.SCALAR)),
                new Case(new Add(List.of("a", "a")), List.of(Dims.of(LINE), Dims.of(LINE))),
                new Case(new Scale(List.of("a", "b", "c")), List.of(Dims.of(PART), LINE_PART, Dims.SCALAR)),
                new Case(new Product("w", "h"), List.of(LINE_PART, Dims.of(PART, SKY))),
                new Case(new SumOver("x", "line"), List.of(LINE_PART)),
                new Case(new SumOver("x", "part"), List.of(LINE_PART)),
                new Case(new Select("x", "line", List.of("c", "a")), List.of(Dims.of(PART, LINE, SKY))),
                new Case(new Convolve("x", "line", List.of(0.1, 0.7, 0.3)), List.of(Dims.of(PART, LINE, SKY))),
                new Case(new Convolve("x", "part", List.of(1.0, 2.0, 3.0, 4.0, 5.0)), List.of(LINE_PART))));
        for (Elementwise.Function f : Elementwise.Function.values()) {
            cases.add(new Case(new Elementwise(f, "x"), List.of(LINE_PART)));
        }
        return cases;
    }

    private static double[] values(Op op, List<Dims> dims, double[]... in) {
        return apply(op.bind(dims), 1, in);
    }

    private static void refused(String code, Executable action) {
        InvalidModel e = assertThrows(InvalidModel.class, action);
        assertEquals(code, e.flaws().get(0).code(), e.getMessage());
        assertTrue(!e.flaws().get(0).reason().isBlank()
                && !e.flaws().get(0).remedy().isBlank());
    }

    @Test
    void addSpreadsOverMissingAxes() {
        Op op = new Add(List.of("x", "y"));
        Kernel kernel = op.bind(List.of(Dims.of(LINE), Dims.of(PART)));
        assertEquals(LINE_PART, kernel.dims());
        double[] got = apply(kernel, 1, new double[] {1, 2, 3}, new double[] {10, 20});
        assertArrayEquals(new double[] {11, 21, 12, 22, 13, 23}, got);
    }

    @Test
    void addFindsAxesByNameNotByPosition() {
        Op op = new Add(List.of("x", "y"));
        double[] got =
                values(op, List.of(LINE_PART, Dims.of(PART, LINE)), new double[] {1, 2, 3, 4, 5, 6}, new double[] {
                    10, 20, 30, 40, 50, 60
                });
        assertArrayEquals(new double[] {11, 42, 23, 54, 35, 66}, got);
    }

    @Test
    void addKeepsAUnitAndRefusesTwo() {
        Op op = new Add(List.of("x", "y", "z"));
        assertEquals("K", op.unit(List.of("K", "K", "K")));
        assertEquals("", op.unit(List.of("K", "", "K")));
        refused("M020", () -> op.unit(List.of("K", "", "km")));
        refused("M005", () -> op.bind(List.of(Dims.of(LINE), Dims.of(Axis.of("line", "a", "b", "z")), Dims.SCALAR)));
        refused("M006", () -> new Add(List.of()).bind(List.of()));
    }

    @Test
    void scaleMultiplies() {
        Op op = new Scale(List.of("f", "x"));
        double[] got = values(op, List.of(Dims.SCALAR, Dims.of(LINE)), new double[] {0.5}, new double[] {2, 4, 6});
        assertArrayEquals(new double[] {1, 2, 3}, got);
        assertEquals("K", op.unit(List.of("1", "K")));
        assertEquals("1", op.unit(List.of("1", "1")));
        assertEquals("", op.unit(List.of("K", "K")));
        assertEquals("", op.unit(List.of("", "K")));
        refused("M006", () -> new Scale(List.of()).bind(List.of()));
    }

    @Test
    void aZeroFactorStillHasADerivative() {
        Kernel kernel = new Scale(List.of("x", "y")).bind(List.of(Dims.SCALAR, Dims.SCALAR));
        double[][] bars = {{0}, {0}};
        kernel.vjp(new double[][] {{0}, {3}}, new double[] {0}, new double[] {1}, bars, 1);
        assertArrayEquals(new double[][] {{3}, {0}}, bars);
    }

    @Test
    void productIsTheMatrixProduct() {
        Op op = new Product("w", "h");
        double[] got = values(
                op, List.of(LINE_PART, Dims.of(PART, SKY)), new double[] {1, 2, 3, 4, 5, 6}, new double[] {7, 8, 9, 10
                });
        assertArrayEquals(new double[] {25, 28, 57, 64, 89, 100}, got);
        assertEquals("K", op.unit(List.of("K", "1")));
        assertEquals(
                Dims.of(LINE, SKY),
                op.bind(List.of(LINE_PART, Dims.of(PART, SKY))).dims());
    }

    @Test
    void productRefusesOtherShapes() {
        Op op = new Product("w", "h");
        refused("M021", () -> op.bind(List.of(LINE_PART, Dims.of(SKY, PART))));
        refused("M021", () -> op.bind(List.of(Dims.of(PART, LINE), Dims.of(PART, SKY))));
        refused("M021", () -> op.bind(List.of(LINE_PART, Dims.of(PART))));
        refused("M021", () -> op.bind(List.of(LINE_PART, Dims.of(Axis.of("part", 3), SKY))));
        refused(
                "M021",
                () -> op.bind(List.of(Dims.of(LINE, PART), Dims.of(PART, LINE).without("part"))));
    }

    @Test
    void sumOverRemovesAnAxis() {
        double[] x = {1, 2, 3, 4, 5, 6};
        assertArrayEquals(new double[] {9, 12}, values(new SumOver("x", "line"), List.of(LINE_PART), x));
        assertArrayEquals(new double[] {3, 7, 11}, values(new SumOver("x", "part"), List.of(LINE_PART), x));
        assertEquals("K", new SumOver("x", "part").unit(List.of("K")));
        refused("M022", () -> new SumOver("x", "sky").bind(List.of(LINE_PART)));
    }

    @Test
    void selectKeepsEntriesInTheGivenOrder() {
        Select op = new Select("x", "line", List.of("c", "a"));
        Kernel kernel = op.bind(List.of(LINE_PART));
        assertEquals(Dims.of(Axis.of("line", "c", "a"), PART), kernel.dims());
        assertArrayEquals(new double[] {5, 6, 1, 2}, apply(kernel, 1, new double[] {1, 2, 3, 4, 5, 6}));
        refused("M022", () -> new Select("x", "sky", List.of("0")).bind(List.of(LINE_PART)));
        refused("M023", () -> new Select("x", "line", List.of("z")).bind(List.of(LINE_PART)));
        refused("M003", () -> new Select("x", "line", List.of("a", "a")).bind(List.of(LINE_PART)));
        refused("M002", () -> new Select("x", "line", List.of()).bind(List.of(LINE_PART)));
    }

    @Test
    void convolveFollowsItsFormula() {
        double[] x = {1, 10, 100};
        Op op = new Convolve("x", "line", List.of(1.0, 2.0, 3.0));
        // out[i] = 1 in[i-1] + 2 in[i] + 3 in[i+1]
        assertArrayEquals(new double[] {32, 321, 210}, values(op, List.of(Dims.of(LINE)), x));
        Op wide = new Convolve("x", "line", List.of(7.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 9.0));
        assertArrayEquals(new double[] {10, 100, 0}, values(wide, List.of(Dims.of(LINE)), x));
        refused("M022", () -> new Convolve("x", "sky", List.of(1.0)).bind(List.of(LINE_PART)));
        refused("M024", () -> new Convolve("x", "line", List.of(1.0, 2.0)));
        refused("M024", () -> new Convolve("x", "line", List.of()));
        refused("M024", () -> new Convolve("x", "line", List.of(Double.NaN)));
    }

    @Test
    void elementwiseFunctions() {
        double[] x = {4};
        double[] wanted = {Math.exp(4), Math.log(4), Math.log10(4), 1e4, 2, 16, 0.25, -4, Math.sin(4), Math.cos(4)};
        for (Elementwise.Function f : Elementwise.Function.values()) {
            double[] got = values(new Elementwise(f, "x"), List.of(Dims.SCALAR), x);
            assertEquals(wanted[f.ordinal()], got[0], 1e-12 * Math.abs(wanted[f.ordinal()]), f.name());
        }
        assertEquals("K", new Elementwise(Elementwise.Function.NEGATE, "x").unit(List.of("K")));
        assertEquals("", new Elementwise(Elementwise.Function.LOG10, "x").unit(List.of("K")));
        assertEquals("1", new Elementwise(Elementwise.Function.LOG10, "x").unit(List.of("1")));
    }

    @Test
    void anInfiniteSlopeDoesNotLeakFromAnEntryThatIsNotUsed() {
        Kernel kernel = new Elementwise(Elementwise.Function.SQRT, "x").bind(List.of(Dims.of(PART)));
        double[][] bars = {{0, 0}};
        kernel.vjp(new double[][] {{0, 4}}, new double[] {0, 2}, new double[] {0, 1}, bars, 1);
        assertArrayEquals(new double[] {0, 0.25}, bars[0]);
    }

    @Test
    void functionsOutsideTheirDomainGiveNaN() {
        for (Elementwise.Function f :
                List.of(Elementwise.Function.LOG, Elementwise.Function.LOG10, Elementwise.Function.SQRT)) {
            assertTrue(Double.isNaN(values(new Elementwise(f, "x"), List.of(Dims.SCALAR), new double[] {-1})[0]));
        }
    }
}
