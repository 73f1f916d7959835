package org.unblend.io;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;
import org.unblend.infer.Effort;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;

/**
 * Writes a nested-sampling run to {@code nested/} in the text layout of PolyChord (Handley, Hobson and Lasenby 2015),
 * which anesthetic reads: rows {@code parameters derived logL logL_birth}, full double precision, no header.
 */
public final class PolychordFiles {
    private static final String FOLDER = "nested";

    /**
     * Stands for a log likelihood of -infinity. Readers take -1e30 and less for "drawn from the whole prior" and would
     * drop a point that dies where it was born; this keeps the prior volume of failed points, at likelihood zero.
     */
    private static final double ZERO_LIKELIHOOD = -1e29;

    private PolychordFiles() {}

    /**
     * Writes {@code run_dead-birth.txt}, {@code run_phys_live-birth.txt} (points alive at the end, perhaps none),
     * {@code run.paramnames}, {@code run.ranges} and {@code run.stats} under {@code directory/nested}.
     *
     * @throws IllegalArgumentException if the draws do not come from nested sampling
     */
    public static void write(Path directory, Draws draws, Evidence evidence, Effort effort) throws IOException {
        NestedPath path = draws.samples()
                .path()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the draws have no births: the PolyChord layout needs a nested-sampling run"));
        Path folder = directory.resolve(FOLDER);
        int dead = draws.size() - path.remaining();
        AtomicFile.write(folder.resolve(ChainNames.ROOT + "_dead-birth.txt"), out -> rows(out, draws, path, 0, dead));
        AtomicFile.write(
                folder.resolve(ChainNames.ROOT + "_phys_live-birth.txt"),
                out -> rows(out, draws, path, dead, draws.size()));
        AtomicFile.write(folder.resolve(ChainNames.ROOT + ".paramnames"), ChainNames.paramnames(draws));
        AtomicFile.write(folder.resolve(ChainNames.ROOT + ".ranges"), ChainNames.ranges(draws));
        AtomicFile.write(
                folder.resolve(ChainNames.ROOT + ".stats"),
                String.format(
                        Locale.ROOT,
                        "log(Z) = %s +/- %s   (%s)\ninformation = %s nats\n"
                                + "likelihood evaluations = %d\ndead points = %d\nlive points at the end = %d\n",
                        evidence.logZ(),
                        evidence.error(),
                        evidence.method(),
                        evidence.information(),
                        effort.evaluations(),
                        dead,
                        path.remaining()));
    }

    private static void rows(Writer out, Draws draws, NestedPath path, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            for (int c = 0; c < draws.quantities().size(); c++) {
                out.write(ChainNames.number(draws.value(i, c)));
                out.write(' ');
            }
            double logL = draws.samples().logLikelihood()[i];
            out.write(ChainNames.number(logL == Double.NEGATIVE_INFINITY ? ZERO_LIKELIHOOD : logL));
            out.write(' ');
            out.write(ChainNames.number(path.birth()[i]));
            out.write('\n');
        }
    }
}
