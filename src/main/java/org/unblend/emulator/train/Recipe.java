package org.unblend.emulator.train;

import java.util.List;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.math.Activation;
import org.unblend.math.TrainingSettings;

/**
 * How an emulator is made.
 *
 * @param name its name
 * @param inputs inputs of the forward model, in its order, with the intervals to train on
 * @param scale in which form outputs are learnt
 * @param floor see {@link EmulatorOutput}; of no meaning for a linear scale
 * @param significant for ASINH, the size of an output from which its relative error counts
 * @param design how training points are spread
 * @param rows number of training points, including those held out for validation
 * @param validation fraction that is held out, in (0, 0.5]; it ends the training and teaches the error network
 * @param test number of further points, for the errors that are reported
 * @param hidden widths of the hidden layers
 * @param activation of the hidden layers
 * @param shared one network for all outputs, or one for each
 * @param error widths of the hidden layers of the error network; none for no error network
 * @param settings of the optimisation
 * @param seed of points, weights and batches
 */
public record Recipe(
        String name,
        List<EmulatorInput> inputs,
        EmulatorOutput.Scale scale,
        double floor,
        double significant,
        Design design,
        int rows,
        double validation,
        int test,
        List<Integer> hidden,
        Activation activation,
        boolean shared,
        List<Integer> error,
        TrainingSettings settings,
        long seed) {

    public Recipe {
        inputs = List.copyOf(inputs);
        hidden = List.copyOf(hidden);
        error = List.copyOf(error);
        check(rows >= 20, "rows", "20 or more", rows);
        check(test >= 1, "test", "1 or more", test);
        check(validation > 0 && validation <= 0.5, "validation", "above 0 and at most 0.5", validation);
        check(!hidden.isEmpty(), "hidden", "at least one layer", hidden);
        check(scale == EmulatorOutput.Scale.LINEAR || floor > 0, "floor", "above 0", floor);
        for (List<Integer> widths : List.of(hidden, error)) {
            check(widths.stream().allMatch(w -> w >= 1 && w <= 4096), "widths", "1 to 4096", widths);
        }
    }

    private static void check(boolean fine, String what, String range, Object value) {
        if (!fine) {
            throw new IllegalArgumentException("'" + what + "' must be " + range + ", got " + value);
        }
    }
}
