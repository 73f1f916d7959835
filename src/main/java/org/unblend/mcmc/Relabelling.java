package org.unblend.mcmc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.unblend.density.CompiledModel;
import org.unblend.density.Layout;
import org.unblend.density.MatrixProduct;
import org.unblend.diagnose.Alignment;
import org.unblend.math.Dense;
import org.unblend.model.Axis;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.ModelGraph;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;

/**
 * One labelling for all draws of a factorisation whose components may be exchanged: the components of each draw are
 * permuted, with all that is inferred for them, to resemble those of a pivot. The posterior is the same under every
 * permutation, so each permuted draw is as good a draw as it was.
 *
 * @param w where W lies in θ, row-major {@code [features x components]}
 * @param h where H lies in θ, row-major {@code [components x samples]}
 * @param component the axis that both share
 * @param along all parameters along that axis
 */
public record Relabelling(Layout.Slot w, Layout.Slot h, Axis component, List<Layout.Slot> along) {

    /**
     * The relabelling of a graph, if it has one: nothing but one product of two parameters reads the component axis, and
     * no constant tells components apart.
     */
    public static Optional<Relabelling> of(CompiledModel model) {
        ModelGraph graph = model.graph();
        List<MatrixProduct> products = MatrixProduct.all(graph);
        if (products.size() != 1) {
            return Optional.empty();
        }
        MatrixProduct product = products.get(0);
        Optional<Layout.Slot> w = slot(model, product.w().name());
        Optional<Layout.Slot> h = slot(model, product.h().name());
        if (w.isEmpty() || h.isEmpty()) {
            return Optional.empty();
        }
        Axis component = product.component();
        if (component.length() < 2
                || graph.nodes().stream().anyMatch(n -> tellsApart(graph, n, component, product.node()))) {
            return Optional.empty();
        }
        return Optional.of(new Relabelling(
                w.get(),
                h.get(),
                component,
                model.layout().slots().stream()
                        .filter(s -> axes(s).contains(component))
                        .toList()));
    }

    private static boolean tellsApart(ModelGraph graph, Node node, Axis component, Node product) {
        if (node instanceof Constant c && c.dims().axes().contains(component)) {
            return Arrays.stream(c.values()).distinct().count() > 1;
        }
        if (node instanceof Deterministic d && d != product) {
            return d.op().inputs().stream()
                    .anyMatch(i -> graph.node(i).orElseThrow().dims().axes().contains(component));
        }
        return node instanceof Observation o && o.dims().axes().contains(component);
    }

    private static Optional<Layout.Slot> slot(CompiledModel model, String name) {
        return model.layout().slots().stream()
                .filter(s -> s.parameter().name().equals(name))
                .findFirst();
    }

    private static List<Axis> axes(Layout.Slot slot) {
        Parameter p = slot.parameter();
        return p.dims().axes();
    }

    /** Number of components. */
    public int rank() {
        return component.length();
    }

    /** Entries of the product. */
    public int entries() {
        return w.size() / rank() * (h.size() / rank());
    }

    /** The product at an entry, {@code i * samples + j}, of the draw that begins at {@code at}. */
    public double product(double[] theta, int at, int entry) {
        int samples = h.size() / rank();
        double sum = 0;
        for (int k = 0; k < rank(); k++) {
            sum += theta[at + w.offset() + entry / samples * rank() + k]
                    * theta[at + h.offset() + k * samples + entry % samples];
        }
        return sum;
    }

    /**
     * Permutes draws in place, to resemble that of the highest log likelihood.
     *
     * @param theta {@code [draws x dimension]}, modified
     * @param logLikelihood {@code [draws]}
     * @return how many draws had other labels than the one before them, in order
     */
    public int align(double[] theta, double[] logLikelihood) {
        int draws = logLikelihood.length;
        int d = theta.length / draws;
        int pivot = IntStream.range(0, draws)
                .reduce((a, b) -> logLikelihood[b] > logLikelihood[a] ? b : a)
                .orElseThrow();
        Dense reference = profiles(theta, pivot * d);
        int[] before = null;
        int switches = 0;
        for (int i = 0; i < draws; i++) {
            int[] match = Alignment.of(reference, profiles(theta, i * d)).match();
            switches += before != null && !Arrays.equals(before, match) ? 1 : 0;
            before = match;
            permute(theta, i * d, match);
        }
        return switches;
    }

    /** The factor with fewer entries, a column per component. */
    private Dense profiles(double[] theta, int at) {
        int r = rank();
        boolean left = w.size() <= h.size();
        int n = (left ? w.size() : h.size()) / r;
        Dense columns = Dense.zeros(n, r);
        for (int i = 0; i < n; i++) {
            for (int k = 0; k < r; k++) {
                columns.row(i)[k] = left ? theta[at + w.offset() + i * r + k] : theta[at + h.offset() + k * n + i];
            }
        }
        return columns;
    }

    /** Puts component k where {@code to[k]} was. */
    private void permute(double[] theta, int at, int[] to) {
        for (Layout.Slot slot : along) {
            int step = slot.parameter().dims().strides()[axes(slot).indexOf(component)];
            int from = at + slot.offset();
            double[] old = Arrays.copyOfRange(theta, from, from + slot.size());
            for (int e = 0; e < old.length; e++) {
                int k = e / step % rank();
                theta[from + e + (to[k] - k) * step] = old[e];
            }
        }
    }

    /** Some entries of the product as series over the draws, {@code name[i,j]}, for checks that no labels enter. */
    public Series products(double[] theta, int draws, int most) {
        int d = theta.length / draws;
        int samples = h.size() / rank();
        List<String> names = new ArrayList<>();
        List<double[]> series = new ArrayList<>();
        for (int e = 0; e < entries(); e += Math.max(1, entries() / most)) {
            double[] mean = new double[draws];
            for (int s = 0; s < draws; s++) {
                mean[s] = product(theta, s * d, e);
            }
            names.add("mean[" + e / samples + "," + e % samples + "]");
            series.add(mean);
        }
        return new Series(names, series);
    }

    /** Named series over draws. */
    public record Series(List<String> names, List<double[]> values) {}
}
