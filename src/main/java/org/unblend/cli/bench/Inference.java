package org.unblend.cli.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.io.emulator.OnnxFile;

/**
 * Rows per second of the network of de Mijolla 2022: ours in double precision, by deeplearning4j and by ONNX Runtime in single
 * precision. Each side is a process of its own with one thread, as their native libraries do not bear one another; the sides run
 * in turn, and must give the same outputs.
 *
 * @param scale of the time that each side takes, at most 1
 * @param repeats processes of each side
 * @param onnx the jar of ONNX Runtime; empty to do without
 * @param folder for the network and what processes complain of
 */
record Inference(double scale, int repeats, Optional<Path> onnx, Path folder) {
    private static final List<Integer> ROWS = List.of(1, 100, 1000);
    private static final double SECONDS = 0.3;
    private static final int ROUNDS = 4;
    /** Wanted of ours over deeplearning4j's: for single rows, and for batches. */
    private static final double SINGLE_AIM = 100;

    private static final double BATCH_AIM = 1;
    /** Single precision through three layers of up to 200 inputs. */
    private static final double PRECISION = 1e-4;

    private static final String OURS = "ours";
    private static final String DL4J = "deeplearning4j";
    private static final String ONNX = "ONNX Runtime";

    /** One library and how its process is started. */
    private record Side(String name, List<String> command, String classPath) {}

    /** The jar of ONNX Runtime on the class path or, the newest, in Maven's repository, where a build with tests puts it. */
    static Optional<Path> find() throws IOException {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path file = Path.of(entry);
            if (file.getNameCount() > 0 && isOnnx(file)) {
                return Optional.of(file);
            }
        }
        Path repository =
                Path.of(System.getProperty("user.home"), ".m2", "repository", "com", "microsoft", "onnxruntime");
        if (!Files.isDirectory(repository)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.walk(repository)) {
            return files.filter(Inference::isOnnx)
                    .max(Comparator.comparing(
                            file -> Runtime.Version.parse(file.getParent().getFileName() + "")));
        }
    }

    private static boolean isOnnx(Path file) {
        return file.getFileName().toString().matches("onnxruntime-[0-9.]+\\.jar");
    }

    /** The rates as a Markdown table. */
    String table() throws IOException {
        // By name of the side: [sizes x repeats].
        Map<String, double[][]> rates = new HashMap<>();
        List<Side> sides = sides();
        for (int r = 0; r < repeats; r++) {
            double[] ours = new double[ROWS.size()];
            for (Side side : sides) {
                double[][] rate = rates.computeIfAbsent(side.name(), name -> new double[ROWS.size()][repeats]);
                List<String> lines = lines(side);
                for (int k = 0; k < ROWS.size(); k++) {
                    String[] words = lines.get(k).split(" ");
                    double output = Double.parseDouble(words[1]);
                    ours[k] = side.name().equals(OURS) ? output : ours[k];
                    agree(side, ours[k], output);
                    rate[k][r] = Double.parseDouble(words[2]);
                }
            }
        }
        StringBuilder text =
                new StringBuilder("| rows at once | " + String.join(" | ", List.of(OURS, DL4J, ONNX)) + " | "
                        + "ours / deeplearning4j, min / median / max | aim | ours / ONNX Runtime |\n|"
                        + "---|".repeat(7) + "\n");
        for (int k = 0; k < ROWS.size(); k++) {
            int size = k;
            double[] ours = rates.get(OURS)[k];
            Optional<double[]> dl4j = Optional.ofNullable(rates.get(DL4J)).map(rate -> rate[size]);
            Optional<double[]> onnxRuntime =
                    Optional.ofNullable(rates.get(ONNX)).map(rate -> rate[size]);
            double aim = ROWS.get(k) == 1 ? SINGLE_AIM : BATCH_AIM;
            text.append("| " + ROWS.get(k) + " | " + median(Optional.of(ours)) + " | " + median(dl4j) + " | "
                    + median(onnxRuntime) + " | " + ratios(ours, dl4j) + " | "
                    + dl4j.map(theirs -> verdict(ours, theirs, aim)).orElse("") + " | " + ratios(ours, onnxRuntime)
                    + " |\n");
        }
        return text.toString();
    }

    private List<Side> sides() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String own = program() + File.pathSeparator + System.getProperty("java.class.path");
        List<String> words = new ArrayList<>(List.of(Double.toString(scale * SECONDS), Integer.toString(ROUNDS)));
        ROWS.forEach(rows -> words.add(rows.toString()));
        List<Side> sides = new ArrayList<>();
        sides.add(new Side(OURS, command(List.of(java, InferenceSide.class.getName(), "ours"), words), own));
        if (own.contains("deeplearning4j-nn")) {
            sides.add(new Side(DL4J, command(List.of(java, InferenceSide.class.getName(), "dl4j"), words), own));
        }
        if (onnx.isPresent()) {
            Path script = folder.resolve("OnnxPeer.java");
            try (InputStream source = Inference.class.getResourceAsStream("OnnxPeer.java")) {
                Files.copy(source, script, StandardCopyOption.REPLACE_EXISTING);
            }
            Path file = folder.resolve("network.onnx");
            OnnxFile.write(InferenceSide.network(), file);
            String inputs = Integer.toString(InferenceSide.network().inputs());
            sides.add(new Side(
                    ONNX,
                    command(List.of(java, script.toString(), file.toString(), inputs), words),
                    onnx.get().toString()));
        }
        return sides;
    }

    private static List<String> command(List<String> first, List<String> words) {
        return Stream.concat(first.stream(), words.stream()).toList();
    }

    /** What the process prints, a line for each number of rows. */
    private List<String> lines(Side side) throws IOException {
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(side.command()).redirectError(errors.toFile());
        // ONNX Runtime 1.29.0 dies where the command line is long, so the class path goes by the environment.
        builder.environment().put("CLASSPATH", side.classPath());
        try {
            return ChildProcess.output(builder).lines().toList();
        } catch (IOException e) {
            throw new IOException(
                    side.name() + " failed: " + Files.readString(errors).strip(), e);
        }
    }

    private static void agree(Side side, double ours, double theirs) throws IOException {
        if (!(Math.abs(theirs - ours) <= PRECISION * (1 + Math.abs(ours)))) {
            throw new IOException(side.name() + " evaluates another network: " + theirs + " where ours gives " + ours);
        }
    }

    /** The jar or folder of this program, which need not be on the class path of the virtual machine. */
    private static Path program() {
        try {
            return Path.of(Inference.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program's own place is no address", e);
        }
    }

    private static String median(Optional<double[]> rates) {
        return rates.map(RaceResult::median).map(InferenceSide::threeDigits).orElse("not found");
    }

    private static double[] quotients(double[] ours, double[] theirs) {
        double[] quotients = new double[ours.length];
        Arrays.setAll(quotients, r -> ours[r] / theirs[r]);
        Arrays.sort(quotients);
        return quotients;
    }

    private static String ratios(double[] ours, Optional<double[]> theirs) {
        return theirs.map(t -> quotients(ours, t))
                .map(q -> String.format(Locale.ROOT, "%.3g / %.3g / %.3g", q[0], RaceResult.median(q), q[q.length - 1]))
                .orElse("");
    }

    private static String verdict(double[] ours, double[] theirs, double aim) {
        boolean met = RaceResult.median(quotients(ours, theirs)) >= aim;
        return String.format(Locale.ROOT, "%.0f, %s", aim, met ? "met" : "**missed**");
    }
}
