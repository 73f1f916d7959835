package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.unblend.cli.bench.Bench;
import org.unblend.io.AtomicFile;
import org.unblend.model.Nearest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast point factorisations are, beside scikit-learn and the published methods. */
@Command(
        name = "bench",
        description =
                "Compares point factorisations with scikit-learn, and emulators with deeplearning4j, by CPU time.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Cases: dense, sparse, line-maps, weighted, kl-dense, kl-sparse (races);",
            "scaling (cost of an iteration against n, d and q); threads (speed-up by two);",
            "memory (held amid a fit); gibbs (sweeps of Gibbs sampling a second); nested",
            "(what an evaluation costs nested sampling besides the likelihood); inference",
            "(rows of networks a second, beside deeplearning4j and ONNX Runtime).",
            "Without a name all run, which takes half an hour. Where no scikit-learn is",
            "found, our ports of the published methods take its place.",
            "Example: unblend bench dense weighted --repeats 3 --out bench.md"
        })
final class BenchCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", paramLabel = "CASE", description = "what to run (default: everything)")
    private List<String> names = Bench.names();

    @Option(names = "--repeats", paramLabel = "N", description = "times each side is measured (default: 5)")
    private int repeats = 5;

    @Option(names = "--scale", paramLabel = "F", description = "size of the inputs, up to 1 (default: 1)")
    private double scale = 1;

    @Option(
            names = "--python",
            paramLabel = "CMD",
            description = "a Python with scikit-learn; 'none' for none (default: python3, then /usr/bin/python3)")
    private List<String> python = List.of("python3", "/usr/bin/python3");

    @Option(
            names = "--onnx",
            paramLabel = "JAR",
            description =
                    "ONNX Runtime's jar; 'none' for none (default: that of Maven's repository, if a build with tests"
                            + " put it there)")
    private String onnx;

    @Option(names = "--out", paramLabel = "FILE.md", description = "also write the report to this file")
    private Path out;

    @Spec
    private CommandSpec spec;

    private final Console console;

    BenchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        for (String name : names) {
            if (!Bench.names().contains(name)) {
                throw refused("there is no case '" + name + "'; " + Nearest.hint(name, Bench.names()));
            }
        }
        if (repeats < 1) {
            throw refused("--repeats must be at least 1, got " + repeats);
        }
        if (!(scale > 0 && scale <= 1)) {
            throw refused("--scale must be above 0 and at most 1, got " + scale);
        }
        List<String> commands = python.equals(List.of("none")) ? List.of() : python;
        String report =
                new Bench(repeats, scale, commands, onnxRuntime(), console.clock(), console.out()::println).run(names);
        if (out != null) {
            AtomicFile.write(out, report);
            console.out().println("written to " + out);
        }
        return ExitCode.OK;
    }

    private Optional<Path> onnxRuntime() throws IOException {
        if (onnx == null) {
            return Bench.onnxRuntime();
        }
        if (onnx.equals("none")) {
            return Optional.empty();
        }
        if (!Files.isRegularFile(Path.of(onnx))) {
            throw refused("--onnx: there is no file " + onnx + "; give the jar of ONNX Runtime, or 'none'");
        }
        return Optional.of(Path.of(onnx));
    }

    private ParameterException refused(String reason) {
        return new ParameterException(spec.commandLine(), reason);
    }
}
