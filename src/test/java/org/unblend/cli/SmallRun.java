package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A run with two parameters that takes a moment: mean and spread of six numbers. Each file may be edited. */
final class SmallRun {
    final Path directory;

    SmallRun(Path directory) throws IOException {
        this.directory = directory;
        write("model.json", """
                {
                  "format": "model/1",
                  "name": "mean-and-spread",
                  "axes": { "row": ["a", "b", "c", "d", "e", "f"] },
                  "nodes": [
                    { "parameter": "mu", "unit": "m" },
                    { "parameter": "tau", "unit": "m" },
                    { "observe": "x", "axes": ["row"], "unit": "m", "normal": { "mean": "mu", "sd": "tau" } }
                  ]
                }
                """);
        write("priors.json", """
                {
                  "format": "priors/1",
                  "priors": {
                    "mu": { "uniform": { "low": -10, "high": 10 }, "unit": "m" },
                    "tau": { "log_uniform": { "low": 0.1, "high": 10 }, "unit": "m" }
                  }
                }
                """);
        write("data.csv", "name,x\\na,1.2\\nb,0.4\\nc,2.1\\nd,-0.3\\ne,1.0\\nf,0.9\\n");
        write("run.json", """
                {
                  "format": "run/1",
                  "model": "model.json",
                  "priors": "priors.json",
                  "data": { "x": { "csv": "data.csv", "column": "x", "by": "name" } },
                  "want": ["posterior", "evidence"],
                  "precision": { "dlogz": 0.1, "ess": 300 },
                  "engine": { "name": "nested", "live": 100 },
                  "seed": 7
                }
                """);
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    SmallRun write(String name, String text) throws IOException {
        Files.writeString(file(name), text.replace("\\n", "\n"));
        return this;
    }

    /** Replaces a piece of a file, which must be there. */
    SmallRun edit(String name, String from, String to) throws IOException {
        String text = Files.readString(file(name));
        if (!text.contains(from)) {
            throw new IllegalArgumentException(name + " does not contain " + from);
        }
        return write(name, text.replace(from, to));
    }
}
