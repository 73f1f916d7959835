package org.unblend.cli.bench;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import org.unblend.emulator.train.Dl4jNetworks;
import org.unblend.math.Activation;
import org.unblend.math.DenseNetwork;
import org.unblend.math.RandomStream;

/**
 * A process of its own that times one library on the network of the thesis: {@code InferenceSide ours|dl4j SECONDS ROUNDS
 * ROWS...}. For each number of rows it prints a line with that number, the output of the last row, and the rows per second of
 * the best round, by CPU time of the thread.
 */
public final class InferenceSide {
    /** de Mijolla 2022, chapter 2: 26,601 weights and biases, ReLU. */
    private static final int[] WIDTHS = {6, 200, 100, 50, 1};
    /** The clock is read once in about so many rows. */
    private static final int ROWS_BETWEEN = 1000;
    /** The fractional parts of its multiples fill (0, 1) evenly. */
    private static final double GOLDEN = 0.6180339887498949;

    private InferenceSide() {}

    /** The process. */
    public static void main(String[] args) {
        for (String rows : List.of(args).subList(3, args.length)) {
            System.out.println(
                    line(args[0], Integer.parseInt(rows), Double.parseDouble(args[1]), Integer.parseInt(args[2])));
        }
    }

    /** The network that all sides evaluate. */
    static DenseNetwork network() {
        return DenseNetwork.random(WIDTHS, Activation.RELU, RandomStream.of(1));
    }

    private static String line(String side, int rows, double seconds, int rounds) {
        DenseNetwork net = network();
        double[] x = new double[rows * net.inputs()];
        float[] single = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = i * GOLDEN % 1;
            single[i] = (float) x[i];
        }
        DoubleSupplier batch = side.equals("ours") ? ours(net, x, rows) : Dl4jNetworks.batch(net, single, rows);
        return rows + " " + batch.getAsDouble() + " " + speed(batch, rows, seconds, rounds);
    }

    private static DoubleSupplier ours(DenseNetwork net, double[] x, int rows) {
        double[] y = new double[rows];
        DenseNetwork.Scratch scratch = net.newScratch();
        return () -> {
            net.apply(x, y, rows, scratch);
            return y[rows - 1];
        };
    }

    /**
     * Rows per second of CPU time of this thread, in the best of some rounds after one that warms up.
     *
     * @param batch evaluates the rows, and returns something of the result
     * @param rows rows of a batch
     * @param seconds CPU time of a round
     */
    static double speed(DoubleSupplier batch, int rows, double seconds, int rounds) {
        double best = 0;
        double first = batch.getAsDouble();
        for (int round = -1; round < rounds; round++) {
            long calls = 0;
            long start = cpu();
            long end = start;
            for (; end - start < seconds * 1e9; end = cpu()) {
                for (int c = 0; c < 1 + ROWS_BETWEEN / rows; c++, calls++) {
                    if (batch.getAsDouble() != first) {
                        throw new IllegalStateException("the same batch gave two results");
                    }
                }
            }
            best = round < 0 ? 0 : Math.max(best, 1e9 * calls * rows / (end - start));
        }
        return best;
    }

    /** Three significant digits, with separators of thousands. */
    static String threeDigits(double rate) {
        return String.format(
                Locale.ROOT,
                "%,.0f",
                new BigDecimal(rate).round(new MathContext(3)).doubleValue());
    }

    private static long cpu() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
