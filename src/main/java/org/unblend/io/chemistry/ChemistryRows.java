package org.unblend.io.chemistry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.unblend.chemistry.AbundanceModel;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistryResult;
import org.unblend.io.emulator.TrainingFolder;
import org.unblend.math.Parallel;

/**
 * The answer to a {@link ChemistryGrid}, slice by slice. Slices are kept beside the answer, so that a table that was
 * interrupted goes on, until it is written.
 */
public final class ChemistryRows {
    /** Rows that are solved and kept together. */
    static final int SLICE = 256;

    private static final String SET = "rows";

    private final ChemistryModel model;
    private final ChemistryGrid grid;
    private final List<String> species;
    private final Path out;
    private final TrainingFolder kept;
    private final int resumed;

    /**
     * @param species the abundances that are wanted
     * @param out where the answer will be written
     */
    public ChemistryRows(ChemistryModel model, ChemistryGrid grid, List<String> species, Path out) throws IOException {
        this.model = model;
        this.grid = grid;
        this.species = List.copyOf(species);
        this.out = out;
        String key = new AbundanceModel(model, species).fingerprint() + "\n" + grid.conditions();
        kept = TrainingFolder.open(out.resolveSibling(out.getFileName() + ".unfinished"), key);
        int found = 0;
        for (int from = 0; from < grid.conditions().size(); from += SLICE) {
            found += kept(from).isPresent() ? 1 : 0;
        }
        resumed = found;
    }

    /** How many slices an interrupted run has left. */
    public int resumed() {
        return resumed;
    }

    private Optional<double[]> kept(int from) {
        int rows = Math.min(SLICE, grid.conditions().size() - from);
        return kept.samples(SET, from / SLICE).filter(v -> v.length == rows * (species.size() + 1));
    }

    /**
     * Solves what is not solved yet and writes the table.
     *
     * @param done told how many rows are solved, after each slice
     * @return how each row ended
     */
    public ChemistryResult.Status[] run(Parallel parallel, IntConsumer done) throws IOException {
        int rows = grid.conditions().size();
        int m = species.size();
        double[] log10 = new double[rows * m];
        ChemistryResult.Status[] status = new ChemistryResult.Status[rows];
        for (int from = 0; from < rows; from += SLICE) {
            int to = Math.min(rows, from + SLICE);
            Optional<double[]> before = kept(from);
            double[] slice = before.isPresent() ? before.get() : solve(from, to, parallel);
            System.arraycopy(slice, 0, log10, from * m, (to - from) * m);
            for (int r = from; r < to; r++) {
                status[r] = ChemistryResult.Status.values()[(int) slice[(to - from) * m + r - from]];
            }
            done.accept(to);
        }
        grid.write(out, species, log10, status);
        kept.remove();
        return status;
    }

    /** Abundances of a slice, then what became of its rows. */
    private double[] solve(int from, int to, Parallel parallel) {
        double[] log10 = new double[(to - from) * species.size()];
        ChemistryResult.Status[] ends = new ChemistryResult.Status[to - from];
        model.evaluate(grid.conditions().subList(from, to), species, log10, ends, parallel);
        double[] slice = Arrays.copyOf(log10, log10.length + ends.length);
        for (int r = 0; r < ends.length; r++) {
            slice[log10.length + r] = ends[r].ordinal();
        }
        kept.saveSamples(SET, from / SLICE, slice);
        return slice;
    }
}
