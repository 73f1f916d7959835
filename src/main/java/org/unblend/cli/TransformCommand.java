package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.io.matrix.FactorFiles;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.MatrixReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code transform}: new samples as sums of the parts of a fitted factorisation. */
@Command(
        name = "transform",
        description = "Fits H to new samples with the W, the noise and the prior of a factorisation.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend transform new.csv --factors parts --out new-parts"})
final class TransformCommand implements Callable<Integer> {
    @Mixin
    private final MatrixOptions options = new MatrixOptions();

    @Mixin
    private final FitOptions fit = new FitOptions();

    @Option(
            names = "--factors",
            required = true,
            paramLabel = "DIR",
            description = "the result directory of 'unblend factorise'")
    private Path factors;

    private final Console console;

    TransformCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        fit.check(options);
        Path record = factors.resolve("result.json");
        if (!Files.isRegularFile(record)) {
            throw new BadInput(
                    "W005",
                    Place.of(factors),
                    "is no result of a factorisation: it has no result.json",
                    "name the directory that 'unblend factorise' printed");
        }
        Mistakes mistakes = new Mistakes();
        Fields fitted = Fields.ofFile(record, "result/1", mistakes).object("request");
        String noise = fitted.text("likelihood");
        String shape = fitted.text("shape");
        String priorOfH = fitted.text("prior_h");
        boolean scaled = fitted.text("scale_rows", "").equals(PrepareOptions.Rows.UNIT_MEAN.toString());
        boolean roots = fitted.text("transform", "").equals("sqrt");
        mistakes.throwIfAny();
        LabelledMatrix w = FactorFiles.readW(factors);
        MatrixData read = MatrixData.read(options);
        checkFeatures(w, read.x());
        // Rows of unit mean with errors of one size are rows as they are with errors of the size of their means.
        boolean scaledErrors = scaled
                && !roots
                && noise(record, noise) == FactorModel.Noise.NORMAL
                && options.weights == null
                && read.sd().isEmpty();
        MatrixData scaledData = scaledErrors ? read.full(options).withErrors(rowScale()) : read;
        List<String> remarks = new ArrayList<>(read.remarks());
        if (scaledErrors) {
            remarks.add("errors have the size of the row means that the factorisation divided by");
        }
        if (roots) {
            remarks.add(
                    "the factorisation took square roots; here the counts themselves are fitted with Poisson noise");
        }
        Map<String, String> request = options.request();
        request.put("factors", factors.toString());
        request.put("likelihood", noise);
        request.put("shape", shape);
        request.put("prior_h", priorOfH);
        List<KnownComponent> components =
                KnownComponent.given(w, priors(record, priorOfH, w.values().columns()));
        FactorBlocks blocks = FactorBlocks.of(components);
        MatrixData data = blocks.areSeveral() ? scaledData.full(options) : scaledData;
        return new PointRun(console, options, fit)
                .run(new PointJob(
                        () -> blocks.graph("transformation", data, noise(record, noise), shape(record, shape)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        request,
                        remarks,
                        data.grid(),
                        Optional.empty(),
                        List.of(record, factors.resolve("factors/W.csv"))));
    }

    private double[] rowScale() {
        Path file = factors.resolve("factors/row_scale.csv");
        return MatrixReader.read(file, false).values().dense().transpose().row(0);
    }

    private static FactorModel.Noise noise(Path record, String written) {
        return Stream.of(FactorModel.Noise.values())
                .filter(n -> n.name().equalsIgnoreCase(written))
                .findFirst()
                .orElseThrow(() -> unread(record, "likelihood", written));
    }

    /** The prior of each component; one whose H was given has none. */
    private static List<String> priors(Path record, String written, int components) {
        List<String> priors = PriorList.split(written);
        List<String> each = priors.size() == 1 ? Collections.nCopies(components, priors.get(0)) : priors;
        if (each.size() != components) {
            throw unread(record, "prior_h", written);
        }
        return each.stream()
                .map(p -> p.equals(KnownComponent.FIXED) ? NoiseOptions.FLAT : p)
                .toList();
    }

    private static double shape(Path record, String written) {
        try {
            return Double.parseDouble(written);
        } catch (NumberFormatException e) {
            throw unread(record, "shape", written);
        }
    }

    private static BadInput unread(Path record, String key, String written) {
        return new BadInput(
                "W006",
                Place.of(record),
                "the " + key + " of its request is '" + written + "'",
                "run the factorisation again");
    }

    private void checkFeatures(LabelledMatrix w, LabelledMatrix x) {
        if (x.values().rows() != w.values().rows()) {
            throw options.bad(
                    "X051",
                    "the data have " + x.values().rows() + " features, W has "
                            + w.values().rows(),
                    "give the features of the factorisation");
        }
        for (int i = 0; i < x.rows().size(); i++) {
            if (!x.rows().get(i).equals(w.rowNames("row").get(i))) {
                throw options.bad(
                        "X051",
                        "row " + (i + 1) + " is '" + x.rows().get(i) + "', in the factorisation it was '"
                                + w.rowNames("row").get(i) + "'",
                        "give the same features in the same order");
            }
        }
    }
}
