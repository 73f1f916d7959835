package org.unblend.io.emulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.unblend.emulator.Emulator;
import org.unblend.io.matrix.NpyWriter;
import org.unblend.math.DenseLayer;
import org.unblend.math.DenseNetwork;

/**
 * The arrays of an emulator as numpy reads them: {@code network0_W0.npy} {@code [inputs x outputs]} and {@code
 * network0_b0.npy} {@code [1 x outputs]} for each layer of each network; the file of the emulator beside them has the
 * scaling.
 */
public final class NpyFiles {
    private NpyFiles() {}

    /** Writes all arrays and {@code emulator.json} into a directory, which is made. */
    public static void write(Emulator e, Path directory) throws IOException {
        Files.createDirectories(directory);
        for (int p = 0; p < e.parts().size(); p++) {
            network(e.parts().get(p).network(), directory, "network" + p);
        }
        if (e.errorNetwork().isPresent()) {
            network(e.errorNetwork().get(), directory, "error");
        }
        EmulatorFile.write(e, directory.resolve("emulator.json"));
    }

    private static void network(DenseNetwork net, Path directory, String name) throws IOException {
        for (int l = 0; l < net.layers().size(); l++) {
            DenseLayer layer = net.layers().get(l);
            NpyWriter.write(directory.resolve(name + "_W" + l + ".npy"), layer.weights());
            NpyWriter.write(directory.resolve(name + "_b" + l + ".npy"), new double[][] {layer.bias()});
        }
    }
}
