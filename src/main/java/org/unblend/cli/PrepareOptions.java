package org.unblend.cli;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Dense;
import org.unblend.model.Complaint;
import org.unblend.nmf.Loss;
import org.unblend.nmf.prepare.Preparation;
import org.unblend.nmf.prepare.Prepared;
import picocli.CommandLine.Option;

/** What is done to the data before they are factorised. */
final class PrepareOptions {
    enum Negatives {
        KEEP,
        CLIP
    }

    enum Rows {
        AS_GIVEN,
        UNIT_MEAN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    enum Transform {
        NONE,
        SQRT
    }

    @Option(
            names = "--negatives",
            paramLabel = "HOW",
            description = "keep, or clip to zero, which biases faint parts upwards (default: keep)")
    private Negatives negatives = Negatives.KEEP;

    @Option(
            names = "--scale-rows",
            paramLabel = "HOW",
            description = "as-given, or unit-mean: features count alike where no errors are given (default: as-given)")
    private Rows rows = Rows.AS_GIVEN;

    @Option(
            names = "--transform",
            paramLabel = "HOW",
            description = "none, or sqrt: square roots of counts, whose variance is even (default: none)")
    private Transform transform = Transform.NONE;

    /** True if something is to be done. */
    boolean isWanted() {
        return !preparation().equals(Preparation.NONE);
    }

    private Preparation preparation() {
        return new Preparation(negatives == Negatives.CLIP, transform == Transform.SQRT, rows == Rows.UNIT_MEAN);
    }

    /**
     * @param given true if factors or starts are given, in the units of the data
     * @throws org.unblend.io.json.BadInput if that, or a bootstrap of square roots, is wanted
     */
    void check(MatrixOptions options, boolean bootstrap, boolean given) {
        if (given && (transform == Transform.SQRT || rows == Rows.UNIT_MEAN)) {
            throw options.bad(
                    "C002",
                    "--fix-w, --fix-h and tables of --init are in the units of the data, which --scale-rows and --transform"
                            + " change",
                    "prepare the data and the tables beforehand, or leave one of them out");
        }
        if (transform == Transform.SQRT && bootstrap) {
            throw options.bad(
                    "C002",
                    "--bootstrap draws counts, and --transform sqrt fits their square roots",
                    "leave out the transform: --likelihood poisson");
        }
    }

    /**
     * The data after preparation, and how to go back; empty if nothing is to be done.
     *
     * @throws org.unblend.io.json.BadInput if these data cannot be prepared so
     */
    Optional<PreparedData> prepared(MatrixOptions options, MatrixData given, FactorModel.Noise noise) {
        if (preparation().equals(Preparation.NONE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(prepared(preparation(), given.full(options), noise, options.weights != null));
        } catch (IllegalArgumentException e) {
            Complaint wrong = Complaint.of(e);
            throw options.bad("C002", wrong.reason(), wrong.remedy());
        }
    }

    /**
     * Data after preparation.
     *
     * @param data with every entry held
     * @param weighted true if their weights were given
     * @throws IllegalArgumentException {@code reason; remedy} if these data cannot be prepared so
     */
    static PreparedData prepared(Preparation preparation, MatrixData data, FactorModel.Noise noise, boolean weighted) {
        Loss loss = switch (noise) {
            case NORMAL -> Loss.NORMAL;
            case POISSON -> Loss.POISSON;
            case GAMMA -> Loss.gamma(1);
        };
        Prepared done = preparation.apply(data.x().values().dense(), data.weights(), loss);
        // Errors follow the scale of their row once: standard deviations if there are any, else inverse variances.
        boolean follow =
                done.preparation().squareRoot() || (weighted && data.sd().isEmpty());
        MatrixData after = new MatrixData(
                new LabelledMatrix(done.x(), data.x().rows(), data.x().columns()),
                follow ? done.weights() : data.weights(),
                data.sd().map(sd -> divided(sd, done.rowScale())),
                data.grid(),
                data.remarks());
        return new PreparedData(data, after, done, preparation.squareRoot() ? FactorModel.Noise.NORMAL : noise);
    }

    private static Dense divided(Dense sd, double[] scale) {
        Dense out = sd.copy();
        for (int i = 0; i < scale.length; i++) {
            double by = scale[i];
            double[] row = out.row(i);
            Arrays.setAll(row, j -> row[j] / by);
        }
        return out;
    }

    /** Adds these options to the record of what was asked for. */
    void addTo(Map<String, String> request) {
        addTo(preparation(), request);
    }

    /** Adds what was done to a record, in the words of the options. */
    static void addTo(Preparation done, Map<String, String> request) {
        request.put("negatives", word(done.clip() ? Negatives.CLIP : Negatives.KEEP));
        request.put("scale_rows", word(done.unitRows() ? Rows.UNIT_MEAN : Rows.AS_GIVEN));
        request.put("transform", word(done.squareRoot() ? Transform.SQRT : Transform.NONE));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
