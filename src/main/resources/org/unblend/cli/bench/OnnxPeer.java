import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.util.Map;

/**
 * Times ONNX Runtime on one thread: {@code java -cp onnxruntime.jar OnnxPeer.java FILE.onnx INPUTS SECONDS ROUNDS ROWS...}.
 * Prints for each number of rows a line with it, the output of the last row, and rows per second of CPU time of the best round.
 * It is run as a source file, so that the program needs ONNX Runtime neither to be built nor to be started.
 */
public final class OnnxPeer {
    private OnnxPeer() {}

    public static void main(String[] args) throws OrtException {
        int inputs = Integer.parseInt(args[1]);
        double seconds = Double.parseDouble(args[2]);
        int rounds = Integer.parseInt(args[3]);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            try (OrtSession session = environment.createSession(args[0], options)) {
                for (int a = 4; a < args.length; a++) {
                    int rows = Integer.parseInt(args[a]);
                    float[] x = new float[rows * inputs];
                    for (int i = 0; i < x.length; i++) {
                        x[i] = (float) (i * 0.6180339887498949 % 1);
                    }
                    double best = 0;
                    float last = 0;
                    // The round before those that count warms the virtual machine up.
                    for (int round = -1; round < rounds; round++) {
                        long calls = 0;
                        long start = cpu();
                        long end = start;
                        for (; end - start < seconds * 1e9; end = cpu()) {
                            for (int c = 0; c < 1 + 1000 / rows; c++, calls++) {
                                last = run(environment, session, x, rows);
                            }
                        }
                        best = round < 0 ? 0 : Math.max(best, 1e9 * calls * rows / (end - start));
                    }
                    System.out.println(rows + " " + last + " " + best);
                }
            }
        }
    }

    private static float run(OrtEnvironment environment, OrtSession session, float[] x, int rows) throws OrtException {
        long[] shape = {rows, x.length / rows};
        try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
                OrtSession.Result result = session.run(Map.of("x", tensor))) {
            return ((OnnxTensor) result.get(0)).getFloatBuffer().get(rows - 1);
        }
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
