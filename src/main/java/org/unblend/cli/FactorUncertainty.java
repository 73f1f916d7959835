package org.unblend.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unblend.io.matrix.FactorFiles;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Dense;
import org.unblend.nmf.Factors;
import org.unblend.nmf.graph.Bootstrap;

/** What a bootstrap says of the factors: tables shaped like theirs, and remarks of the summary. */
final class FactorUncertainty {
    private FactorUncertainty() {}

    /** Writes {@code W_sd.csv}, {@code W_low.csv}, {@code W_high.csv} and the same of H beside the factors. */
    static void write(Path directory, Bootstrap b, List<String> features, List<String> components, List<String> samples)
            throws IOException {
        String[] names = {"sd", "low", "high"};
        Factors[] values = {b.sd(), b.low(), b.high()};
        for (int t = 0; t < names.length; t++) {
            FactorFiles.write(
                    directory.resolve("factors/W_" + names[t] + ".csv"),
                    new LabelledMatrix(values[t].w(), features, components));
            FactorFiles.write(
                    directory.resolve("factors/H_" + names[t] + ".csv"),
                    new LabelledMatrix(values[t].h(), components, samples));
        }
    }

    static List<String> remarks(Bootstrap b, Factors factors) {
        List<String> remarks = new ArrayList<>();
        remarks.add(String.format(
                Locale.ROOT,
                "bootstrap: by %d replicates W is known to %.2g %% and H to %.2g %% (root mean square); %.0f %% intervals"
                        + " are in factors/",
                b.replicates(),
                100 * relative(b.sd().w(), factors.w()),
                100 * relative(b.sd().h(), factors.h()),
                100 * Bootstrap.PROBABILITY));
        remarks.add("bootstrap: this is what noise does to this fit; other factors that fit as well are not counted");
        if (b.dispersion() != 1) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "bootstrap: the noise is taken from the residuals, %.3g times what the model assumes (sd)",
                    Math.sqrt(b.dispersion())));
        }
        if (b.unfinished() > 0) {
            remarks.add("bootstrap: " + b.unfinished() + " of " + b.replicates() + " fits had not converged");
        }
        return remarks;
    }

    private static double relative(Dense sd, Dense values) {
        return norm(sd) / norm(values);
    }

    private static double norm(Dense x) {
        double sum = 0;
        for (double[] row : x.array()) {
            for (double v : row) {
                sum += v * v;
            }
        }
        return Math.sqrt(sum);
    }
}
