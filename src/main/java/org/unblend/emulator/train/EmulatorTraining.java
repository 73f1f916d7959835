package org.unblend.emulator.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorCard;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.math.Activation;
import org.unblend.math.DenseNetwork;
import org.unblend.math.Parallel;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;
import org.unblend.math.RegressionLoss;
import org.unblend.math.TrainingData;
import org.unblend.math.TrainingRun;
import org.unblend.math.TrainingSettings;
import org.unblend.model.ForwardModel;

/**
 * Makes an emulator by a recipe: points, networks, their error as a function of the inputs, and a test on points of its
 * own. Weights are rounded to single precision, as files keep them, before anything is measured.
 */
public final class EmulatorTraining {
    /** Keeps the logarithm of a residual finite; far below what matters. */
    private static final double LEAST_RESIDUAL = 1e-9;
    /** Fewest rows that teach an error network. */
    private static final int FEWEST = 10;

    private static final TrainingSettings ERROR =
            new TrainingSettings(60, 256, 3e-3, 3e-5, 1, 60, RegressionLoss.SQUARED);
    /** Steps per epoch that the error network has at least, by smaller batches where rows are few. */
    private static final int ERROR_STEPS = 20;

    private final Recipe recipe;
    private final ForwardModel model;
    private final Learner learner;
    private final Parallel parallel;
    private final TrainingStore store;
    private final Watcher watcher;
    private final RandomStream root;

    /** Told how far a training is. */
    public interface Watcher {
        /** Points computed so far. */
        void sampled(String set, int points, int of);

        /** An epoch of a network ended. */
        void trained(String part, TrainingRun.Report report, int epochs);

        /** Tells nobody. */
        Watcher NONE = new Watcher() {
            @Override
            public void sampled(String set, int points, int of) {}

            @Override
            public void trained(String part, TrainingRun.Report report, int epochs) {}
        };
    }

    /**
     * An emulator and the points it was tested on.
     *
     * @param emulator the emulator, its card filled
     * @param test points that had no part in training
     * @param failed points, of all sets, at which the model failed
     */
    public record Trained(Emulator emulator, Samples test, int failed) {}

    /**
     * @param model what is emulated; its inputs are those of the recipe
     * @throws IllegalArgumentException if the recipe's inputs are not the model's, or lie outside its domain
     */
    public EmulatorTraining(
            Recipe recipe,
            ForwardModel model,
            Learner learner,
            Parallel parallel,
            TrainingStore store,
            Watcher watcher) {
        List<String> wanted = recipe.inputs().stream().map(EmulatorInput::name).toList();
        List<String> offered = model.inputs().stream().map(p -> p.name()).toList();
        if (!wanted.equals(offered)) {
            throw new IllegalArgumentException(
                    "the recipe has the inputs " + wanted + ", the model " + offered + "; name the same in this order");
        }
        for (int i = 0; i < wanted.size(); i++) {
            EmulatorInput input = recipe.inputs().get(i);
            if (!model.inputs().get(i).domain().contains(input.low())
                    || !model.inputs().get(i).domain().contains(input.high())) {
                throw new IllegalArgumentException("'" + input.name() + "' is asked from " + input.low() + " to "
                        + input.high() + ", but the model is valid on "
                        + model.inputs().get(i).domain() + "; stay inside");
            }
        }
        this.recipe = recipe;
        this.model = model;
        this.learner = learner;
        this.parallel = parallel;
        this.store = store;
        this.watcher = watcher;
        root = RandomStream.of(recipe.seed());
    }

    /** The training points of the recipe, in an order in which any leading part is a fair sample. */
    public Samples samples() {
        return sample("train", recipe.design(), recipe.rows());
    }

    private Samples sample(String set, Design design, int rows) {
        double[][] u = design.points(rows, recipe.inputs().size(), root.split(set));
        if (design == Design.SOBOL) {
            // Neighbours in the sequence are not alike, but its blocks of powers of two are no random subsets.
            shuffle(u, root.split(set).split("shuffle"));
        }
        return Samples.of(set, recipe.inputs(), u, model, parallel, store, n -> watcher.sampled(set, n, rows));
    }

    private static void shuffle(double[][] rows, RandomStream stream) {
        RandomSource random = stream.generator();
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            double[] t = rows[i];
            rows[i] = rows[j];
            rows[j] = t;
        }
    }

    /** Does it all. */
    public Trained run() {
        Samples train = samples();
        Samples test = sample("test", Design.RANDOM, recipe.test());
        int held = (int) Math.round(train.x().length * recipe.validation());
        if (held < 1 || train.x().length - held < FEWEST || test.x().length == 0) {
            throw new IllegalArgumentException("the model failed at " + train.failed() + " of " + recipe.rows()
                    + " training points and " + test.failed() + " of " + recipe.test()
                    + " test points; too few are left. Narrow the intervals");
        }
        Samples learn = train.part(0, train.x().length - held);
        Samples validation = train.part(train.x().length - held, train.x().length);
        Emulator bare = fit("", learn, validation);
        Emulator emulator = withError(bare, validation);
        List<EmulatorCard.OutputError> measured = TestErrors.of(emulator, test, recipe.significant());
        Emulator named = new Emulator(
                card(measured), emulator.domain(), emulator.outputs(), emulator.parts(), emulator.errorNetwork());
        return new Trained(named, test, train.failed() + test.failed());
    }

    /**
     * Errors by cross-validation: the training points are cut into {@code folds} parts, and each is predicted by networks
     * that were trained on the others.
     *
     * @param folds at least 2
     * @return one list of errors for each fold
     */
    public List<List<EmulatorCard.OutputError>> crossValidate(int folds) {
        Samples all = samples();
        int n = all.x().length;
        List<List<EmulatorCard.OutputError>> errors = new ArrayList<>();
        for (int f = 0; f < folds; f++) {
            int from = (int) ((long) n * f / folds);
            int to = (int) ((long) n * (f + 1) / folds);
            Samples out = all.part(from, to);
            Samples rest = new Samples(joined(all.x(), from, to), joined(all.y(), from, to), 0);
            int held = Math.max(1, (int) Math.round(rest.x().length * recipe.validation()));
            Emulator e = fit(
                    "fold-" + f + "-",
                    rest.part(0, rest.x().length - held),
                    rest.part(rest.x().length - held, rest.x().length));
            errors.add(TestErrors.of(e, out, recipe.significant()));
        }
        return errors;
    }

    /**
     * One point of a learning curve.
     *
     * @param rows number of points trained on
     * @param errors mean squared error of s over test points and outputs, one for each repeat
     */
    public record CurvePoint(int rows, List<Double> errors) {}

    /**
     * Trains on ever larger parts of the training points, up to all, and measures each on the test points.
     *
     * @param sizes number of parts, each twice as large as the one before, at least 1
     * @param repeats trainings of each, from other starts and on other points where there are any
     */
    public List<CurvePoint> learningCurve(int sizes, int repeats) {
        Samples all = samples();
        Samples test = sample("test", Design.RANDOM, recipe.test());
        int n = all.x().length;
        List<CurvePoint> curve = new ArrayList<>();
        for (int s = sizes - 1; s >= 0; s--) {
            int rows = n >> s;
            int held = Math.max(1, (int) Math.round(rows * recipe.validation()));
            if (rows - held < FEWEST) {
                continue;
            }
            List<Double> errors = new ArrayList<>();
            for (int r = 0; r < repeats; r++) {
                int from = (int) ((long) (n - rows) * r / Math.max(1, repeats - 1));
                Emulator e = fit(
                        "curve-" + rows + "-" + r + "-",
                        all.part(from, from + rows - held),
                        all.part(from + rows - held, from + rows));
                errors.add(Arrays.stream(TestErrors.residuals(e, test))
                        .flatMapToDouble(Arrays::stream)
                        .map(d -> d * d)
                        .average()
                        .orElseThrow());
            }
            curve.add(new CurvePoint(rows, errors));
        }
        return curve;
    }

    private static double[][] joined(double[][] rows, int from, int to) {
        double[][] rest = Arrays.copyOf(rows, rows.length - (to - from));
        System.arraycopy(rows, to, rest, from, rows.length - to);
        return rest;
    }

    /** Networks without an error of their own. */
    Emulator fit(String prefix, Samples learn, Samples validation) {
        List<EmulatorOutput> outputs = NetworkUnits.outputs(recipe, model, learn);
        double[][] x = NetworkUnits.inputs(recipe.inputs(), learn.x());
        double[][] xHeld = NetworkUnits.inputs(recipe.inputs(), validation.x());
        List<Emulator.Part> parts = new ArrayList<>();
        int width = recipe.shared() ? outputs.size() : 1;
        for (int first = 0; first < outputs.size(); first += width) {
            String part =
                    prefix + (recipe.shared() ? "shared" : outputs.get(first).name());
            List<EmulatorOutput> some = outputs.subList(first, first + width);
            RandomStream stream = root.split("network").split(part);
            Learner.Task task = new Learner.Task(
                    part,
                    DenseNetwork.random(widths(recipe.hidden(), width), recipe.activation(), stream.split("start")),
                    new TrainingData(x, NetworkUnits.outputs(learn.y(), some, first)),
                    new TrainingData(xHeld, NetworkUnits.outputs(validation.y(), some, first)),
                    recipe.settings(),
                    stream.split("batches"));
            DenseNetwork net = learner.learn(
                    task, store, r -> watcher.trained(part, r, recipe.settings().epochs()));
            parts.add(new Emulator.Part(NetworkUnits.rounded(net), first));
        }
        return new Emulator(card(List.of()), recipe.inputs(), outputs, parts, Optional.empty());
    }

    private int[] widths(List<Integer> hidden, int outputs) {
        int[] widths = new int[hidden.size() + 2];
        widths[0] = recipe.inputs().size();
        for (int i = 0; i < hidden.size(); i++) {
            widths[i + 1] = hidden.get(i);
        }
        widths[hidden.size() + 1] = outputs;
        return widths;
    }

    /** Adds a network that gives the mean of ln |residual|, learnt from the validation rows. */
    private Emulator withError(Emulator e, Samples validation) {
        if (recipe.error().isEmpty()) {
            return e;
        }
        double[][] residuals = TestErrors.residuals(e, validation);
        double[][] logs = Arrays.stream(residuals)
                .map(row -> Arrays.stream(row)
                        .map(r -> Math.log(Math.abs(r) + LEAST_RESIDUAL))
                        .toArray())
                .toArray(double[][]::new);
        double[][] x = NetworkUnits.inputs(recipe.inputs(), validation.x());
        // A fifth ends this training in its turn.
        int cut = Math.max(1, logs.length * 4 / 5);
        double[] mean = new double[e.outputs().size()];
        for (int k = 0; k < mean.length; k++) {
            int column = k;
            mean[k] = Arrays.stream(logs, 0, cut)
                    .mapToDouble(r -> r[column])
                    .average()
                    .orElseThrow();
            for (double[] row : logs) {
                row[k] -= mean[k];
            }
        }
        int from = cut == logs.length ? 0 : cut;
        Learner.Task task = new Learner.Task(
                "error",
                DenseNetwork.random(
                        widths(recipe.error(), e.outputs().size()),
                        Activation.TANH,
                        root.split("error").split("start")),
                new TrainingData(Arrays.copyOf(x, cut), Arrays.copyOf(logs, cut)),
                new TrainingData(Arrays.copyOfRange(x, from, x.length), Arrays.copyOfRange(logs, from, x.length)),
                ERROR.withBatch(Math.max(1, Math.min(ERROR.batch(), cut / ERROR_STEPS))),
                root.split("error").split("batches"));
        DenseNetwork net = new PlainLearner().learn(task, store, r -> watcher.trained("error", r, ERROR.epochs()));
        return new Emulator(
                e.card(),
                e.domain(),
                e.outputs(),
                e.parts(),
                Optional.of(NetworkUnits.rounded(NetworkUnits.raised(net, mean))));
    }

    private EmulatorCard card(List<EmulatorCard.OutputError> measured) {
        String training = String.format(
                Locale.ROOT,
                "%d points (%s), %.0f %% of them for validation; layers %s %s, %s; %d epochs of %d rows, rate %s to %s,"
                        + " %s loss; learner %s; seed %d",
                recipe.rows(),
                recipe.design(),
                100 * recipe.validation(),
                recipe.hidden(),
                recipe.activation(),
                recipe.shared() ? "one network" : "one network per output",
                recipe.settings().epochs(),
                recipe.settings().batch(),
                recipe.settings().rate(),
                recipe.settings().lastRate(),
                recipe.settings().loss().kind().name().toLowerCase(Locale.ROOT),
                learner.name(),
                recipe.seed());
        return new EmulatorCard(
                recipe.name(), model.description(), model.fingerprint(), training, model.citations(), measured);
    }
}
