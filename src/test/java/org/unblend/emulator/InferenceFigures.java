package org.unblend.emulator;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.unblend.density.CompiledModel;
import org.unblend.emulator.train.Dl4jNetworks;
import org.unblend.io.emulator.EmulatorFile;
import org.unblend.io.emulator.OnnxFile;
import org.unblend.io.run.RunLoader;
import org.unblend.math.Activation;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomStream;
import org.unblend.math.TrainingSettings;
import org.unblend.model.Axis;
import org.unblend.model.RowStatus;

/**
 * Prints rows per second of the network of de Mijolla 2022, 6-200-100-50-1 with ReLU, on one thread: by this program in double
 * precision, by deeplearning4j and by ONNX Runtime in single precision; then of the shipped emulators of four molecules and
 * five lines, and of the likelihood of {@code runs/ngc1068.json}, whose model has the chemistry, the lines and the errors of both. CPU time of the process, which counts what garbage collection and native clean-up cost; the best of five rounds. No test; run it as
 *
 * <pre>OMP_NUM_THREADS=1 CLASSPATH=target/test-classes:target/classes:$(cat target/classpath-train.txt):ONNXRUNTIME.jar \
 *     java org.unblend.emulator.InferenceFigures</pre>
 */
final class InferenceFigures {
    private static final int ROUNDS = 5;

    private InferenceFigures() {}

    public static void main(String[] args) throws IOException, OrtException {
        DenseNetwork net = DenseNetwork.random(new int[] {6, 200, 100, 50, 1}, Activation.RELU, RandomStream.of(1));
        MultiLayerNetwork dl4j = Dl4jNetworks.of(net, TrainingSettings.STANDARD);
        Path file = Files.createTempFile("figures", ".onnx");
        OnnxFile.write(emulator(net), file);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        options.setIntraOpNumThreads(1);
        OrtSession session = environment.createSession(file.toString(), options);
        for (int rows : new int[] {1, 100, 10_000}) {
            double[] in =
                    RandomStream.of(2).generator().doubles(6L * rows, 0, 1).toArray();
            double[] out = new double[rows];
            float[] single = new float[in.length];
            for (int i = 0; i < in.length; i++) {
                single[i] = (float) in[i];
            }
            INDArray x = Nd4j.createFromArray(single).reshape(rows, 6);
            DenseNetwork.Scratch scratch = net.newScratch();
            double ours = speed(rows, 200_000, () -> net.apply(in, out, rows, scratch));
            double theirs = speed(rows, rows == 1 ? 3000 : 100_000, () -> dl4j.output(x, false));
            double onnx = speed(rows, rows == 1 ? 30_000 : 200_000, () -> onnx(environment, session, single, rows));
            System.out.printf(
                    "batch %5d: ours %.0f rows/s, deeplearning4j %.0f (%.1f times), ONNX Runtime %.0f%n",
                    rows, ours, theirs, ours / theirs, onnx);
        }
        lines();
        chemistry();
    }

    private static Emulator emulator(DenseNetwork net) {
        List<EmulatorInput> inputs = IntStream.range(0, 6)
                .mapToObj(i -> new EmulatorInput("x" + i, "1", 0, 1, false))
                .toList();
        return new Emulator(
                Untrained.CARD,
                inputs,
                List.of(new EmulatorOutput("y", "1", EmulatorOutput.Scale.LINEAR, 0, 0, 1)),
                List.of(new Emulator.Part(net, 0)),
                Optional.empty());
    }

    private static void onnx(OrtEnvironment environment, OrtSession session, float[] x, int rows) {
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), new long[] {rows, 6});
                OrtSession.Result result = session.run(Map.of("x", tensor))) {
            result.get(0);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The four shipped emulators behind five lines. */
    private static void lines() {
        List<LineEmulator.Member> members = List.of(
                member("CO", "co", List.of("CO(3-2)", "CO(6-5)"), List.of(0, 1)),
                member("HCN", "hcn", List.of("HCN(4-3)"), List.of(2)),
                member("HCO+", "hcop", List.of("HCO+(4-3)"), List.of(3)),
                member("CS", "cs", List.of("CS(7-6)"), List.of(4)));
        LineEmulator model = new LineEmulator(
                members, Axis.of("line", "CO(3-2)", "CO(6-5)", "HCN(4-3)", "HCO+(4-3)", "CS(7-6)"), false);
        for (int rows : new int[] {1, 100, 1000}) {
            double[] in = new double[7 * rows];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(new double[] {20 + r % 100, 1e5, 30, 1e17, 1e14, 1e13, 1e13}, 0, in, 7 * r, 7);
            }
            double[] out = new double[5 * rows];
            RowStatus[] status = new RowStatus[rows];
            System.out.printf(
                    "four molecules, five lines, batch %d: %.0f rows/s%n",
                    rows, speed(rows, 50_000, () -> model.evaluate(in, out, status, rows)));
        }
    }

    private static void chemistry() {
        CompiledModel model =
                RunLoader.load(Path.of("runs/ngc1068.json"), Optional.empty()).model();
        for (int rows : new int[] {1, 8, 100, 1000}) {
            double[] theta = model.priorDraws(rows, RandomStream.of(3).generator());
            double[] out = new double[rows];
            System.out.printf(
                    "likelihood with chemistry, batch %d: %.0f rows/s%n",
                    rows, speed(rows, 20_000, () -> model.logLikelihood(theta, out, rows)));
        }
    }

    private static LineEmulator.Member member(String molecule, String key, List<String> lines, List<Integer> places) {
        Emulator all = EmulatorFile.read(Path.of("models", "lines-" + key + ".json"));
        return new LineEmulator.Member(molecule, all.only(lines), places);
    }

    private static double speed(int rows, int total, Runnable call) {
        double best = 0;
        int calls = Math.max(1, total / rows);
        for (int round = 0; round < ROUNDS; round++) {
            long start = clock();
            for (int i = 0; i < calls; i++) {
                call.run();
            }
            best = Math.max(best, 1e9 * calls * rows / (clock() - start));
        }
        return best;
    }

    private static long clock() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
