package org.unblend.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * scikit-learn in child processes of one thread, which report their own CPU time.
 *
 * @param python command of a Python that has it
 * @param folder holds the script and the input
 * @param method {@code cd} (coordinate descent, Normal) or {@code kl} (multiplicative, Poisson)
 */
record ScikitLearn(String python, Path folder, String method) implements Contender {
    private static final String SCRIPT = "peer.py";
    private static final String VERSIONS = "import numpy, scipy.sparse, sklearn;"
            + " print('scikit-learn', sklearn.__version__ + ', numpy', numpy.__version__)";

    /**
     * A Python that has scikit-learn.
     *
     * @param command starts it
     * @param versions of scikit-learn and numpy
     */
    record Installed(String command, String versions) {}

    /** The first of these commands that starts a Python with scikit-learn. */
    static Optional<Installed> find(List<String> commands) {
        for (String command : commands) {
            try {
                ProcessBuilder builder =
                        new ProcessBuilder(command, "-c", VERSIONS).redirectError(ProcessBuilder.Redirect.DISCARD);
                return Optional.of(
                        new Installed(command, ChildProcess.output(builder).strip()));
            } catch (IOException e) {
                // Neither Python nor scikit-learn is needed: the next command may have them.
                continue;
            }
        }
        return Optional.empty();
    }

    /** Puts script and input into the folder. */
    static ScikitLearn of(String python, Path folder, String method, Input input) throws IOException {
        try (InputStream script = ScikitLearn.class.getResourceAsStream(SCRIPT)) {
            Files.copy(script, folder.resolve(SCRIPT), StandardCopyOption.REPLACE_EXISTING);
        }
        input.write(folder);
        return new ScikitLearn(python, folder, method);
    }

    @Override
    public String name() {
        return method.equals("cd") ? "scikit-learn cd" : "scikit-learn mu";
    }

    @Override
    public Timing time(int[] iterations) throws IOException {
        List<String> words = new ArrayList<>(List.of("time"));
        Arrays.stream(iterations).mapToObj(Integer::toString).forEach(words::add);
        List<String> lines = run(words);
        return new Timing(
                Double.parseDouble(lines.get(0)), numbers(lines.get(1)).toArray());
    }

    @Override
    public int[] reach(double[] targets, int limit) throws IOException {
        List<String> words = new ArrayList<>(List.of("reach", Integer.toString(limit)));
        Arrays.stream(targets).mapToObj(Double::toString).forEach(words::add);
        return numbers(run(words).get(0)).mapToInt(v -> (int) v).toArray();
    }

    private static DoubleStream numbers(String line) {
        return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble);
    }

    private List<String> run(List<String> words) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(python, folder.resolve(SCRIPT).toString(), folder.toString(), method));
        command.addAll(words);
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        try {
            return ChildProcess.output(builder).lines().toList();
        } catch (IOException e) {
            throw new IOException("scikit-learn failed: " + Files.readString(errors), e);
        }
    }
}
