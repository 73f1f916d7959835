package org.unblend.emulator;

import java.util.List;
import java.util.Optional;
import org.unblend.math.Activation;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomStream;
import org.unblend.model.Support;

/** Emulators with random weights: whatever they say, it must be said consistently. */
public final class Untrained {
    public static final EmulatorCard CARD =
            new EmulatorCard("toy", "toy physics", "toy 1", "not trained", List.of("nobody"), List.of());

    private Untrained() {}

    /** T_R of three lines of a molecule. */
    public static Emulator lines(String molecule, long seed) {
        List<EmulatorInput> inputs = List.of(
                new EmulatorInput("tkin", "K", 5, 300, true, new Support(10, 300)),
                new EmulatorInput("n_h2", "cm-3", 1e3, 1e8, true),
                new EmulatorInput("N/dv", "cm-2/(km/s)", 1e10, 1e19, true));
        List<EmulatorOutput> outputs = List.of(
                new EmulatorOutput(molecule + "(1-0)", "K", EmulatorOutput.Scale.ASINH, 0.03, 2, 3),
                new EmulatorOutput(molecule + "(2-1)", "K", EmulatorOutput.Scale.ASINH, 0.03, 1, 3),
                new EmulatorOutput(molecule + "(3-2)", "K", EmulatorOutput.Scale.ASINH, 0.03, 0, 3));
        return new Emulator(
                CARD,
                inputs,
                outputs,
                List.of(new Emulator.Part(net(seed, 3, 9, 3), 0)),
                Optional.of(net(seed + 1, 3, 4, 3)));
    }

    /** Two inputs, three outputs of three scales from two networks. */
    public static Emulator mixed() {
        List<EmulatorInput> inputs =
                List.of(new EmulatorInput("T", "K", 10, 90, false), new EmulatorInput("n", "cm-3", 1e2, 1e5, true));
        List<EmulatorOutput> outputs = List.of(
                new EmulatorOutput("a", "1", EmulatorOutput.Scale.LINEAR, 0, 3, 2),
                new EmulatorOutput("b", "1", EmulatorOutput.Scale.LOG10, 1e-20, -5, 1),
                new EmulatorOutput("c", "1", EmulatorOutput.Scale.ASINH, 0.1, 0, 2));
        return new Emulator(
                CARD,
                inputs,
                outputs,
                List.of(new Emulator.Part(net(1, 2, 8, 2), 0), new Emulator.Part(net(2, 2, 7, 1), 2)),
                Optional.of(net(3, 2, 5, 3)));
    }

    private static DenseNetwork net(long seed, int... widths) {
        return DenseNetwork.random(widths, Activation.SILU, RandomStream.of(seed));
    }
}
