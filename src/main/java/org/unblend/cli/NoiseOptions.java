package org.unblend.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.unblend.model.ModelGraph;
import picocli.CommandLine.Option;

/** The noise of a matrix and the priors of its factors. */
final class NoiseOptions {
    static final String FLAT = "flat";

    @Option(
            names = "--likelihood",
            paramLabel = "NOISE",
            description = "normal, poisson or gamma (default: ${DEFAULT-VALUE})",
            defaultValue = "normal")
    private FactorModel.Noise likelihood;

    @Option(
            names = "--shape",
            paramLabel = "A",
            description = "shape of gamma noise: the squared signal-to-noise ratio of an entry (default: 1)")
    private Double shape;

    @Option(
            names = "--prior-w",
            paramLabel = "PRIOR",
            description =
                    "prior of the entries of W, or one per free component, separated by commas (default: " + FLAT + ")")
    private String priorOfW;

    @Option(
            names = "--prior-h",
            paramLabel = "PRIOR",
            description = "prior of the entries of H, alike (default: " + FLAT + ")")
    private String priorOfH;

    /** @throws org.unblend.io.json.BadInput if an option belongs to other noise */
    void check(MatrixOptions options) {
        if (shape != null && likelihood != FactorModel.Noise.GAMMA) {
            throw options.bad("C002", "--shape is that of gamma noise", "leave it out, or add --likelihood gamma");
        }
        if (shape != null && !(shape > 0 && shape < Double.POSITIVE_INFINITY)) {
            throw options.bad("C001", "--shape is " + shape, "give a number above 0");
        }
        if ((options.sd != null || options.maps.hasErrors()) && likelihood != FactorModel.Noise.NORMAL) {
            throw options.bad("C002", "--sd is that of normal noise", "leave it out, or add --likelihood normal");
        }
    }

    /** The graph of this rank. */
    ModelGraph graph(MatrixData data, int rank) {
        return FactorModel.free(data, rank, likelihood, shape(), priorOfW(), priorOfH());
    }

    /** The noise of the data. */
    FactorModel.Noise kind() {
        return likelihood;
    }

    /** The graph of these components, whose priors count. */
    ModelGraph graph(MatrixData data, FactorBlocks blocks, FactorModel.Noise noise) {
        return blocks.graph("factorisation", data, noise, shape());
    }

    /** The same with flat priors. */
    ModelGraph flatGraph(MatrixData data, int rank) {
        return FactorModel.free(data, rank, likelihood, shape(), FLAT, FLAT);
    }

    /** What evidences are computed of: proper priors with matched scales where none are given. */
    EvidenceModels evidence(MatrixOptions options, MatrixData data) {
        return EvidenceModels.of(
                options,
                data,
                likelihood,
                known(options) ? OptionalDouble.of(shape()) : OptionalDouble.empty(),
                Optional.ofNullable(priorOfW),
                Optional.ofNullable(priorOfH));
    }

    String priorOfW() {
        return priorOfW == null ? FLAT : priorOfW;
    }

    String priorOfH() {
        return priorOfH == null ? FLAT : priorOfH;
    }

    private double shape() {
        return shape == null ? 1 : shape;
    }

    /** True if the size of the noise is given or follows from the data. */
    boolean known(MatrixOptions options) {
        return switch (likelihood) {
            case NORMAL -> options.sd != null || options.maps.hasErrors() || options.weights != null;
            case POISSON -> true;
            case GAMMA -> shape != null;
        };
    }

    /** Adds these options to the record of what was asked for. */
    void addTo(Map<String, String> request) {
        request.put("likelihood", likelihood.name().toLowerCase(Locale.ROOT));
        request.put("shape", Double.toString(shape()));
    }

    /** These options as one text, those that were left out included. */
    String request() {
        return likelihood + " " + shape + " " + priorOfW + " " + priorOfH;
    }

    /** What is assumed where nothing was given. */
    List<String> remarks(MatrixOptions options) {
        List<String> remarks = new ArrayList<>();
        if (!known(options)) {
            remarks.add(
                    likelihood == FactorModel.Noise.NORMAL
                            ? "neither --sd nor --weights is given, so every entry has sd 1"
                            : "no --shape is given, so gamma noise has shape 1");
        }
        return remarks;
    }
}
