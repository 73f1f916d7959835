package org.unblend.nested;

import java.util.ArrayList;
import java.util.List;
import org.unblend.density.Parts;
import org.unblend.math.RandomSource;

/**
 * One chain of slice sampling within blocks (Neal 2003, Annals of Statistics 31, 705) whose stationary law is uniform on the
 * part of the unit cube that is above a threshold. A slice moves the coordinates of one block and leaves the others, as
 * Gibbs sampling does. It begins with an interval of fixed length, placed at random about the present point, and shrinks
 * towards it with each draw that is refused; nothing is stepped out.
 *
 * <p>Directions do not depend on the present point: within a block one of its axes or the difference of two live points there,
 * for all coordinates together such a difference.
 */
final class BlockWalker {
    /** Length of the first interval in standard deviations of the live points along the line. */
    private static final double LENGTH = 4;

    private final Blocks blocks;
    private final double[] live;
    private final double[] sd;
    private final int start;
    private final RandomSource random;
    private final int d;

    /** Blocks whose turn is still to come, and after their numbers those of glides; the last one first. */
    private final List<Integer> turns = new ArrayList<>();

    private int sweeps;
    private Parts.Moving moving;
    private boolean begun;
    private double logL;
    private int block = -1;
    private double[] direction;
    private double[] proposal;
    private double low;
    private double high;
    private double at;

    /**
     * @param live positions of the live points, {@code [points x d]}
     * @param sd their standard deviation in each coordinate
     * @param start index of the one to start from
     * @param logL its log likelihood
     * @param sweeps how many sweeps are to be done
     */
    BlockWalker(Blocks blocks, double[] live, double[] sd, int start, double logL, int sweeps, RandomSource random) {
        this.blocks = blocks;
        this.live = live;
        this.sd = sd;
        this.d = sd.length;
        this.start = start;
        this.logL = logL;
        this.sweeps = sweeps;
        this.random = random;
    }

    /** Finds what is known at the starting point: once, before all else. Touches nothing that walkers share. */
    void begin() {
        double[] u = new double[d];
        System.arraycopy(live, start * d, u, 0, d);
        moving = blocks.parts().at(u);
    }

    Parts.Moving moving() {
        return moving;
    }

    double logL() {
        return logL;
    }

    /** Draws the next proposal; false if the chain has ended. */
    boolean draw() {
        while (direction != null || newLine()) {
            if (gliding()) {
                return true;
            }
            at = low + (high - low) * random.nextOpen();
            int[] c = coordinates();
            boolean inside = true;
            boolean moved = false;
            for (int i = 0; i < c.length; i++) {
                double x = moving.position()[c[i]];
                proposal[i] = x + at * direction[i];
                inside &= proposal[i] > 0 && proposal[i] < 1;
                moved |= proposal[i] != x;
            }
            if (!moved) {
                // The slice has shrunk to the present point.
                direction = null;
            } else if (inside) {
                return true;
            } else {
                shrink();
            }
        }
        return false;
    }

    /** Tells the moving point of the proposal. Touches nothing that walkers share. */
    void propose() {
        if (gliding()) {
            moving.glide(glide(), LENGTH * sd[glides().get(glide()).coordinate()], random);
        } else {
            moving.propose(block, proposal);
        }
    }

    /** The full evaluations that the proposal counts as; the first one includes what is found at the starting point. */
    double worth() {
        double share = gliding()
                ? glides().get(glide()).share()
                : blocks.parts().blocks().get(block).share();
        double worth = begun ? share : 1 + share;
        begun = true;
        return worth;
    }

    /** Goes to the proposal if it is above the threshold; refuses it if not. */
    void judge(double logLikelihood, boolean above) {
        if (above) {
            moving.accept();
            logL = logLikelihood;
            direction = null;
        } else {
            moving.refuse();
            if (gliding()) {
                direction = null;
            } else {
                shrink();
            }
        }
    }

    private boolean gliding() {
        return glide() >= 0;
    }

    /** Number of the glide whose turn it is, negative for blocks. */
    private int glide() {
        return block - blocks.count() - 1;
    }

    private List<Parts.Glide> glides() {
        return blocks.parts().glides();
    }

    private void shrink() {
        if (at < 0) {
            low = at;
        } else {
            high = at;
        }
    }

    private int[] coordinates() {
        return blocks.parts().blocks().get(block).coordinates();
    }

    private boolean newLine() {
        if (turns.isEmpty()) {
            if (sweeps-- <= 0) {
                return false;
            }
            shuffle();
        }
        block = turns.remove(turns.size() - 1);
        if (gliding()) {
            direction = new double[0];
            return true;
        }
        int[] c = coordinates();
        proposal = new double[c.length];
        direction = new double[c.length];
        double length;
        boolean axis = block < blocks.count() && (c.length == 1 || random.nextOpen() < 0.5);
        if (axis || live.length <= 2 * d) {
            int i = random.nextInt(c.length);
            direction[i] = 1;
            length = LENGTH * sd[c[i]];
        } else {
            int from = other(start);
            int to = other(from);
            for (int i = 0; i < c.length; i++) {
                direction[i] = live[to * d + c[i]] - live[from * d + c[i]];
            }
            // Two points of one law are sqrt(2 k) standard deviations apart in k coordinates.
            length = LENGTH / Math.sqrt(2.0 * c.length);
        }
        low = -length * random.nextOpen();
        high = low + length;
        clip(c);
        return true;
    }

    /** The interval ends at the walls of the cube. */
    private void clip(int[] c) {
        for (int i = 0; i < c.length; i++) {
            if (direction[i] != 0) {
                double x = moving.position()[c[i]];
                double toZero = -x / direction[i];
                double toOne = (1 - x) / direction[i];
                low = Math.max(low, Math.min(toZero, toOne));
                high = Math.min(high, Math.max(toZero, toOne));
            }
        }
    }

    private void shuffle() {
        for (int b = 0; b < blocks.count(); b++) {
            for (int i = 0; i < blocks.parts().blocks().get(b).coordinates().length; i++) {
                turns.add(b);
            }
        }
        for (int i = 0; i < blocks.whole(); i++) {
            turns.add(blocks.count());
        }
        for (int i = 0; i < glides().size(); i++) {
            turns.add(blocks.count() + 1 + i);
        }
        for (int i = turns.size() - 1; i > 0; i--) {
            turns.set(i, turns.set(random.nextInt(i + 1), turns.get(i)));
        }
    }

    /** The index of a live point other than this one and the starting point. */
    private int other(int thisOne) {
        int points = live.length / d;
        int i = random.nextInt(points);
        while (i == thisOne || i == start) {
            i = random.nextInt(points);
        }
        return i;
    }
}
