package org.unblend.io.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unblend.emulator.Emulator;
import org.unblend.emulator.EmulatorInput;
import org.unblend.emulator.EmulatorOutput;
import org.unblend.emulator.Untrained;
import org.unblend.io.matrix.MatrixReader;
import org.unblend.math.Activation;
import org.unblend.math.Dense;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomStream;
import org.unblend.model.RowStatus;

class ExportsTest {
    @TempDir
    Path directory;

    /** As long a command line of this process is fine for ONNX Runtime 1.29.0, which crashes over longer ones. */
    private static final int LONGEST_COMMAND = 4000;

    private static float[][] onnx(Path file, float[][] x) throws OrtException {
        int command =
                ProcessHandle.current().info().commandLine().map(String::length).orElse(0);
        assumeTrue(command < LONGEST_COMMAND, "ONNX Runtime 1.29.0 crashes where the command line is long");
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(file.toString());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, x);
                OrtSession.Result result = session.run(Map.of("x", tensor))) {
            return (float[][]) result.get(0).getValue();
        }
    }

    private void same(Emulator e, float[][] x) throws IOException, OrtException {
        Path file = directory.resolve("e.onnx");
        OnnxFile.write(e, file);
        float[][] theirs = onnx(file, x);
        int m = e.outputs().size();
        double[] ours = new double[m];
        for (int r = 0; r < x.length; r++) {
            double[] in = new double[x[r].length];
            for (int i = 0; i < in.length; i++) {
                in[i] = x[r][i];
            }
            e.evaluate(in, ours, new RowStatus[1], 1);
            for (int k = 0; k < m; k++) {
                assertEquals(ours[k], theirs[r][k], 3e-5 * (Math.abs(ours[k]) + 0.03), e.card() + " " + r + " " + k);
            }
        }
    }

    /** By an engine that knows nothing of this program. */
    @Test
    void onnxRuntimeSaysTheSame() throws IOException, OrtException {
        same(Untrained.mixed(), new float[][] {{20, 1e3f}, {80, 7e4f}, {10, 1e2f}});
        same(Untrained.lines("CO", 4), new float[][] {{20, 1e5f, 1e15f}, {290, 2e7f, 3e18f}});
    }

    @Test
    void onnxRuntimeHasAllActivations() throws IOException, OrtException {
        for (Activation f : Activation.values()) {
            Emulator e = new Emulator(
                    Untrained.CARD,
                    List.of(new EmulatorInput("T", "K", 10, 90, false), new EmulatorInput("n", "cm-3", 1, 9, true)),
                    List.of(new EmulatorOutput("a", "1", EmulatorOutput.Scale.LINEAR, 0, 3, 2)),
                    List.of(new Emulator.Part(DenseNetwork.random(new int[] {2, 6, 5, 1}, f, RandomStream.of(2)), 0)),
                    Optional.empty());
            same(e, new float[][] {{20, 2}, {77, 8}});
        }
    }

    @Test
    void numpyArraysHoldTheWeights() throws IOException {
        Emulator e = Untrained.mixed();
        NpyFiles.write(e, directory);
        Dense w = (Dense)
                MatrixReader.read(directory.resolve("network0_W0.npy"), false).values();
        double[][] expected = e.parts().get(0).network().layers().get(0).weights();
        assertEquals(2, w.rows());
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 8; j++) {
                assertEquals(expected[i][j], w.get(i, j));
            }
        }
        assertEquals(
                e.card(), EmulatorFile.read(directory.resolve("emulator.json")).card());
    }
}
