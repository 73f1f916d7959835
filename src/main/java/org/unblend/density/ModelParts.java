package org.unblend.density;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.unblend.model.Deterministic;
import org.unblend.model.Node;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;

/**
 * Which entries of the nodes of a graph hang on which coordinates of the unit cube, through priors with arguments as well as
 * through operations. An operation that does not say which of its entries depend on which counts as if all did, so that
 * too much may be evaluated again, never too little.
 */
final class ModelParts implements Parts {

    /**
     * Entries of one node that have to be found again.
     *
     * @param node its index; for observations the entries are terms
     */
    record Step(int node, int[] entries) {}

    /**
     * All that follows when a block moves, in topological order.
     *
     * @param coordinates the block
     * @param prior parameters, and what their priors read
     * @param likelihood the other nodes that the likelihood reads
     * @param terms per observation
     */
    record Plan(int[] coordinates, List<Step> prior, List<Step> likelihood, List<Step> terms) {}

    /**
     * What glides.
     *
     * @param node the parameter
     * @param entry its entry that moves
     * @param moves the entry, and the nodes between it and the priors below, in topological order
     * @param below entries of parameters whose priors read it
     * @param plan for its coordinate and all of those below
     */
    record GlidePlan(int node, int entry, List<Step> moves, List<Step> below, Plan plan) {}

    final CompiledModel model;
    final Program program;

    /** Per node: its first coordinate of the cube and its first column of theta; -1 where it is no parameter. */
    final int[] firstCoordinate;

    final int[] firstColumn;

    /** Per observation node: its first term; -1 for other nodes. */
    final int[] firstTerm;

    final int terms;
    private final boolean[] ofPrior;
    private final boolean[] ofLikelihood;
    private final List<Block> blocks;
    private final List<Plan> plans;
    private final List<Glide> glides;
    private final List<GlidePlan> glidePlans = new ArrayList<>();

    ModelParts(CompiledModel model) {
        this.model = model;
        program = model.program();
        int n = program.nodes.size();
        firstCoordinate = filled(n);
        firstColumn = filled(n);
        firstTerm = filled(n);
        ofPrior = marked(n, model.forPrior());
        ofLikelihood = marked(n, model.forLikelihood());
        int coordinate = 0;
        int[] parameters = model.parameterNodes();
        for (int i = 0; i < parameters.length; i++) {
            firstCoordinate[parameters[i]] = coordinate;
            firstColumn[parameters[i]] = model.layout().slots().get(i).offset();
            coordinate += program.factors[parameters[i]].cubeSize();
        }
        int term = 0;
        for (int node : model.observationNodes()) {
            firstTerm[node] = term;
            term += termsOf(node);
        }
        terms = term;
        Map<BitSet, List<Integer>> alike = new LinkedHashMap<>();
        for (int c = 0; c < coordinate; c++) {
            alike.computeIfAbsent(touchedTerms(changed(new int[] {c})), t -> new ArrayList<>())
                    .add(c);
        }
        List<int[]> groups = new ArrayList<>();
        alike.values()
                .forEach(g -> groups.add(g.stream().mapToInt(Integer::intValue).toArray()));
        groups.add(IntStream.range(0, coordinate).toArray());
        plans = groups.stream().map(this::plan).toList();
        blocks = plans.stream().map(this::block).toList();
        for (int node : parameters) {
            for (int e = 0; program.factors[node] instanceof IndependentFactor f && e < f.cubeSize(); e++) {
                glide(node, e).ifPresent(glidePlans::add);
            }
        }
        glides = glidePlans.stream()
                .map(g -> new Glide(
                        program.nodes.get(g.node()).name(),
                        firstCoordinate[g.node()] + g.entry(),
                        block(g.plan()).share()))
                .toList();
    }

    @Override
    public List<Glide> glides() {
        return glides;
    }

    GlidePlan glide(int which) {
        return glidePlans.get(which);
    }

    /** Follows an entry down to the next parameters; empty if there are none, or if it reaches data on another way. */
    private Optional<GlidePlan> glide(int node, int entry) {
        BitSet[] changed = new BitSet[program.nodes.size()];
        changed[node] = new BitSet();
        changed[node].set(entry);
        List<Step> moves = new ArrayList<>(List.of(new Step(node, new int[] {entry})));
        List<Step> below = new ArrayList<>();
        for (int i = node + 1; i < changed.length; i++) {
            if (program.nodes.get(i) instanceof Parameter) {
                BitSet touched = program.factors[i].touched(new BitSet(), changed);
                if (!touched.isEmpty()) {
                    below.add(new Step(i, touched.stream().toArray()));
                }
                continue;
            }
            BitSet own = ownChanged(i, changed);
            if (own.isEmpty()) {
                continue;
            }
            if (program.nodes.get(i) instanceof Observation || !ofPrior[i]) {
                return Optional.empty();
            }
            changed[i] = own;
            moves.add(new Step(i, own.stream().toArray()));
        }
        boolean single = below.stream().allMatch(s -> program.factors[s.node()] instanceof IndependentFactor);
        if (below.isEmpty() || !single) {
            return Optional.empty();
        }
        int[] coordinates = IntStream.concat(
                        IntStream.of(firstCoordinate[node] + entry),
                        below.stream()
                                .flatMapToInt(s -> Arrays.stream(s.entries()).map(e -> firstCoordinate[s.node()] + e)))
                .toArray();
        return Optional.of(new GlidePlan(node, entry, moves, below, plan(coordinates)));
    }

    @Override
    public List<Block> blocks() {
        return blocks;
    }

    @Override
    public Moving at(double[] u) {
        return new MovingPoint(this, u);
    }

    Plan plan(int block) {
        return plans.get(block);
    }

    /** Terms of an observation: one per entry that counts, or one alone where sparse data are seen as a whole. */
    int termsOf(int node) {
        return program.sparse[node] != null ? 1 : program.likelihood(node).counted();
    }

    private Block block(Plan plan) {
        Set<String> names = new LinkedHashSet<>();
        for (int node : model.parameterNodes()) {
            int first = firstCoordinate[node];
            int end = first + program.factors[node].cubeSize();
            if (Arrays.stream(plan.coordinates()).anyMatch(c -> c >= first && c < end)) {
                names.add(program.nodes.get(node).name());
            }
        }
        boolean whole = plan.likelihood().stream()
                .map(s -> program.nodes.get(s.node()))
                .anyMatch(node -> node instanceof Deterministic d && !d.kernel().byEntry());
        int touched = plan.terms().stream().mapToInt(s -> s.entries().length).sum();
        return new Block(String.join(", ", names), plan.coordinates(), whole ? 1 : touched / (double) terms);
    }

    private Plan plan(int[] coordinates) {
        BitSet[] changed = changed(coordinates);
        List<Step> prior = new ArrayList<>();
        List<Step> likelihood = new ArrayList<>();
        List<Step> observed = new ArrayList<>();
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] == null) {
                continue;
            }
            Step step = new Step(i, changed[i].stream().toArray());
            if (program.nodes.get(i) instanceof Observation) {
                observed.add(step);
            } else if (ofPrior[i]) {
                prior.add(step);
            } else if (ofLikelihood[i]) {
                likelihood.add(step);
            }
        }
        return new Plan(coordinates, prior, likelihood, observed);
    }

    private BitSet touchedTerms(BitSet[] changed) {
        BitSet all = new BitSet();
        for (int node : model.observationNodes()) {
            if (changed[node] != null) {
                int first = firstTerm[node];
                changed[node].stream().forEach(t -> all.set(first + t));
            }
        }
        return all;
    }

    /** Entries per node, terms of observations, that change with these coordinates; null where nothing does. */
    private BitSet[] changed(int[] coordinates) {
        BitSet moved = new BitSet();
        Arrays.stream(coordinates).forEach(moved::set);
        BitSet[] changed = new BitSet[program.nodes.size()];
        for (int i = 0; i < changed.length; i++) {
            BitSet own;
            if (program.nodes.get(i) instanceof Parameter) {
                int first = firstCoordinate[i];
                own = program.factors[i].touched(moved.get(first, first + program.factors[i].cubeSize()), changed);
            } else {
                own = ownChanged(i, changed);
            }
            changed[i] = own.isEmpty() ? null : own;
        }
        return changed;
    }

    /** Entries of a node, terms of an observation, that change with these entries of others. */
    private BitSet ownChanged(int i, BitSet[] changed) {
        BitSet own = new BitSet();
        Node node = program.nodes.get(i);
        if (node instanceof Deterministic d) {
            for (int k = 0; k < program.inputs[i].length; k++) {
                BitSet input = changed[program.inputs[i][k]];
                if (input != null) {
                    own.or(d.kernel().touched(k, input));
                }
            }
        } else if (node instanceof Observation && program.sparse[i] != null) {
            own.set(0, Arrays.stream(program.inputs[i]).anyMatch(k -> changed[k] != null));
        } else if (node instanceof Observation) {
            own = program.likelihood(i).termsTouched(changed);
        }
        return own;
    }

    private static int[] filled(int n) {
        int[] all = new int[n];
        Arrays.fill(all, -1);
        return all;
    }

    private static boolean[] marked(int n, int[] which) {
        boolean[] marked = new boolean[n];
        Arrays.stream(which).forEach(i -> marked[i] = true);
        return marked;
    }
}
