package org.unblend.mcmc.factor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.unblend.math.LogSum;
import org.unblend.math.RandomSource;
import org.unblend.math.RandomStream;

/**
 * Chib's estimate of the evidence (see {@link Chib}) for every noise, prior and inferred number that a factorisation may have.
 * The ordinate of the posterior is a product over blocks: inferred numbers, the profiles one by one, then the rows of H.
 * That of a block, given the blocks before it, is the mean of its conditional density over a chain in which those are held.
 * Conditionals are products of densities of one number each, normalised by {@link LineIntegral} where they have no closed form;
 * with W held the samples are independent, so that their means are taken apart. All densities are of ln w, so that sparse
 * entries have no poles.
 *
 * <p>Where the components are exchangeable, the conditional of the first block of a component is averaged over all components
 * that are still free, which is the mean over all r! orders of a draw (Marin and Robert 2008, section 4).
 *
 * @param warmup sweeps of each chain that are thrown away
 * @param draws of each chain
 * @param runs independent repetitions, whose scatter is the error, at least 2
 */
record NumericChib(int warmup, int draws, int runs) {
    /** Sweeps per draw of the posterior. */
    private static final int THIN = 4;

    /** One factor of the ordinate: an inferred number, or a component of W or H. */
    private record Block(Hyper number, boolean ofW, int component) {}

    /** The estimate for a form that holds every entry and whose factors are both inferred. */
    Estimate of(FactorForm form, RandomStream random) {
        FactorMoves moves = FactorMoves.of(form);
        double[][] posterior = new double[runs][];
        for (int run = 0; run < runs; run++) {
            posterior[run] = posterior(moves, random.split("posterior").split(run));
        }
        double[] star = place(moves, posterior[0]);
        double[] logs = new double[runs];
        Arrays.setAll(
                logs,
                run -> log(moves, star, posterior[run], random.split("blocks").split(run)));
        double mean = Arrays.stream(logs).average().orElseThrow();
        double squares = Arrays.stream(logs).map(v -> (v - mean) * (v - mean)).sum();
        return new Estimate(mean, Math.sqrt(squares / (runs - 1) / runs));
    }

    /** Draws of one chain, {@code [draws x dimension]}. */
    private double[] posterior(FactorMoves moves, RandomStream stream) {
        RandomSource random = stream.generator();
        int d = moves.form().model().dimension();
        FactorChain chain = new FactorChain(moves, moves.form().model().priorDraws(1, random), warmup);
        double[] out = new double[chain.width()];
        double[] all = new double[draws * d];
        for (int s = 0; s < warmup + THIN * draws; s++) {
            chain.step(random, s, out, 0);
            if (s >= warmup && (s - warmup) % THIN == 0) {
                System.arraycopy(out, 0, all, (s - warmup) / THIN * d, d);
            }
        }
        return all;
    }

    /** The draw of highest density of the logarithms, in units of inferred scatters: none at the neck of a funnel. */
    private static double[] place(FactorMoves moves, double[] posterior) {
        FactorSites sites = new FactorSites(moves);
        int d = moves.form().model().dimension();
        double best = Double.NEGATIVE_INFINITY;
        double[] star = null;
        for (int s = 0; s < posterior.length / d; s++) {
            sites.load(posterior, s * d);
            double log = sites.logJointOfPlaces();
            if (star == null || log > best) {
                best = log;
                star = Arrays.copyOfRange(posterior, s * d, (s + 1) * d);
            }
        }
        return star;
    }

    private double log(FactorMoves moves, double[] star, double[] posterior, RandomStream stream) {
        FactorForm form = moves.form();
        FactorSites sites = new FactorSites(moves);
        sites.load(star, 0);
        double log = sites.logJoint();
        List<Block> blocks = blocks(form);
        int d = form.model().dimension();
        for (int b = 0; b < blocks.size(); b++) {
            RandomSource random = stream.split(b).generator();
            Block block = blocks.get(b);
            boolean rows = block.number == null && !block.ofW;
            double[][] ordinates = new double[rows ? form.samples() : 1][draws];
            // A chain in which what comes before is held starts at the place itself.
            sites.load(star, 0);
            for (int s = 0; s < (b == 0 ? draws : warmup + draws); s++) {
                if (b == 0) {
                    sites.load(posterior, s * d);
                } else {
                    sweep(sites, blocks.subList(b, blocks.size()), random);
                }
                int draw = b == 0 ? s : s - warmup;
                if (draw < 0) {
                    continue;
                }
                if (rows) {
                    for (int j = 0; j < ordinates.length; j++) {
                        double u = Math.log(Math.max(
                                EntryDraw.SMALLEST, star[form.offsetH() + block.component * form.samples() + j]));
                        ordinates[j][draw] = sites.ordinate(false, block.component, j, u);
                    }
                } else {
                    ordinates[0][draw] = symmetric(sites, blocks, b, star);
                }
            }
            for (double[] o : ordinates) {
                log -= LogSum.of(o) - Math.log(draws);
            }
        }
        return log;
    }

    /** Moves what is not held. */
    private static void sweep(FactorSites sites, List<Block> free, RandomSource random) {
        for (Block block : free) {
            if (block.number != null) {
                sites.move(block.number, random);
            } else {
                sites.move(block.ofW, block.component, random);
            }
        }
        for (Block block : free) {
            if (block.number == null && block.ofW) {
                sites.rescale(block.component, random);
            }
        }
    }

    /** ln of the conditional density of a block at the place, averaged over the labels that are free. */
    private static double symmetric(FactorSites sites, List<Block> blocks, int b, double[] star) {
        Block block = blocks.get(b);
        int c = block.component;
        boolean first = c >= 0 && blocks.get(b).equals(first(blocks, c));
        int last = first && sites.form().exchangeable() ? sites.form().rank() - 1 : c;
        double[] logs = new double[c < 0 ? 1 : last - c + 1];
        for (int t = 0; t < logs.length; t++) {
            sites.exchange(c, c + t);
            if (block.number != null) {
                logs[t] = sites.ordinate(block.number, star[block.number.offset()]);
            } else {
                for (int i = 0; i < sites.form().features(); i++) {
                    double value =
                            star[sites.form().offsetW() + i * sites.form().rank() + c];
                    logs[t] += sites.ordinate(true, c, i, Math.log(Math.max(EntryDraw.SMALLEST, value)));
                }
            }
            sites.exchange(c, c + t);
        }
        return LogSum.of(logs) - Math.log(logs.length);
    }

    private static Block first(List<Block> blocks, int component) {
        return blocks.stream().filter(x -> x.component == component).findFirst().orElseThrow();
    }

    /** Numbers that all share, then each component's numbers and profile, then the rows of H. */
    private static List<Block> blocks(FactorForm form) {
        List<Block> blocks = new ArrayList<>();
        form.scales().forEach(s -> blocks.add(new Block(s, false, -1)));
        for (Hyper hyper : form.hypers()) {
            if (FactorSites.component(form, hyper) < 0) {
                blocks.add(new Block(hyper, false, -1));
            }
        }
        for (int k = 0; k < form.rank(); k++) {
            for (Hyper hyper : form.hypers()) {
                if (FactorSites.component(form, hyper) == k) {
                    blocks.add(new Block(hyper, false, k));
                }
            }
            blocks.add(new Block(null, true, k));
        }
        for (int k = 0; k < form.rank(); k++) {
            blocks.add(new Block(null, false, k));
        }
        return blocks;
    }
}
