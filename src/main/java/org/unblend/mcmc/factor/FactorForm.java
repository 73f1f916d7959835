package org.unblend.mcmc.factor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.unblend.density.CompiledModel;
import org.unblend.infer.InvalidRequest;
import org.unblend.math.Dense;
import org.unblend.math.Matrix;
import org.unblend.math.Sparse;

/**
 * A graph that is one factorisation with proper priors: {@code X ~ Normal | Poisson | Gamma(mean = W H)}, the entries of W
 * and of H each from one family with arguments per component, which may be inferred, and so may the scale of the noise.
 *
 * @param model the compiled graph
 * @param noise kind of noise
 * @param x {@code [features x samples]}, 0 where missing; sparse only for counts of which nothing is missing
 * @param weights {@code [features x samples]}, empty if the data are sparse, 0 where missing: the weight where the noise's scale is inferred or Poisson;
 *     weight / sd^2 for Normal, weight * shape for Gamma noise
 * @param w prior of W, or empty if W is fixed
 * @param h prior of H, or empty if H is fixed
 * @param fixedW {@code [r x features]} if W is fixed, otherwise null
 * @param fixedH {@code [r x samples]} if H is fixed, otherwise null
 * @param offsetW first column of θ of W, row-major {@code [features x components]}; -1 if fixed
 * @param offsetH first column of θ of H, row-major {@code [components x samples]}; -1 if fixed
 * @param rank number of components
 * @param hypers inferred arguments of the priors, one per number
 * @param scales inferred scale of the noise (sd, or shape), one for all or one per feature; empty if fixed
 */
public record FactorForm(
        CompiledModel model,
        Noise noise,
        Matrix x,
        Optional<Dense> weights,
        Optional<PriorSide> w,
        Optional<PriorSide> h,
        double[][] fixedW,
        double[][] fixedH,
        int offsetW,
        int offsetH,
        int rank,
        List<Hyper> hypers,
        List<Hyper> scales) {

    /**
     * Recognises the form.
     *
     * @throws InvalidRequest with the reason, if the graph has another
     */
    public static FactorForm of(CompiledModel model) {
        FactorForm form = new FactorReader(model).read();
        if (form.noise == Noise.POISSON) {
            form.refuseHugeCounts();
        }
        return form;
    }

    /** Counts are divided among components as whole numbers of 32 bits. */
    private void refuseHugeCounts() {
        double largest = x instanceof Sparse s
                ? Arrays.stream(s.value()).max().orElse(0)
                : Arrays.stream(x.dense().array())
                        .flatMapToDouble(Arrays::stream)
                        .max()
                        .orElse(0);
        if (largest > Integer.MAX_VALUE) {
            throw new InvalidRequest(
                    "N021",
                    "a count is " + largest + ", above " + Integer.MAX_VALUE
                            + ", which cannot be divided among components one by one",
                    "take Normal noise, whose sd is the square root of a count");
        }
    }

    /** The same with every entry of the data held, as all moves but those of counts at a power of one need. */
    public FactorForm full() {
        if (weights.isPresent()) {
            return this;
        }
        Dense ones = Dense.zeros(features(), samples());
        Arrays.stream(ones.array()).forEach(row -> Arrays.fill(row, 1));
        return new FactorForm(
                model,
                noise,
                x.dense(),
                Optional.of(ones),
                w,
                h,
                fixedW,
                fixedH,
                offsetW,
                offsetH,
                rank,
                hypers,
                scales);
    }

    /** True if the data are sparse counts, of which a posterior needs no others than those stored. */
    boolean isSparse() {
        return x instanceof Sparse && noise == Noise.POISSON;
    }

    /** The same unknowns with other data, {@code [features x samples]}; entries without weight are ignored. */
    FactorForm withData(Matrix data) {
        return new FactorForm(
                model, noise, data, weights, w, h, fixedW, fixedH, offsetW, offsetH, rank, hypers, scales);
    }

    /** Number of features. */
    public int features() {
        return x.rows();
    }

    /** Number of samples. */
    public int samples() {
        return x.columns();
    }

    /** W by component, {@code [r x features]}, from θ at an offset. */
    double[][] w(double[] theta, int at) {
        if (fixedW != null) {
            return fixedW;
        }
        double[][] out = new double[rank][features()];
        for (int i = 0; i < features(); i++) {
            for (int k = 0; k < rank; k++) {
                out[k][i] = entry(w(), theta[at + offsetW + i * rank + k]);
            }
        }
        return out;
    }

    /** H by component, {@code [r x samples]}, from θ at an offset. */
    double[][] h(double[] theta, int at) {
        if (fixedH != null) {
            return fixedH;
        }
        double[][] out = new double[rank][samples()];
        for (int k = 0; k < rank; k++) {
            for (int j = 0; j < samples(); j++) {
                out[k][j] = entry(h(), theta[at + offsetH + k * samples() + j]);
            }
        }
        return out;
    }

    /** Where zeros occur they stay, elsewhere entries are kept off zero. */
    private static double entry(Optional<PriorSide> side, double value) {
        return value == 0 && side.flatMap(PriorSide::zero).isPresent() ? 0 : EntryDraw.keep(value);
    }

    /** Puts factors that are inferred into θ. */
    void put(double[][] w, double[][] h, double[] theta) {
        for (int k = 0; k < rank; k++) {
            for (int i = 0; fixedW == null && i < features(); i++) {
                theta[offsetW + i * rank + k] = w[k][i];
            }
            if (fixedH == null) {
                System.arraycopy(h[k], 0, theta, offsetH + k * samples(), samples());
            }
        }
    }

    /** The number that an argument of component k is, if it is inferred and nothing else depends on it. */
    Optional<Hyper> own(PriorSide.Argument argument, int k) {
        if (!argument.inferred()) {
            return Optional.empty();
        }
        long uses = 0;
        for (int l = 0; l < rank; l++) {
            uses += w.isPresent() ? w.get().uses(l, argument.column(k)) : 0;
            uses += h.isPresent() ? h.get().uses(l, argument.column(k)) : 0;
        }
        return uses > 1
                ? Optional.empty()
                : hypers.stream().filter(g -> g.offset() == argument.column(k)).findFirst();
    }

    /** The priors of the factors that have one. */
    List<PriorSide> sides() {
        return Stream.concat(w.stream(), h.stream()).toList();
    }

    /** True if entries may be exactly zero. */
    boolean zeros() {
        return sides().stream().anyMatch(s -> s.zero().isPresent());
    }

    /** True if all components have the same prior, so that their labels may be exchanged. */
    public boolean exchangeable() {
        return fixedW == null && fixedH == null && same(w.orElseThrow()) && same(h.orElseThrow());
    }

    private boolean same(PriorSide side) {
        return Stream.concat(side.args().stream(), side.zero().stream())
                .filter(a -> !a.inferred())
                .allMatch(a -> Arrays.stream(a.values()).allMatch(v -> v == a.values()[0]));
    }
}
