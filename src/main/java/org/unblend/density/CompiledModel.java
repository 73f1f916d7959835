package org.unblend.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.unblend.math.RandomSource;
import org.unblend.model.Deterministic;
import org.unblend.model.ForwardModel;
import org.unblend.model.ModelGraph;
import org.unblend.model.Nearest;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

/**
 * A model graph compiled into flat batched functions of plain arrays: the prior as a map from the unit cube, log prior,
 * log likelihood (also entry by entry), and the values of deterministic nodes. θ is laid out by {@link Layout}.
 * Thread-safe; rows do not influence each other. Derivatives and unconstrained coordinates: {@link #gradients()}.
 */
public final class CompiledModel implements Target {
    /** Most pairs of coordinates and data that are looked at. */
    private static final double MOST_PARTS = 2e8;

    private final ModelGraph graph;
    private final Layout layout;
    private final Program program;
    private final int[] parameters;
    private final int[] observations;
    private final int[] forPrior;
    private final int[] forLikelihood;
    private final int cubeDimension;
    private final long observedEntries;
    private final String fingerprint;

    public CompiledModel(ModelGraph graph) {
        this(graph, true);
    }

    private CompiledModel(ModelGraph graph, boolean maySkip) {
        this.graph = graph;
        layout = Layout.of(graph);
        program = new Program(graph, maySkip);
        parameters = indices(Parameter.class::isInstance);
        observations = indices(Observation.class::isInstance);
        forPrior = program.needed(boxed(parameters));
        forLikelihood = program.needed(boxed(observations));
        cubeDimension = Arrays.stream(parameters)
                .map(i -> program.factors[i].cubeSize())
                .sum();
        observedEntries =
                Arrays.stream(observations).mapToLong(program::counted).sum();
        fingerprint = Fingerprint.of(graph);
    }

    /** The graph that was compiled. */
    public ModelGraph graph() {
        return graph;
    }

    /** Where each parameter lies in θ. */
    public Layout layout() {
        return layout;
    }

    @Override
    public List<String> names() {
        return layout.names();
    }

    @Override
    public int dimension() {
        return layout.dimension();
    }

    @Override
    public int cubeDimension() {
        return cubeDimension;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    /** Hard bounds of each column of θ, as far as they are fixed numbers. */
    public List<Support> bounds() {
        List<Support> bounds = new ArrayList<>();
        for (int i : parameters) {
            for (int e = 0; e < program.nodes.get(i).dims().size(); e++) {
                bounds.add(program.factors[i].bounds());
            }
        }
        return List.copyOf(bounds);
    }

    @Override
    public List<Integer> wrapped() {
        List<Integer> wrapped = new ArrayList<>();
        int coordinate = 0;
        for (int i : parameters) {
            int size = program.factors[i].cubeSize();
            if (program.factors[i] instanceof IndependentFactor f && f.periodic()) {
                IntStream.range(coordinate, coordinate + size).forEach(wrapped::add);
            }
            coordinate += size;
        }
        return List.copyOf(wrapped);
    }

    /** None for models so large that the search for them would take long. */
    @Override
    public Optional<Parts> parts() {
        return cubeDimension * (double) observedEntries > MOST_PARTS
                ? Optional.empty()
                : Optional.of(new ModelParts(this));
    }

    /** The nodes that the prior transform needs, ascending. */
    int[] forPrior() {
        return forPrior;
    }

    /** The nodes that the likelihood needs, ascending. */
    int[] forLikelihood() {
        return forLikelihood;
    }

    /** @throws IllegalStateException if a prior is improper, so that it has no draws */
    @Override
    public void priorTransform(double[] u, double[] theta, int rows) {
        Frame frame = new Frame(program.nodes.size(), rows);
        int slot = 0;
        int coordinate = 0;
        for (int node : forPrior) {
            program.evaluate(node, frame);
            if (!(program.nodes.get(node) instanceof Parameter p)) {
                continue;
            }
            if (p.prior().improper()) {
                throw new IllegalStateException("the prior of " + p.name() + " is improper and has no draws");
            }
            int size = p.dims().size();
            int offset = layout.slots().get(slot++).offset();
            double[] x = new double[rows * size];
            frame.values[node] = x;
            for (int r = 0; r < rows; r++) {
                program.factors[node].fromCube(u, r * cubeDimension + coordinate, x, r * size, frame, r);
                System.arraycopy(x, r * size, theta, r * dimension() + offset, size);
            }
            coordinate += program.factors[node].cubeSize();
        }
    }

    /**
     * Points of the unit cube that {@link #priorTransform} maps to these parameters.
     *
     * @param theta {@code [rows x dimension]}, of positive prior density, not modified
     * @return {@code [rows x cubeDimension]}, from 0 to 1, both ends included; NaN where a prior is improper
     */
    public double[] cubePositions(double[] theta, int rows) {
        Frame frame = evaluate(theta, rows, forPrior);
        double[] u = new double[rows * cubeDimension];
        int coordinate = 0;
        for (int i = 0; i < parameters.length; i++) {
            Factor factor = program.factors[parameters[i]];
            int offset = layout.slots().get(i).offset();
            for (int r = 0; r < rows; r++) {
                factor.toCube(theta, r * dimension() + offset, u, r * cubeDimension + coordinate, frame, r);
            }
            coordinate += factor.cubeSize();
        }
        return u;
    }

    /**
     * Independent draws of the prior.
     *
     * @param random advanced
     * @return {@code [rows x dimension]}
     * @throws IllegalStateException if a prior is improper
     */
    public double[] priorDraws(int rows, RandomSource random) {
        double[] u = new double[rows * cubeDimension];
        Arrays.setAll(u, i -> random.nextOpen());
        double[] theta = new double[rows * dimension()];
        priorTransform(u, theta, rows);
        return theta;
    }

    /**
     * Natural logarithm of the prior density on the natural scale; negative infinity outside the support, positive infinity
     * at a pole such as a Gamma of shape below 1 at 0.
     *
     * @param theta {@code [rows x dimension]}, not modified
     * @param out {@code [rows]}, modified
     */
    public void logPrior(double[] theta, double[] out, int rows) {
        Frame frame = evaluate(theta, rows, forPrior);
        sum(parameters, frame, out);
        for (int r = 0; r < rows; r++) {
            out[r] = frame.status[r] == RowStatus.OK && !Double.isNaN(out[r]) ? out[r] : Double.NEGATIVE_INFINITY;
        }
    }

    @Override
    public int logLikelihood(double[] theta, double[] out, int rows) {
        Frame frame = evaluate(theta, rows, forLikelihood);
        sum(observations, frame, out);
        int failed = 0;
        for (int r = 0; r < rows; r++) {
            if (frame.status[r] != RowStatus.OK || Double.isNaN(out[r])) {
                out[r] = Double.NEGATIVE_INFINITY;
                failed++;
            }
        }
        return failed;
    }

    /**
     * Number of data entries that count, over all observations, in the order of {@link #pointwise}.
     *
     * @throws ArithmeticException if there are more than an array can hold; see {@link ModelGraph#observedEntries}
     */
    public int observedEntries() {
        return Math.toIntExact(observedEntries);
    }

    /** This model, with a factor for every entry of sparse data too. */
    CompiledModel byEntry() {
        return Arrays.stream(program.sparse).allMatch(Objects::isNull) ? this : new CompiledModel(graph, false);
    }

    /**
     * Log likelihood of each data entry that counts: observations in the order of the graph, entries ascending. Sparse
     * data are looked at entry by entry, whether stored or not.
     *
     * @param out {@code [rows x observedEntries]}, modified; NaN in rows at which a forward model failed, and where an
     *     argument of the likelihood is not allowed
     */
    public void pointwise(double[] theta, double[] out, int rows) {
        CompiledModel each = byEntry();
        each.pointwise(each.likelihoodFrame(theta, rows), out);
    }

    /** The frame that the likelihood needs. */
    Frame likelihoodFrame(double[] theta, int rows) {
        return evaluate(theta, rows, forLikelihood);
    }

    void pointwise(Frame frame, double[] out) {
        int width = observedEntries();
        for (int r = 0; r < frame.rows; r++) {
            int at = r * width;
            for (int node : observations) {
                IndependentFactor factor = program.likelihood(node);
                factor.pointwise(program.data[node], 0, frame, r, out, at);
                at += factor.counted();
            }
            if (frame.status[r] != RowStatus.OK) {
                Arrays.fill(out, r * width, (r + 1) * width, Double.NaN);
            }
        }
    }

    /**
     * Values of a parameter, constant or deterministic node.
     *
     * @throws IllegalArgumentException if there is no such node
     * @return {@code [rows x size of the node]}; NaN in rows at which a forward model failed
     */
    public double[] values(String node, double[] theta, int rows) {
        int target = graph.node(node)
                .filter(n -> !(n instanceof Observation))
                .map(n -> program.index.get(n.name()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no node '" + node + "' has values; " + Nearest.hint(node, program.index.keySet())));
        Frame frame = evaluate(theta, rows, program.needed(List.of(target)));
        double[] values = frame.values[target];
        int size = program.nodes.get(target).dims().size();
        for (int r = 0; r < rows; r++) {
            if (frame.status[r] != RowStatus.OK) {
                Arrays.fill(values, r * size, (r + 1) * size, Double.NaN);
            }
        }
        return values;
    }

    /** Rows at which a forward model lies near an end of what it was fitted to, see {@link ForwardModel#nearEdge}. */
    public boolean[] nearEdge(double[] theta, int rows) {
        boolean[] near = new boolean[rows];
        Frame frame = evaluate(theta, rows, forLikelihood);
        for (int node : forLikelihood) {
            if (program.nodes.get(node) instanceof Deterministic d) {
                boolean[] own = d.kernel().nearEdge(program.values(node, frame), rows);
                for (int r = 0; r < rows; r++) {
                    near[r] |= own[r];
                }
            }
        }
        return near;
    }

    /** True if every operation on the way from the parameters to the data has a derivative, so gradients exist. */
    public boolean differentiable() {
        return withoutDerivative().isEmpty();
    }

    /** Name of the first node on the way from the parameters to the data that has no derivative, if there is one. */
    public Optional<String> withoutDerivative() {
        return Arrays.stream(program.needed(boxed(concat(parameters, observations))))
                .mapToObj(program.nodes::get)
                .filter(n -> n instanceof Deterministic d && !d.kernel().differentiable())
                .map(Node::name)
                .findFirst();
    }

    @Override
    public Optional<CubeGradient> cubeGradient() {
        return differentiable() ? Optional.of(new LikelihoodGradient(this)) : Optional.empty();
    }

    /** Log posterior density with derivatives, on the natural and on the unconstrained scale. */
    public Gradients gradients() {
        return new Gradients(this);
    }

    Program program() {
        return program;
    }

    int[] parameterNodes() {
        return parameters;
    }

    int[] observationNodes() {
        return observations;
    }

    /** A frame with the parameters from θ and the other nodes that are wanted, evaluated. */
    Frame evaluate(double[] theta, int rows, int[] wanted) {
        Frame frame = new Frame(program.nodes.size(), rows);
        for (int i = 0; i < parameters.length; i++) {
            Layout.Slot slot = layout.slots().get(i);
            double[] x = new double[rows * slot.size()];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(theta, r * dimension() + slot.offset(), x, r * slot.size(), slot.size());
            }
            frame.values[parameters[i]] = x;
        }
        for (int node : wanted) {
            program.evaluate(node, frame);
        }
        return frame;
    }

    /** Sums the log densities of some nodes, row by row. */
    void sum(int[] which, Frame frame, double[] out) {
        Arrays.fill(out, 0, frame.rows, 0);
        for (int node : which) {
            if (program.sparse[node] != null) {
                for (int r = 0; r < frame.rows; r++) {
                    out[r] += program.sparse[node].log(frame, r);
                }
                continue;
            }
            boolean observed = program.data[node] != null;
            double[] x = observed ? program.data[node] : frame.values[node];
            int size = program.nodes.get(node).dims().size();
            for (int r = 0; r < frame.rows; r++) {
                out[r] += program.factors[node].logDensity(x, observed ? 0 : r * size, frame, r);
            }
        }
    }

    private int[] indices(Predicate<Node> kind) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < program.nodes.size(); i++) {
            if (kind.test(program.nodes.get(i))) {
                found.add(i);
            }
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> boxed(int[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    private static int[] concat(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }
}
