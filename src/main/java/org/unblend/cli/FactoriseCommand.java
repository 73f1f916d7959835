package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.io.matrix.References;
import org.unblend.nmf.ColumnNorm;
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
            "Priors: flat (default), exponential:RATE, half_normal:SCALE, gamma:SHAPE,RATE, log_normal:MU,SIGMA,",
            "truncated_normal:MEAN,SD with a mean of at most 0 (elastic net).",
            "Example: unblend factorise counts.csv --rank 3 --likelihood poisson --out parts",
            "Known parts: unblend factorise counts.csv --rank 3 --fix-w templates.csv --prior-w exponential:2",
            "      --prior-h exponential:1,exponential:1,gamma:2,1 --out parts",
            "Maps: unblend factorise co.fits hcn.fits cs.fits --sd co-sd.fits --sd hcn-sd.fits --sd cs-sd.fits",
            "      --rank 2 --out maps"
        })
final class FactoriseCommand implements Callable<Integer> {
    @Mixin
    private final MatrixOptions options = new MatrixOptions();

    @Mixin
    private final NoiseOptions noise = new NoiseOptions();

    @Mixin
    private final ComponentOptions known = new ComponentOptions();

    @Mixin
    private final StartOptions start = new StartOptions();

    @Mixin
    private final PrepareOptions prepare = new PrepareOptions();

    @Mixin
    private final BootstrapOptions bootstrap = new BootstrapOptions();

    @Mixin
    private final FitOptions fit = new FitOptions();

    @Option(names = "--rank", required = true, paramLabel = "R", description = "number of components")
    private int rank;

    @Option(
            names = "--normalise",
            paramLabel = "HOW",
            description = "what columns of W are scaled to, where flat priors leave their scale free: sum, l2 or max 1"
                    + " (default: sum 1 in the units that are fitted)")
    private ColumnNorm norm;

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
        start.check(options, fit.starts());
        bootstrap.check(options);
        prepare.check(
                options,
                bootstrap.isWanted(),
                !known.files().isEmpty() || !start.files().isEmpty());
        options.refuseBelowOne("--rank", rank);
        boolean flat =
                noise.priorOfW().equals(NoiseOptions.FLAT) && noise.priorOfH().equals(NoiseOptions.FLAT);
        if (norm != null && !(flat && known.files().isEmpty())) {
            throw options.bad(
                    "C002",
                    "--normalise changes the scale of components, which priors other than flat and given factors decide",
                    "leave it out, or divide the columns of factors/W.csv afterwards");
        }
        MatrixData given = MatrixData.read(options);
        Optional<PreparedData> prepared = prepare.prepared(options, given, noise.kind());
        MatrixData read = prepared.map(PreparedData::data).orElse(given);
        List<KnownComponent> components = known.components(options, read, rank, noise.priorOfW(), noise.priorOfH());
        FactorBlocks blocks = FactorBlocks.of(components);
        // A bootstrap draws every entry, and so does the likelihood of a sum of products look at each.
        MatrixData data = bootstrap.isWanted() || blocks.areSeveral() ? read.full(options) : read;
        Map<String, String> request = options.request();
        request.put("rank", Integer.toString(rank));
        noise.addTo(request);
        known.addTo(request, components);
        start.addTo(request);
        bootstrap.addTo(request);
        prepare.addTo(request);
        Optional.ofNullable(norm).ifPresent(n -> request.put("normalise", n.toString()));
        Optional<LabelledMatrix> matched = Optional.ofNullable(references)
                .map(f -> References.read(f, data.x().rows(), data.x().values().rows()));
        matched.ifPresent(m -> request.put("match", references.toString()));
        List<String> remarks = Stream.concat(
                        noise.remarks(options).stream(), ComponentOptions.remarks(components).stream())
                .toList();
        return new PointRun(console, options, fit)
                .run(new PointJob(
                        () -> noise.graph(
                                data, blocks, prepared.map(PreparedData::noise).orElse(noise.kind())),
                        prepared,
                        start.start(options, data, blocks),
                        Optional.ofNullable(norm),
                        bootstrap.request(noise.known(options)),
                        request,
                        data.told(remarks),
                        data.grid(),
                        matched,
                        Stream.of(known.files().stream(), start.files().stream(), Stream.ofNullable(references))
                                .flatMap(f -> f)
                                .toList()));
    }
}
