package org.unblend.mcmc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.Progress;
import org.unblend.infer.RunContext;
import org.unblend.math.RandomSource;

/**
 * Runs several chains side by side in blocks of transitions, each with random numbers keyed by chain and block. After
 * each block the draws and the state of every chain go into the journal, so that an interrupted run goes on with the same
 * bits, whatever the number of threads.
 *
 * @param name of the engine, for the status line
 * @param warmup transitions whose draws are thrown away
 * @param draws draws kept per chain
 * @param thin transitions per kept draw
 */
public record ChainRunner(String name, int warmup, int draws, int thin) {

    /** Draws, or warm-up transitions, between two entries of the journal. */
    private static final int BLOCK = 25;

    /**
     * What was drawn.
     *
     * @param values one array per chain, {@code [draws x width]}
     * @param draws draws per chain; fewer than asked for if the run was stopped
     * @param stopped why, if it was
     */
    public record Drawn(List<double[]> values, int draws, Optional<String> stopped) {}

    /** A headline for the status line, from the latest draws of all chains. */
    public interface Headline {
        Progress.Status of(double done, int iteration, List<double[]> latest);
    }

    public Drawn run(List<? extends Chain> chains, RunContext context, Headline headline) {
        int width = chains.get(0).width();
        List<double[]> kept = new ArrayList<>();
        for (int c = 0; c < chains.size(); c++) {
            kept.add(new double[draws * width]);
        }
        int total = warmup + draws * thin;
        int have = 0;
        for (int block = 0, done = 0; done < total; block++) {
            Optional<String> stop = context.budget().exhausted();
            if (stop.isPresent() && have >= 8) {
                return new Drawn(shortened(kept, have * width), have, stop);
            }
            int from = done;
            int to = Math.min(done < warmup ? warmup : total, done + BLOCK * (done < warmup ? 1 : thin));
            int number = block;
            List<double[]> blocks = advance(chains, context, number, from, to);
            int before = have;
            for (int i = from; i < to; i++) {
                if (i >= warmup && (i - warmup + 1) % thin == 0) {
                    for (int c = 0; c < chains.size(); c++) {
                        System.arraycopy(blocks.get(c), (have - before) * width, kept.get(c), have * width, width);
                    }
                    have++;
                }
            }
            done = to;
            context.progress().report(headline.of((double) done / total, done, blocks));
        }
        return new Drawn(kept, draws, Optional.empty());
    }

    /** The draws of one block of every chain: all transitions of the warm-up, afterwards those that are kept. */
    private List<double[]> advance(List<? extends Chain> chains, RunContext context, int block, int from, int to) {
        int width = chains.get(0).width();
        int rows = from < warmup ? to - from : (to - from) / thin;
        List<double[]> out = new ArrayList<>();
        int known = 0;
        for (Chain chain : chains) {
            double[] record = new double[rows * width + chain.state().length];
            if (known == out.size() && context.journal().replay(key(known, block), record, record.length) >= 0) {
                chain.restore(Arrays.copyOfRange(record, rows * width, record.length));
                known++;
            }
            out.add(record);
        }
        int first = known;
        context.parallel().forRanges(chains.size() - first, 1, (begin, end) -> {
            Chain chain = chains.get(first + begin);
            double[] record = out.get(first + begin);
            RandomSource random =
                    context.random().split(first + begin).split(block).generator();
            for (int i = from, row = 0; i < to; i++) {
                chain.step(random, i, record, row * width);
                // A row is written over until its draw is one that is kept.
                row += i < warmup || (i - warmup + 1) % thin == 0 ? 1 : 0;
            }
            double[] state = chain.state();
            System.arraycopy(state, 0, record, rows * width, state.length);
        });
        for (int c = first; c < chains.size(); c++) {
            context.journal().record(key(c, block), out.get(c), out.get(c).length, 0);
        }
        return out;
    }

    private static double[] key(int chain, int block) {
        return new double[] {chain, block};
    }

    private static List<double[]> shortened(List<double[]> kept, int length) {
        return kept.stream().map(k -> Arrays.copyOf(k, length)).toList();
    }
}
