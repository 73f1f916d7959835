package org.unblend.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Solvers;

/**
 * Runs comparisons and makes their report.
 *
 * @param repeats times each side is measured, at least 1
 * @param scale size of the inputs; 1 is full size
 * @param python commands that may start a Python with scikit-learn; empty to compare with our ports alone
 * @param onnx the jar of ONNX Runtime; empty to do without
 * @param clock nanoseconds of wall time
 * @param out told each row as it is there
 */
public record Bench(
        int repeats, double scale, List<String> python, Optional<Path> onnx, LongSupplier clock, Consumer<String> out) {
    private static final String SCALING = "scaling";
    private static final String THREADS = "threads";
    private static final String MEMORY = "memory";
    private static final String GIBBS = "gibbs";
    /** CPU time of sampling for each repeat. */
    private static final double SECONDS = 3;

    private static final String NESTED = "nested";
    private static final String INFERENCE = "inference";

    private static final int SCALING_SIDE = 600;
    /** Above the largest rank of the scaling. */
    private static final int SMALLEST_SIDE = 40;

    public Bench {
        if (repeats < 1 || !(scale > 0 && scale <= 1)) {
            throw new IllegalArgumentException(
                    "a comparison needs a repeat and a scale above 0 and up to 1, got " + repeats + " and " + scale);
        }
    }

    /** The jar of ONNX Runtime on the class path or in Maven's repository. */
    public static Optional<Path> onnxRuntime() throws IOException {
        return Inference.find();
    }

    /** What can be asked for. */
    public static List<String> names() {
        List<String> names =
                new ArrayList<>(BenchCase.ALL.stream().map(BenchCase::name).toList());
        names.add(SCALING);
        names.add(THREADS);
        names.add(MEMORY);
        names.add(GIBBS);
        names.add(NESTED);
        names.add(INFERENCE);
        return names;
    }

    /**
     * Runs what is named, in the order of {@link #names}.
     *
     * @param wanted some of {@link #names}
     * @return the report as Markdown
     */
    public String run(List<String> wanted) throws IOException {
        StringBuilder report = new StringBuilder("# Benchmark\n\nMade by `./unblend bench "
                + String.join(" ", wanted) + " --repeats " + repeats + (scale == 1 ? "" : " --scale " + scale)
                + "` on " + Runtime.getRuntime().availableProcessors() + " processors ("
                + System.getProperty("os.arch") + "), Java " + Runtime.version() + ".\n");
        List<BenchCase> cases =
                BenchCase.ALL.stream().filter(c -> wanted.contains(c.name())).toList();
        if (!cases.isEmpty()) {
            races(cases, report);
        }
        if (wanted.contains(SCALING)) {
            tell(
                    report,
                    "\n## CPU time of an iteration: fitted exponents\n\n"
                            + Scaling.table(Math.max(SMALLEST_SIDE, (int) (scale * SCALING_SIDE)), repeats));
        }
        if (wanted.contains(THREADS)) {
            tell(
                    report,
                    "\n## Speed-up by two threads (wall time)\n\nOf fits of 10 iterations with all that precedes them. Pure"
                            + " compute is two loops that touch no memory; two fits at once share nothing but the caches, the"
                            + " memory and the garbage collector, and what they lack of pure compute no sharing of work can"
                            + " win. In brackets the range over pieces. The aim is 0.85 of pure compute.\n\n"
                            + new Threads(scale, repeats, clock).table());
        }
        if (wanted.contains(MEMORY)) {
            tell(report, "\n## Memory amid a fit\n\n" + Memory.table(scale) + "\n" + SparseMemory.table(scale));
        }
        if (wanted.contains(GIBBS)) {
            tell(
                    report,
                    "\n## Gibbs sampling: sweeps per second of CPU time, one thread\n\n"
                            + Gibbs.table(scale, SECONDS * repeats * scale)
                            + "\n"
                            + Gibbs.growth(scale, SECONDS * repeats * scale));
        }
        if (wanted.contains(NESTED)) {
            tell(report, "\n## Nested sampling besides the likelihood\n\n" + NestedCost.table(repeats));
        }
        if (wanted.contains(INFERENCE)) {
            inference(report);
        }
        return report.toString();
    }

    private void inference(StringBuilder report) throws IOException {
        Path folder = Files.createTempDirectory("unblend-bench");
        try {
            tell(
                    report,
                    "\n## Rows of the network 6-200-100-50-1 (ReLU) per second of CPU time, one thread\n\nEach side has"
                            + " processes of its own, which run in turn; a process counts with its best round. The time is"
                            + " that of the calling thread, without compiler and garbage collector. Ours computes in"
                            + " double precision, the others in single.\n\n"
                            + new Inference(scale, repeats, onnx, folder).table());
            tell(
                    report,
                    "\n## Rows of forward models per second of CPU time, one thread\n\n" + ForwardSpeed.table(scale));
        } finally {
            delete(folder);
        }
    }

    private void races(List<BenchCase> cases, StringBuilder report) throws IOException {
        Optional<ScikitLearn.Installed> peer = ScikitLearn.find(python);
        tell(
                report,
                "\n## CPU time of one thread to equal objective\n\nThe sides run in turn. Times exclude reading and the"
                        + " start of the process; ours are those of the thread in a warm"
                        + " JVM, without compiler and garbage collector. "
                        + peer.map(p -> "The peer is " + p.versions() + ", one thread.")
                                .orElse("Without scikit-learn the rivals are our ports of its methods.")
                        + "\n\n" + BenchTable.HEADER);
        for (BenchCase item : cases) {
            Path folder = Files.createTempDirectory("unblend-bench");
            try {
                Input input = item.input().apply(scale);
                FactorProblem problem = input.problem(item.loss());
                Contender ours = new Ours(Solvers.best(problem).orElseThrow(), problem, input);
                Contender rival = peer.isPresent() && item.peer().isPresent()
                        ? ScikitLearn.of(
                                peer.get().command(), folder, item.peer().get(), input)
                        : new Ours(Solvers.named(item.port()).orElseThrow(), problem, input);
                Race race = new Race(ours, rival, item.goal(), input.starts().size(), repeats);
                tell(report, BenchTable.row(item, input, race, race.run()));
            } finally {
                delete(folder);
            }
        }
    }

    private void tell(StringBuilder report, String text) {
        report.append(text);
        out.accept(text.stripTrailing());
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
