package org.unblend.io.maps;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.io.matrix.LabelledMatrix;
import org.unblend.math.Dense;

/**
 * Maps of one region as a matrix.
 *
 * @param x {@code [maps x pixels]}, of the pixels that any map has; NaN where a map has none
 * @param sd standard deviations, alike; 1 where an entry is missing
 * @param grid the pixels
 * @param remarks what was left out, to be told
 */
public record MapStack(LabelledMatrix x, Optional<Dense> sd, PixelGrid grid, List<String> remarks) {

    public MapStack {
        remarks = List.copyOf(remarks);
    }

    /**
     * Stacks maps. An entry is missing if it is NaN or its standard deviation is NaN, infinite or 0; pixels that are
     * missing in all maps are left out.
     *
     * @param names names of the maps
     * @param values {@code [maps][all pixels]}
     * @param sds alike, or empty
     * @param whole the grid of all pixels
     */
    static MapStack of(List<String> names, double[][] values, Optional<double[][]> sds, PixelGrid whole) {
        int lines = values.length;
        int all = values[0].length;
        boolean[][] there = new boolean[lines][all];
        int unsure = 0;
        for (int i = 0; i < lines; i++) {
            for (int p = 0; p < all; p++) {
                boolean number = !Double.isNaN(values[i][p]);
                boolean sure = sds.isEmpty() || usable(sds.get()[i][p]);
                there[i][p] = number && sure;
                unsure += number && !sure ? 1 : 0;
            }
        }
        int[] kept = IntStream.range(0, all)
                .filter(p -> IntStream.range(0, lines).anyMatch(i -> there[i][p]))
                .toArray();
        Dense x = Dense.zeros(lines, kept.length);
        Dense sd = Dense.zeros(lines, kept.length);
        int gaps = 0;
        for (int i = 0; i < lines; i++) {
            for (int j = 0; j < kept.length; j++) {
                boolean here = there[i][kept[j]];
                x.row(i)[j] = here ? values[i][kept[j]] : Double.NaN;
                sd.row(i)[j] = here && sds.isPresent() ? sds.get()[i][kept[j]] : 1;
                gaps += here ? 0 : 1;
            }
        }
        PixelGrid grid =
                new PixelGrid(whole.width(), whole.height(), whole.firstX(), whole.firstY(), kept, whole.frame());
        return new MapStack(
                new LabelledMatrix(x, names, grid.names()),
                sds.map(s -> sd),
                grid,
                remarks(all, kept.length, gaps, unsure));
    }

    private static boolean usable(double sd) {
        return Double.isFinite(sd) && sd != 0;
    }

    private static List<String> remarks(int all, int kept, int gaps, int unsure) {
        List<String> remarks = new ArrayList<>();
        if (kept < all) {
            remarks.add((all - kept) + " of " + all + " pixels are missing in all maps and left out");
        }
        if (gaps > 0) {
            remarks.add(gaps + " entries of the other pixels are missing and have weight 0");
        }
        if (unsure > 0) {
            remarks.add(unsure + " entries count as missing as their standard deviation is 0 or none");
        }
        return remarks;
    }

    /** The maps that have no entry, as their places. */
    static int[] empty(double[][] values) {
        return IntStream.range(0, values.length)
                .filter(i -> Arrays.stream(values[i]).allMatch(Double::isNaN))
                .toArray();
    }
}
