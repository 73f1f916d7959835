package org.unblend.radiative;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.ForwardModelContract;
import org.unblend.model.RowStatus;

/** One zone of another shape than a sphere as a forward model. */
class SlabModelTest extends ForwardModelContract {
    private static final Axis LINES = new Axis("line", List.of("CO(3-2)", "CO(6-5)"));

    private static OneZoneModel model(Geometry geometry) {
        try {
            return OneZoneModel.of(MoleculeCatalog.builtIn(), LINES, 2.73, geometry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected ForwardModel model() {
        return model(Geometry.SLAB);
    }

    @Override
    protected double[] point(RandomSource random) {
        return new double[] {
            10 + 290 * random.nextOpen(),
            Math.pow(10, 2 + 6 * random.nextOpen()),
            1 + 99 * random.nextOpen(),
            Math.pow(10, 12 + 7 * random.nextOpen())
        };
    }

    @Test
    void isTheCalculatorsSlab() throws IOException {
        double[] out = new double[2];
        RowStatus[] status = new RowStatus[1];
        model().evaluate(new double[] {40, 1e4, 2, 5e16}, out, status, 1);
        LineTable.Point point = new LineTable.Point(
                MoleculeCatalog.builtIn().find("co"),
                40,
                Densities.h2(1e4),
                1e17,
                2,
                2.73,
                new Physics(Geometry.SLAB, Excitation.FULL, Intensity.CENTRE, Optional.empty(), Optional.empty()));
        List<LineTable.Row> rows = LineTable.compute(List.of(point), 10, Parallel.SERIAL);
        assertEquals(rows.get(2).flux(), out[0], 1e-12 * out[0]);
        assertEquals(rows.get(5).flux(), out[1], 1e-12 * out[1]);
        assertNotEquals(model(Geometry.LVG).fingerprint(), model().fingerprint());
    }
}
