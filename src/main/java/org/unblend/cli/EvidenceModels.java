package org.unblend.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.mcmc.factor.EvidenceScan.Variant;
import org.unblend.mcmc.factor.FactorForm;
import org.unblend.mcmc.factor.MatchedPrior;
import org.unblend.model.Arg;
import org.unblend.model.Axis;
import org.unblend.model.Dims;
import org.unblend.model.GraphBuilder;
import org.unblend.model.ModelGraph;
import org.unblend.model.Nearest;
import org.unblend.model.family.LogNormal;

/**
 * The models whose evidences are compared: factorisations with proper priors, and the same with others beside them.
 *
 * <p>The size of Normal or Gamma noise is inferred where nothing says it: sd log-normal around a tenth of the root mean
 * square of the data with a scatter of 2 in ln, shape log-normal around 10 with the same scatter.
 */
final class EvidenceModels {
    private static final double SCATTER = 2;

    private final MatrixData data;
    private final FactorModel.Noise noise;
    private final OptionalDouble shape;
    private final Optional<String[]> given;
    private final MatchedPrior ofW;
    private final MatchedPrior ofH;
    private final double level;
    private final double rms;

    private EvidenceModels(
            MatrixData data,
            FactorModel.Noise noise,
            OptionalDouble shape,
            Optional<String[]> given,
            MatchedPrior ofW,
            MatchedPrior ofH) {
        this.data = data;
        this.noise = noise;
        this.shape = shape;
        this.given = given;
        this.ofW = ofW;
        this.ofH = ofH;
        double sum = 0;
        double squares = 0;
        double n = 0;
        Dense x = data.x().values().dense();
        Dense weights = data.weights().orElseThrow();
        for (int i = 0; i < x.rows(); i++) {
            for (int j = 0; j < x.columns(); j++) {
                if (weights.get(i, j) > 0) {
                    sum += x.get(i, j);
                    squares += x.get(i, j) * x.get(i, j);
                    n++;
                }
            }
        }
        rms = Math.sqrt(squares / n);
        level = Math.max(sum / n, 0.1 * rms);
    }

    /**
     * Models as the command line wants them.
     *
     * @param shape of Gamma noise, or anything for noise of known size; empty if the size is not known
     * @param priorOfW empty, a family, or a family with its numbers
     * @throws org.unblend.io.json.BadInput if the priors do not go together, all data are zero, or a count is too large
     */
    static EvidenceModels of(
            MatrixOptions options,
            MatrixData data,
            FactorModel.Noise noise,
            OptionalDouble shape,
            Optional<String> priorOfW,
            Optional<String> priorOfH) {
        String w = priorOfW.orElse(name(MatchedPrior.GAMMA));
        String h = priorOfH.orElse(name(MatchedPrior.GAMMA));
        if (w.startsWith("flat") || h.startsWith("flat")) {
            throw options.bad(
                    "C004",
                    "flat priors have no evidence: its value would be that of an arbitrary constant",
                    "leave --prior-w and --prior-h out, or give proper ones, such as gamma");
        }
        if (w.contains(":") != h.contains(":")) {
            throw options.bad(
                    "C004",
                    "one prior is given with its numbers and one without, so their scales cannot be matched to the data",
                    "give both with numbers, or both without");
        }
        EvidenceModels models = w.contains(":")
                ? new EvidenceModels(data, noise, shape, Optional.of(new String[] {w, h}), null, null)
                : new EvidenceModels(data, noise, shape, Optional.empty(), family(options, w), family(options, h));
        if (!(models.rms > 0 && models.rms < Double.POSITIVE_INFINITY)) {
            throw options.bad(
                    "C005",
                    "the observed data have a root mean square of " + models.rms,
                    "give a matrix with an entry above zero");
        }
        try {
            FactorForm.of(models.main().model().apply(1));
        } catch (InvalidRequest e) {
            throw options.bad(e.code(), e.reason(), e.remedy());
        }
        return models;
    }

    private static MatchedPrior family(MatrixOptions options, String text) {
        String name = text.strip().replace('-', '_').toUpperCase(Locale.ROOT);
        return Arrays.stream(MatchedPrior.values())
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> options.bad(
                        "C004",
                        "no prior with a matched scale is called '" + text + "'",
                        Nearest.hint(
                                text,
                                Arrays.stream(MatchedPrior.values())
                                        .map(EvidenceModels::name)
                                        .toList())));
    }

    private static String name(MatchedPrior prior) {
        return prior.name().toLowerCase(Locale.ROOT);
    }

    /** Features plus samples. */
    int sides() {
        return data.x().values().rows() + data.x().values().columns();
    }

    /** The models asked for. */
    Variant main() {
        return given.isPresent()
                ? new Variant(given.get()[0] + " x " + given.get()[1], r -> explicit(r, given.get()))
                : matched(ofW, ofH, 1);
    }

    /** The same under half and twice the scale, and under the other families. */
    List<Variant> others() {
        List<Variant> others = new ArrayList<>();
        if (given.isPresent()) {
            for (MatchedPrior family : MatchedPrior.values()) {
                others.add(matched(family, family, 1));
            }
            return others;
        }
        others.add(matched(ofW, ofH, 0.5));
        others.add(matched(ofW, ofH, 2));
        for (MatchedPrior family : MatchedPrior.values()) {
            if (family != ofW || family != ofH) {
                others.add(matched(family, family, 1));
            }
        }
        return others;
    }

    private Variant matched(MatchedPrior w, MatchedPrior h, double factor) {
        String name = (w == h ? name(w) : name(w) + " x " + name(h))
                + (factor == 1 ? "" : factor < 1 ? ", half the scale" : ", twice the scale");
        return new Variant(name, rank -> {
            Axis features = FactorModel.features(data);
            Axis components = FactorModel.components(rank);
            Axis samples = new Axis("sample", data.x().columnNames("column"));
            GraphBuilder graph = ModelGraph.named("factorisation");
            w.add(graph, "W", Dims.of(features, components), components, 1);
            h.add(graph, "H", Dims.of(components, samples), components, factor * level / rank);
            return observed(graph, features, samples);
        });
    }

    private CompiledModel explicit(int rank, String[] priors) {
        Axis features = FactorModel.features(data);
        Axis components = FactorModel.components(rank);
        Axis samples = new Axis("sample", data.x().columnNames("column"));
        return observed(
                ModelGraph.named("factorisation")
                        .parameter("W", Dims.of(features, components), FactorModel.prior(priors[0]))
                        .parameter("H", Dims.of(components, samples), FactorModel.prior(priors[1])),
                features,
                samples);
    }

    private CompiledModel observed(GraphBuilder graph, Axis features, Axis samples) {
        boolean inferred = shape.isEmpty();
        if (inferred && noise == FactorModel.Noise.NORMAL) {
            graph.parameter(
                    "noise",
                    Dims.SCALAR,
                    LogNormal.mu(Arg.of(Math.log(0.1 * rms))).sigma(SCATTER));
        } else if (inferred) {
            graph.parameter(
                    "noise", Dims.SCALAR, LogNormal.mu(Arg.of(Math.log(10))).sigma(SCATTER));
        }
        return new CompiledModel(FactorModel.observed(
                graph,
                data,
                features,
                samples,
                noise,
                inferred ? Arg.of("noise") : Arg.of(shape.getAsDouble()),
                inferred ? Arg.of("noise") : Arg.of(1)));
    }
}
