package org.unblend.nmf.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unblend.density.CompiledModel;
import org.unblend.infer.Engine;
import org.unblend.infer.Fit;
import org.unblend.infer.Match;
import org.unblend.infer.Task;
import org.unblend.math.Sparse;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.Distribution;
import org.unblend.model.Entries;
import org.unblend.model.ModelGraph;
import org.unblend.model.family.Flat;
import org.unblend.model.family.Normal;
import org.unblend.model.family.Poisson;

/** Solvers that hold every entry of sparse data say so, and refuse what memory cannot hold. */
class FillingTest {

    private static CompiledModel model(int size, boolean poisson) {
        Axis feature = Axis.of("feature", size);
        Axis sample = Axis.of("sample", size);
        Axis component = Axis.of("component", 1);
        int[] start = new int[size + 1];
        for (int i = 0; i < size; i++) {
            start[i + 1] = Math.min(i + 1, 20);
        }
        int[] column = new int[Math.min(size, 20)];
        double[] value = new double[column.length];
        java.util.Arrays.setAll(column, p -> p);
        java.util.Arrays.fill(value, 2);
        Distribution noise =
                poisson ? Poisson.mean("mean") : Normal.mean("mean").sd(1);
        return new CompiledModel(ModelGraph.named("m")
                .parameter("W", Dims.of(feature, component), Flat.nonNegative())
                .parameter("H", Dims.of(component, sample), Flat.nonNegative())
                .product("mean", "W", "H")
                .observe(
                        "X",
                        Dims.of(feature, sample),
                        "",
                        noise,
                        new Entries.Stored(new Sparse(size, start, column, value)))
                .build());
    }

    private static Match match(String engine, CompiledModel model) {
        Optional<Engine> found =
                PointEngines.ALL.stream().filter(e -> e.name().equals(engine)).findFirst();
        return found.orElseThrow().match(model, Set.of(Task.POINT));
    }

    @ParameterizedTest
    @CsvSource({"weighted-cd,false", "nearly-nmf,false", "shift-nmf,false", "mu,false"})
    void denseSolversSaySo(String engine, boolean poisson) {
        Match small = match(engine, model(30, poisson));
        assertTrue(small.fit() != Fit.INCOMPATIBLE, small.reason());
        // 30 x 30 entries, 5 copies, 8 bytes.
        assertTrue(
                small.reason().endsWith("; it holds every entry of these sparse data, about 0.0360 MB"),
                small.reason());
        // 80,000^2 x 40 bytes are 256 GB.
        Match large = match(engine, model(80_000, poisson));
        assertEquals(Fit.INCOMPATIBLE, large.fit());
        assertTrue(
                large.reason().startsWith("it holds every entry of sparse data, about 256.0 GB, and"), large.reason());
    }

    @ParameterizedTest
    @CsvSource({"hals,false", "anls,false", "cd-sklearn,false", "scoring-cd,true", "mu,true"})
    void sparseSolversDoNot(String engine, boolean poisson) {
        Match large = match(engine, model(80_000, poisson));
        assertTrue(large.fit() != Fit.INCOMPATIBLE, large.reason());
        assertFalse(large.reason().contains("every entry"), large.reason());
    }
}
