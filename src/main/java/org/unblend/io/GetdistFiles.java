package org.unblend.io;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.unblend.infer.ChainPath;

/**
 * Writes draws to {@code chains/} as GetDist reads them: rows {@code weight  -ln(likelihood x prior) parameters derived}, no
 * header. Weights are scaled to a largest of 1. Weighted draws are one file, {@code run.txt}; several Markov chains are
 * {@code run_1.txt}, {@code run_2.txt}, ...: never both, as GetDist would count them twice.
 */
public final class GetdistFiles {
    private static final String FOLDER = "chains";

    private GetdistFiles() {}

    /**
     * Writes the draws, {@code run.paramnames}, {@code run.ranges} and {@code run.properties.ini} under
     * {@code directory/chains}. Chains of an earlier run there are deleted.
     *
     * @param label title of the run in plots
     * @return how many draws were left out because a number in them is not finite; those of weight zero do not count
     * @throws IllegalArgumentException if none is left
     */
    public static int write(Path directory, Draws draws, String label) throws IOException {
        Path folder = directory.resolve(FOLDER);
        double[] weights = draws.samples().weights();
        int dropped = 0;
        for (int i = 0; i < weights.length; i++) {
            if (weights[i] > 0 && !finite(draws, i)) {
                weights[i] = 0;
                dropped++;
            }
        }
        double largest = Arrays.stream(weights).max().orElse(0);
        if (!(largest > 0)) {
            throw new IllegalArgumentException("none of the " + draws.size()
                    + " draws has a positive weight and finite values: no chain to write");
        }
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> old =
                    Files.newDirectoryStream(folder, "{" + ChainNames.ROOT + "_[0-9]*," + ChainNames.ROOT + "}.txt")) {
                for (Path file : old) {
                    Files.delete(file);
                }
            }
        }
        ChainPath chains = draws.samples().chains().orElse(new ChainPath(1, weights.length, Map.of()));
        for (int c = 0; c < chains.chains(); c++) {
            String name = ChainNames.ROOT + (chains.chains() > 1 ? "_" + (c + 1) : "") + ".txt";
            int from = c * chains.draws();
            AtomicFile.write(folder.resolve(name), out -> {
                for (int i = from; i < from + chains.draws(); i++) {
                    if (weights[i] > 0) {
                        writeRow(out, weights[i] / largest, draws, i);
                    }
                }
            });
        }
        AtomicFile.write(folder.resolve(ChainNames.ROOT + ".paramnames"), ChainNames.paramnames(draws));
        AtomicFile.write(folder.resolve(ChainNames.ROOT + ".ranges"), ChainNames.ranges(draws));
        String sampler = draws.samples().path().isPresent() ? "nested" : "mcmc";
        AtomicFile.write(
                folder.resolve(ChainNames.ROOT + ".properties.ini"),
                "sampler=" + sampler + "\nburn_removed=T\nlabel=" + label.replaceAll("\\p{Cntrl}+", " ") + "\n");
        return dropped;
    }

    private static void writeRow(Writer out, double weight, Draws draws, int i) throws IOException {
        out.write(ChainNames.number(weight));
        out.write(' ');
        out.write(ChainNames.number(-draws.logPosterior(i)));
        for (int c = 0; c < draws.quantities().size(); c++) {
            out.write(' ');
            out.write(ChainNames.number(draws.value(i, c)));
        }
        out.write('\n');
    }

    private static boolean finite(Draws draws, int row) {
        boolean finite = Double.isFinite(draws.logPosterior(row));
        for (int c = 0; finite && c < draws.quantities().size(); c++) {
            finite = Double.isFinite(draws.value(row, c));
        }
        return finite;
    }
}
