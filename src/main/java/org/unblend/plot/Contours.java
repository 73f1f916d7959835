package org.unblend.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Level lines of a grid by marching squares (Lorensen and Cline 1987, in two dimensions), as closed loops. Values stand
 * at the middles of the cells of the unit square. Beyond its edge the grid is continued by one cell and then falls to
 * zero, so that lines leave the square at right angles and close outside.
 */
final class Contours {
    private static final int MARGIN = 2;

    private Contours() {}

    /** One loop: coordinates in units of the square, the first point not repeated. */
    record Loop(double[] x, double[] y) {}

    /**
     * The loops that enclose what is above {@code level}.
     *
     * @param level above 0, else there is no end of the region and the result is empty
     */
    static List<Loop> of(Density2 density, double level) {
        int n = density.n();
        int width = n + 2 * MARGIN;
        double[] v = padded(density);
        // For each edge of the grid that a line crosses, the edge that it crosses next; horizontal edges first.
        int[] next = new int[2 * width * width];
        Arrays.fill(next, -1);
        for (int j = 0; j < width - 1 && level > 0; j++) {
            for (int i = 0; i < width - 1; i++) {
                cell(v, width, i, j, level, next);
            }
        }
        List<Loop> loops = new ArrayList<>();
        for (int start = 0; start < next.length; start++) {
            if (next[start] >= 0) {
                loops.add(trace(v, width, n, level, next, start));
            }
        }
        return loops;
    }

    private static double[] padded(Density2 density) {
        int n = density.n();
        int width = n + 2 * MARGIN;
        double[] v = new double[width * width];
        for (int j = 1; j < width - 1; j++) {
            for (int i = 1; i < width - 1; i++) {
                int row = Math.max(0, Math.min(n - 1, j - MARGIN));
                int column = Math.max(0, Math.min(n - 1, i - MARGIN));
                v[j * width + i] = density.cells()[row * n + column];
            }
        }
        return v;
    }

    /** Notes how lines cross the square with the lowest corner (i, j), the higher values to their left. */
    private static void cell(double[] v, int width, int i, int j, double level, int[] next) {
        int corner = j * width + i;
        int south = corner;
        int north = corner + width;
        int west = width * width + corner;
        int east = west + 1;
        double a = v[corner];
        double b = v[corner + 1];
        double c = v[corner + width + 1];
        double d = v[corner + width];
        int code = (a > level ? 1 : 0) | (b > level ? 2 : 0) | (c > level ? 4 : 0) | (d > level ? 8 : 0);
        boolean middle = (a + b + c + d) / 4 > level;
        switch (code) {
            case 1 -> next[south] = west;
            case 2 -> next[east] = south;
            case 3 -> next[east] = west;
            case 4 -> next[north] = east;
            case 5 -> {
                next[south] = middle ? east : west;
                next[north] = middle ? west : east;
            }
            case 6 -> next[north] = south;
            case 7 -> next[north] = west;
            case 8 -> next[west] = north;
            case 9 -> next[south] = north;
            case 10 -> {
                next[east] = middle ? north : south;
                next[west] = middle ? south : north;
            }
            case 11 -> next[east] = north;
            case 12 -> next[west] = east;
            case 13 -> next[south] = east;
            case 14 -> next[west] = south;
            default -> {
                // 0 and 15: all corners on the same side.
            }
        }
    }

    private static Loop trace(double[] v, int width, int n, double level, int[] next, int start) {
        int length = 0;
        for (int e = start; length == 0 || e != start; e = next[e]) {
            length++;
        }
        double[] x = new double[length];
        double[] y = new double[length];
        int edge = start;
        for (int k = 0; k < length; k++) {
            boolean vertical = edge >= width * width;
            int corner = vertical ? edge - width * width : edge;
            int other = vertical ? corner + width : corner + 1;
            double part = (level - v[corner]) / (v[other] - v[corner]);
            x[k] = (corner % width + (vertical ? 0 : part) - MARGIN + 0.5) / n;
            y[k] = (corner / width + (vertical ? part : 0) - MARGIN + 0.5) / n;
            int following = next[edge];
            next[edge] = -1;
            edge = following;
        }
        return new Loop(x, y);
    }

    /** The loop with fewer points, none farther than {@code tolerance} off (Douglas and Peucker 1973). */
    static Loop simplified(Loop loop, double tolerance) {
        int n = loop.x.length;
        boolean[] keep = new boolean[n];
        int far = 0;
        for (int k = 1; k < n; k++) {
            if (Math.hypot(loop.x[k] - loop.x[0], loop.y[k] - loop.y[0])
                    > Math.hypot(loop.x[far] - loop.x[0], loop.y[far] - loop.y[0])) {
                far = k;
            }
        }
        keep[0] = true;
        keep[far] = true;
        simplify(loop, 0, far, tolerance, keep);
        simplify(loop, far, n, tolerance, keep);
        int count = 0;
        for (boolean k : keep) {
            count += k ? 1 : 0;
        }
        double[] x = new double[count];
        double[] y = new double[count];
        int at = 0;
        for (int k = 0; k < n; k++) {
            if (keep[k]) {
                x[at] = loop.x[k];
                y[at++] = loop.y[k];
            }
        }
        return new Loop(x, y);
    }

    /** Marks the points to keep strictly between {@code from} and {@code to}; index n is index 0 again. */
    private static void simplify(Loop loop, int from, int to, double tolerance, boolean[] keep) {
        int n = loop.x.length;
        double ax = loop.x[from];
        double ay = loop.y[from];
        double bx = loop.x[to % n] - ax;
        double by = loop.y[to % n] - ay;
        double length = Math.hypot(bx, by);
        int worst = -1;
        double most = tolerance;
        for (int k = from + 1; k < to; k++) {
            double px = loop.x[k] - ax;
            double py = loop.y[k] - ay;
            double off = length > 0 ? Math.abs(px * by - py * bx) / length : Math.hypot(px, py);
            if (off > most) {
                most = off;
                worst = k;
            }
        }
        if (worst >= 0) {
            keep[worst] = true;
            simplify(loop, from, worst, tolerance, keep);
            simplify(loop, worst, to, tolerance, keep);
        }
    }
}
