package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.unblend.emulator.EmulatorCard;
import org.unblend.emulator.train.Dl4jLearner;
import org.unblend.emulator.train.EmulatorTraining;
import org.unblend.emulator.train.Learner;
import org.unblend.emulator.train.PlainLearner;
import org.unblend.infer.Progress;
import org.unblend.io.AtomicFile;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.emulator.TrainingFile;
import org.unblend.io.emulator.TrainingFolder;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Place;
import org.unblend.math.Parallel;
import org.unblend.math.TrainingRun;
import org.unblend.model.Nearest;
import org.unblend.plot.LinePlot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code train}: makes an emulator. */
@Command(
        name = "train",
        description = {
            "Makes an emulator of a forward model and measures its error.",
            "An interrupted training goes on when the same command is given again."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: unblend train runs/train-lines-co.json"})
final class TrainCommand implements Callable<Integer> {
    /** Sizes of a learning curve, each twice the one before, and trainings of each. */
    private static final int SIZES = 5;

    private static final int REPEATS = 3;

    @Mixin
    private Options options;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "where to write the emulator (default: as the file says)")
    private Path out;

    @Option(names = "--fresh", description = "forget an interrupted training")
    private boolean fresh;

    @Option(
            names = "--folds",
            paramLabel = "K",
            description = "cross-validate with K folds instead of making an emulator")
    private int folds;

    @Option(
            names = "--curve",
            paramLabel = "SVG",
            description = "draw the error over the number of training points instead of making an emulator")
    private Path curve;

    private final Console console;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        TrainingFile file = TrainingFile.read(options.run, Optional.ofNullable(options.lamda));
        Path target = out != null ? out : file.out();
        Learner learner = learner(file);
        if (folds < 0 || folds == 1) {
            throw new BadInput("C003", Place.of(Path.of("--folds")), "got " + folds, "give 2 or more");
        }
        String key = String.join(
                "|",
                Version.text(),
                file.recipe().toString(),
                file.model().fingerprint(),
                learner.name(),
                folds + (curve == null ? "" : " curve"));
        Path kept = target.resolveSibling(target.getFileName() + ".unfinished");
        TrainingFolder folder = TrainingFolder.open(kept, fresh ? "" : key);
        folder = fresh ? TrainingFolder.open(kept, key) : folder;
        console.out()
                .printf(
                        "%s: %s; %s%n",
                        file.recipe().name(),
                        file.model().description(),
                        file.recipe().settings());
        if (folder.resumes()) {
            console.out().println("resuming the interrupted training in " + kept);
        }
        ExecutorService executor = Machine.workers(Math.max(1, options.threads));
        Bar bar = new Bar(console);
        long start = console.clock().getAsLong();
        try {
            EmulatorTraining training =
                    new EmulatorTraining(file.recipe(), file.model(), learner, new Parallel(executor), folder, bar);
            if (curve != null) {
                draw(training, file.recipe().name(), bar);
            } else if (folds > 1) {
                crossValidate(training, bar);
            } else {
                make(training, target, bar);
                console.out()
                        .printf(
                                "finished in %s; emulator in %s%n",
                                StatusLine.duration(console.secondsSince(start)), target);
            }
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new BadInput("E020", Place.of(options.run), e.getMessage(), "change the file and train again");
        } catch (NoClassDefFoundError e) {
            throw new BadInput(
                    "E022",
                    Place.of(options.run),
                    "the backend dl4j is not on the class path",
                    "start the training by the script unblend, or write \"backend\": \"plain\"");
        } finally {
            bar.status.clear();
            executor.shutdownNow();
        }
        folder.remove();
        return ExitCode.OK;
    }

    private static Learner learner(TrainingFile file) {
        return switch (file.backend()) {
            case "plain" -> new PlainLearner();
            case "dl4j" -> new Dl4jLearner();
            default ->
                throw new BadInput(
                        "E021",
                        Place.of(file.file()),
                        "no backend is called '" + file.backend() + "'",
                        Nearest.hint(file.backend(), List.of("plain", "dl4j")));
        };
    }

    private void make(EmulatorTraining training, Path target, Bar bar) throws IOException {
        EmulatorTraining.Trained trained = training.run();
        bar.status.clear();
        EmulatorFile.write(trained.emulator(), target);
        if (trained.failed() > 0) {
            console.out().println("the model failed at " + trained.failed() + " points, which were left out");
        }
        table(trained.emulator().card().measured());
    }

    private void draw(EmulatorTraining training, String name, Bar bar) throws IOException {
        List<EmulatorTraining.CurvePoint> points = training.learningCurve(SIZES, REPEATS);
        bar.status.clear();
        int n = points.size();
        double[] x = new double[n];
        double[] middle = new double[n];
        double[] spread = new double[n];
        console.out().println("    points  mean squared error  of each training");
        for (int i = 0; i < n; i++) {
            List<Double> errors = points.get(i).errors();
            x[i] = Math.log10(points.get(i).rows());
            middle[i] = errors.stream().mapToDouble(e -> e).average().orElseThrow();
            double low = errors.stream().mapToDouble(e -> e).min().orElseThrow();
            double high = errors.stream().mapToDouble(e -> e).max().orElseThrow();
            spread[i] = Math.max(high - middle[i], middle[i] - low);
            console.out().printf(Locale.ROOT, "%10d %19.4g  %s%n", points.get(i).rows(), middle[i], errors);
        }
        AtomicFile.write(
                curve,
                LinePlot.svg(
                        "learning curve of " + name,
                        "log10 of the number of training points",
                        List.of(new LinePlot.Panel(
                                "mean squared error",
                                true,
                                List.of(new LinePlot.Series(
                                        "mean and largest deviation of " + REPEATS + " trainings",
                                        LinePlot.Style.BLUE,
                                        x,
                                        middle,
                                        spread))))));
        console.out().println("figure in " + curve);
    }

    private void crossValidate(EmulatorTraining training, Bar bar) {
        List<List<EmulatorCard.OutputError>> all = training.crossValidate(folds);
        bar.status.clear();
        for (int f = 0; f < all.size(); f++) {
            console.out().println("fold " + (f + 1));
            table(all.get(f));
        }
    }

    private void table(List<EmulatorCard.OutputError> errors) {
        console.out().println("output        points     median        p95    largest  < 1 sd  < 2 sd  measure");
        for (EmulatorCard.OutputError e : errors) {
            console.out()
                    .printf(
                            Locale.ROOT,
                            "%-12s %7d %10.3g %10.3g %10.3g %7.3f %7.3f  %s%n",
                            e.output(),
                            e.rows(),
                            e.median(),
                            e.p95(),
                            e.largest(),
                            e.within1(),
                            e.within2(),
                            e.measure());
        }
    }

    /** Points and epochs on the status line. */
    private static final class Bar implements EmulatorTraining.Watcher {
        private final StatusLine status;
        private long points;

        Bar(Console console) {
            status = new StatusLine(console);
        }

        @Override
        public void sampled(String set, int n, int of) {
            points = n;
            status.report(new Progress.Status("points", n / (double) of, set, n + " of " + of, points, "ok"));
        }

        @Override
        public void trained(String part, TrainingRun.Report r, int epochs) {
            status.report(new Progress.Status(
                    "train",
                    r.epoch() / (double) epochs,
                    String.format(Locale.ROOT, "validation loss %.3g", r.validationLoss()),
                    String.format(
                            Locale.ROOT,
                            "%s, epoch %d of %d, training loss %.3g, rate %.2g",
                            part,
                            r.epoch(),
                            epochs,
                            r.trainLoss(),
                            r.rate()),
                    points,
                    "ok"));
        }
    }
}
