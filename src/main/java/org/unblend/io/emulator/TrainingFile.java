package org.unblend.io.emulator;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.emulator.train.Design;
import org.unblend.emulator.train.Recipe;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.math.Activation;
import org.unblend.math.RegressionLoss;
import org.unblend.math.TrainingSettings;
import org.unblend.model.ForwardModel;
import org.unblend.model.Nearest;

/**
 * A file that says how an emulator is made, format {@code train/1}.
 *
 * @param file the file
 * @param model the forward model that is emulated
 * @param recipe how
 * @param backend name of the learner
 * @param out where the emulator is to be written
 */
public record TrainingFile(Path file, ForwardModel model, Recipe recipe, String backend, Path out) {

    /**
     * Reads the file and makes the forward model.
     *
     * @param lamda directory of LAMDA files to use instead of the built-in molecules, if any
     * @throws BadInput with every mistake
     */
    public static TrainingFile read(Path file, Optional<Path> lamda) {
        Mistakes mistakes = new Mistakes();
        Fields root = Fields.ofFile(file, "train/1", mistakes);
        root.text("about", "");
        String name = root.text("name");
        Optional<ForwardModel> model = SourceReader.read(root.object("source"), lamda, mistakes);
        List<EmulatorInput> inputs = new ArrayList<>();
        for (Json item : root.items("inputs")) {
            EmulatorFile.InputJson.read(Fields.of(item, mistakes), mistakes).ifPresent(inputs::add);
        }
        Fields outputs = root.object("outputs");
        Optional<EmulatorOutput.Scale> scale = EmulatorFile.scale(outputs, mistakes);
        double floor = outputs.number("floor", 0);
        double significant = outputs.number("significant", 0);
        outputs.done();
        Fields points = root.object("points");
        Optional<Design> design =
                word(points, "design", List.of(Design.values()), mistakes).map(i -> Design.values()[i]);
        int rows = whole(points, "training", 0, mistakes);
        int test = whole(points, "test", 5000, mistakes);
        double validation = points.number("validation", 0.1);
        points.done();
        Fields network = root.object("network");
        List<Integer> hidden = widths(network, "hidden", mistakes);
        List<Integer> error = widths(network, "error", mistakes);
        Optional<Activation> activation = word(network, "activation", List.of(Activation.values()), mistakes)
                .map(i -> Activation.values()[i]);
        int shared = word(network, "outputs", List.of("shared", "separate"), mistakes)
                .orElse(0);
        network.done();
        Fields training = root.object("training");
        String backend = training.text("backend", "plain");
        Optional<TrainingSettings> settings = settings(training, mistakes);
        training.done();
        int seed = whole(root, "seed", 1, mistakes);
        Path out = file.resolveSibling(root.text("out"));
        root.done();
        mistakes.throwIfAny();
        try {
            Recipe recipe = new Recipe(
                    name,
                    inputs,
                    scale.orElseThrow(),
                    floor,
                    significant,
                    design.orElseThrow(),
                    rows,
                    validation,
                    test,
                    hidden,
                    activation.orElseThrow(),
                    shared == 0,
                    error,
                    settings.orElseThrow(),
                    seed);
            return new TrainingFile(file, model.orElseThrow(), recipe, backend, out);
        } catch (IllegalArgumentException e) {
            throw new BadInput("E010", root.place(), e.getMessage(), "correct it");
        }
    }

    private static Optional<TrainingSettings> settings(Fields f, Mistakes mistakes) {
        TrainingSettings s = TrainingSettings.STANDARD;
        int epochs = whole(f, "epochs", s.epochs(), mistakes);
        int batch = whole(f, "batch", s.batch(), mistakes);
        double rate = f.number("rate", s.rate());
        double last = f.number("last_rate", rate / 200);
        int patience = whole(f, "patience", epochs, mistakes);
        Optional<RegressionLoss> loss = word(f, "loss", List.of(RegressionLoss.Kind.values()), mistakes)
                .map(i -> new RegressionLoss(RegressionLoss.Kind.values()[i], f.number("huber_width", 1)));
        try {
            return loss.map(l -> new TrainingSettings(
                    epochs, batch, rate, last, Math.min(s.warmup(), Math.max(0, epochs - 1)), patience, l));
        } catch (IllegalArgumentException e) {
            mistakes.add("E010", f.place(), e.getMessage(), "correct it");
            return Optional.empty();
        }
    }

    /** Index of a word among those allowed, or empty with a note. */
    private static Optional<Integer> word(Fields f, String key, List<?> allowed, Mistakes mistakes) {
        List<String> names =
                allowed.stream().map(a -> a.toString().toLowerCase(Locale.ROOT)).toList();
        String text = f.text(key);
        if (!names.contains(text)) {
            mistakes.add("E008", f.placeOf(key), "'" + key + "' is '" + text + "'", Nearest.hint(text, names));
            return Optional.empty();
        }
        return Optional.of(names.indexOf(text));
    }

    private static int whole(Fields f, String key, int otherwise, Mistakes mistakes) {
        double n = f.number(key, otherwise);
        if (n != Math.rint(n) || Math.abs(n) > Integer.MAX_VALUE) {
            mistakes.add("E009", f.placeOf(key), "'" + key + "' is " + n, "give a whole number");
            return otherwise;
        }
        return (int) n;
    }

    private static List<Integer> widths(Fields f, String key, Mistakes mistakes) {
        List<Integer> widths = new ArrayList<>();
        for (Json item : f.items(key)) {
            f.asNumber(item).ifPresent(n -> widths.add((int) Math.rint(n)));
        }
        return widths;
    }
}
