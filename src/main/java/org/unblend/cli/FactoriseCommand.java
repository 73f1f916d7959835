package org.unblend.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code factorise}: a matrix as a sum of non-negative parts. */
@Command(
        name = "factorise",
        description = "Splits a matrix into non-negative parts, X ~ noise(mean = W H), at the mode of the posterior.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Priors: flat (default), exponential:RATE, half_normal:SCALE, gamma:SHAPE,RATE,",
            "truncated_normal:MEAN,SD with a mean of at most 0 (elastic net).",
            "Example: unblend factorise counts.csv --rank 3 --likelihood poisson --out parts"
        })
final class FactoriseCommand implements Callable<Integer> {
    @Mixin
    private final MatrixOptions options = new MatrixOptions();

    @Option(names = "--rank", required = true, paramLabel = "R", description = "number of components")
    private int rank;

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

    @Option(names = "--prior-w", paramLabel = "PRIOR", description = "prior of the entries of W", defaultValue = "flat")
    private String priorOfW;

    @Option(names = "--prior-h", paramLabel = "PRIOR", description = "prior of the entries of H", defaultValue = "flat")
    private String priorOfH;

    private final Console console;

    FactoriseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        options.check();
        options.refuseBelowOne("--rank", rank);
        if (shape != null && likelihood != FactorModel.Noise.GAMMA) {
            throw options.bad("C002", "--shape is that of gamma noise", "leave it out, or add --likelihood gamma");
        }
        if (options.sd != null && likelihood != FactorModel.Noise.NORMAL) {
            throw options.bad("C002", "--sd is that of normal noise", "leave it out, or add --likelihood normal");
        }
        MatrixData data = MatrixData.read(options);
        double known = shape == null ? 1 : shape;
        Map<String, String> request = options.request();
        request.put("rank", Integer.toString(rank));
        request.put("likelihood", likelihood.name().toLowerCase(Locale.ROOT));
        request.put("shape", Double.toString(known));
        request.put("prior_w", priorOfW);
        request.put("prior_h", priorOfH);
        return new PointRun(console, options)
                .run(
                        () -> FactorModel.free(data, rank, likelihood, known, priorOfW, priorOfH),
                        request,
                        remarks(),
                        List.of());
    }

    private List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (likelihood == FactorModel.Noise.NORMAL && options.sd == null && options.weights == null) {
            remarks.add("neither --sd nor --weights is given, so every entry has sd 1");
        }
        if (likelihood == FactorModel.Noise.GAMMA && shape == null) {
            remarks.add("no --shape is given, so gamma noise has shape 1");
        }
        return remarks;
    }
}
