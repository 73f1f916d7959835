package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.References;
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
            "Example: unblend factorise counts.csv --rank 3 --likelihood poisson --out parts",
            "Maps: unblend factorise co.fits hcn.fits cs.fits --sd co-sd.fits --sd hcn-sd.fits --sd cs-sd.fits",
            "      --rank 2 --out maps"
        })
final class FactoriseCommand implements Callable<Integer> {
    @Mixin
    private final MatrixOptions options = new MatrixOptions();

    @Mixin
    private final NoiseOptions noise = new NoiseOptions();

    @Mixin
    private final FitOptions fit = new FitOptions();

    @Option(names = "--rank", required = true, paramLabel = "R", description = "number of components")
    private int rank;

    @Option(
            names = "--match",
            paramLabel = "FILE",
            description = "match the components with the columns of this table by cosine similarity")
    private Path references;

    private final Console console;

    FactoriseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        fit.check(options);
        noise.check(options);
        options.refuseBelowOne("--rank", rank);
        MatrixData data = MatrixData.read(options);
        Map<String, String> request = options.request();
        request.put("rank", Integer.toString(rank));
        noise.addTo(request);
        Optional<LabelledMatrix> matched = Optional.ofNullable(references)
                .map(f -> References.read(f, data.x().rows(), data.x().values().rows()));
        matched.ifPresent(m -> request.put("match", references.toString()));
        return new PointRun(console, options, fit)
                .run(
                        () -> noise.graph(data, rank),
                        request,
                        data.told(noise.remarks(options)),
                        data.grid(),
                        matched,
                        matched.map(m -> List.of(references)).orElse(List.of()));
    }
}
