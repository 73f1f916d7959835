package org.unblend.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.model.Observation;
import org.unblend.model.RowStatus;

/**
 * What draws of the parameters say about the data: how well each explains every entry, and data replicated from it.
 * Arrays are owned by the record and not modified after it is made.
 *
 * @param pointwise {@code [rows x observed entries]}, as {@link CompiledModel#pointwise}
 * @param replicated per observation {@code [rows x size]}, one draw of the data for each row; NaN where an entry is
 *     missing or a forward model failed
 */
public record Predictions(double[] pointwise, List<double[]> replicated) {
    private static final int ROWS_PER_PIECE = 32;

    public Predictions {
        replicated = List.copyOf(replicated);
    }

    /**
     * Evaluates the model once per row.
     *
     * @param compiled of sparse data every entry is evaluated
     * @param theta {@code [rows x dimension]}, not modified
     * @param stream source of the replicated data, split by row
     */
    public static Predictions of(
            CompiledModel compiled, double[] theta, int rows, RandomStream stream, Parallel parallel) {
        CompiledModel model = compiled.byEntry();
        int dim = model.dimension();
        int width = model.observedEntries();
        double[] pointwise = new double[rows * width];
        List<Observation> observations = model.graph().observations();
        List<double[]> replicated = new ArrayList<>();
        observations.forEach(o -> replicated.add(new double[rows * o.dims().size()]));
        replicated.forEach(x -> Arrays.fill(x, Double.NaN));
        parallel.forRanges(rows, ROWS_PER_PIECE, (from, to) -> {
            Frame frame = model.likelihoodFrame(Arrays.copyOfRange(theta, from * dim, to * dim), to - from);
            double[] part = new double[(to - from) * width];
            model.pointwise(frame, part);
            System.arraycopy(part, 0, pointwise, from * width, part.length);
            for (int r = from; r < to; r++) {
                if (frame.status[r - from] != RowStatus.OK) {
                    continue;
                }
                RandomSource random = stream.split(r).generator();
                for (int i = 0; i < observations.size(); i++) {
                    int size = observations.get(i).dims().size();
                    IndependentFactor factor = model.program().likelihood(model.observationNodes()[i]);
                    factor.draw(random, replicated.get(i), r * size, frame, r - from);
                }
            }
        });
        return new Predictions(pointwise, replicated);
    }
}
