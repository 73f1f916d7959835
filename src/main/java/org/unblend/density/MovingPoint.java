package org.unblend.density;

import java.util.Arrays;
import org.unblend.math.RandomSource;
import org.unblend.model.Constant;
import org.unblend.model.Deterministic;
import org.unblend.model.Observation;
import org.unblend.model.Parameter;
import org.unblend.model.RowStatus;

/**
 * One point of the unit cube with the values of all nodes there. A proposal overwrites what it changes and keeps what stood
 * there until it is decided. What only the likelihood needs is found when that is first asked for.
 */
final class MovingPoint implements Parts.Moving {
    private final ModelParts parts;
    private final Program program;
    private final Frame frame;
    private final double[] u;
    private final double[] theta;
    private final double[] terms;
    private final RowStatus[] status;

    /** True if the nodes of the likelihood and the terms are those of the position, or of the proposal once it is evaluated. */
    private boolean known;

    private ModelParts.Plan plan;
    private double[] moved;
    private boolean evaluated;
    private boolean failed;
    private double[] kept = new double[64];
    private RowStatus[] keptStatus = new RowStatus[4];
    private int values;
    private int statuses;

    MovingPoint(ModelParts parts, double[] position) {
        this.parts = parts;
        program = parts.program;
        frame = new Frame(program.nodes.size(), 1);
        u = position.clone();
        theta = new double[parts.model.dimension()];
        terms = new double[parts.terms];
        status = new RowStatus[program.nodes.size()];
        Arrays.fill(status, RowStatus.OK);
        for (int i : parts.model.forLikelihood()) {
            if (program.nodes.get(i) instanceof Constant) {
                program.evaluate(i, frame);
            } else if (!(program.nodes.get(i) instanceof Observation)) {
                frame.values[i] = new double[program.nodes.get(i).dims().size()];
            }
        }
        for (int i : parts.model.forPrior()) {
            program.evaluate(i, frame);
            if (program.nodes.get(i) instanceof Parameter p) {
                double[] x = new double[p.dims().size()];
                program.factors[i].fromCube(u, parts.firstCoordinate[i], x, 0, frame, 0);
                System.arraycopy(x, 0, theta, parts.firstColumn[i], x.length);
                frame.values[i] = x;
            }
        }
    }

    @Override
    public double[] position() {
        return u;
    }

    @Override
    public double[] theta() {
        return theta;
    }

    @Override
    public void propose(int block, double[] to) {
        propose(parts.plan(block), to);
    }

    private void propose(ModelParts.Plan by, double[] to) {
        plan = by;
        moved = to.clone();
        evaluated = false;
        values = 0;
        statuses = 0;
        swap();
        plan.prior().forEach(this::find);
    }

    @Override
    public void glide(int which, double length, RandomSource random) {
        ModelParts.GlidePlan glide = parts.glide(which);
        int c = parts.firstCoordinate[glide.node()] + glide.entry();
        double from = u[c];
        values = 0;
        statuses = 0;
        glide.moves().forEach(this::remember);
        double level = logBelow(glide) + Math.log(random.nextOpen());
        double low = from - length * random.nextOpen();
        double high = Math.min(1, low + length);
        low = Math.max(0, low);
        boolean found = false;
        while (!found && low < from && high > from) {
            double at = low + (high - low) * random.nextOpen();
            u[c] = at;
            found = at > 0 && at < 1 && at != from;
            if (found) {
                glide.moves().forEach(this::move);
                found = logBelow(glide) > level;
            } else if (at == from) {
                break;
            }
            low = at < from ? at : low;
            high = at > from ? at : high;
        }
        double[] to = positions(glide);
        for (int i = 0; i < to.length; i++) {
            found &= to[i] > 0 && to[i] < 1;
        }
        u[c] = from;
        values = 0;
        statuses = 0;
        glide.moves().forEach(this::putBack);
        if (!found) {
            int[] all = glide.plan().coordinates();
            Arrays.setAll(to, i -> u[all[i]]);
        }
        propose(glide.plan(), to);
    }

    /** ln of the prior density of what is below, given what glides. */
    private double logBelow(ModelParts.GlidePlan glide) {
        double sum = 0;
        for (ModelParts.Step s : glide.below()) {
            IndependentFactor factor = (IndependentFactor) program.factors[s.node()];
            double[] log = new double[frame.values[s.node()].length];
            factor.pointwiseAt(s.entries(), frame.values[s.node()], frame, 0, log, 0);
            for (int e : s.entries()) {
                sum += log[e];
            }
        }
        return sum;
    }

    /** Coordinates of what glides and of what is below. */
    private double[] positions(ModelParts.GlidePlan glide) {
        double[] to = new double[glide.plan().coordinates().length];
        to[0] = u[glide.plan().coordinates()[0]];
        int next = 1;
        for (ModelParts.Step s : glide.below()) {
            double[] own = new double[frame.values[s.node()].length];
            program.factors[s.node()].toCube(frame.values[s.node()], 0, own, 0, frame, 0);
            for (int e : s.entries()) {
                to[next++] = own[e];
            }
        }
        return to;
    }

    @Override
    public double logLikelihood() {
        if (!known) {
            learn();
        }
        plan.likelihood().forEach(this::find);
        for (ModelParts.Step s : plan.terms()) {
            int first = parts.firstTerm[s.node()];
            for (int t : s.entries()) {
                keep(terms[first + t]);
            }
            weigh(s);
        }
        evaluated = true;
        double sum = 0;
        for (int node : parts.model.observationNodes()) {
            double own = 0;
            int first = parts.firstTerm[node];
            int end = first + parts.termsOf(node);
            for (int t = first; t < end; t++) {
                own += terms[t];
            }
            sum += own;
        }
        failed = Double.isNaN(sum);
        for (int node : parts.model.forLikelihood()) {
            failed |= status[node] != RowStatus.OK;
        }
        return failed ? Double.NEGATIVE_INFINITY : sum;
    }

    @Override
    public boolean failed() {
        return failed;
    }

    @Override
    public void accept() {
        // A proposal that was not evaluated leaves nodes behind that belong to no position.
        known &= evaluated;
        plan = null;
    }

    @Override
    public void refuse() {
        swap();
        values = 0;
        statuses = 0;
        plan.prior().forEach(this::putBack);
        if (evaluated) {
            plan.likelihood().forEach(this::putBack);
            for (ModelParts.Step s : plan.terms()) {
                for (int t : s.entries()) {
                    terms[parts.firstTerm[s.node()] + t] = kept[values++];
                }
            }
        }
        plan = null;
    }

    /** Exchanges the coordinates of the block with those that are set aside. */
    private void swap() {
        int[] c = plan.coordinates();
        for (int i = 0; i < c.length; i++) {
            double other = u[c[i]];
            u[c[i]] = moved[i];
            moved[i] = other;
        }
    }

    /** Finds everything at the present position, and goes to the proposal again. */
    private void learn() {
        ModelParts.Plan proposed = plan;
        double[] to = moved.clone();
        for (int i = 0; i < to.length; i++) {
            to[i] = u[proposed.coordinates()[i]];
        }
        refuse();
        for (int i : parts.model.forLikelihood()) {
            if (program.nodes.get(i) instanceof Deterministic d) {
                RowStatus[] one = {RowStatus.OK};
                d.kernel().apply(program.values(i, frame), frame.values[i], one, 1);
                status[i] = one[0];
            }
        }
        for (int node : parts.model.observationNodes()) {
            int[] all = new int[parts.termsOf(node)];
            Arrays.setAll(all, t -> t);
            weigh(new ModelParts.Step(node, all));
        }
        known = true;
        plan = proposed;
        moved = to;
        values = 0;
        statuses = 0;
        swap();
        plan.prior().forEach(this::find);
    }

    private void find(ModelParts.Step s) {
        remember(s);
        move(s);
    }

    private void remember(ModelParts.Step s) {
        double[] x = frame.values[s.node()];
        for (int e : s.entries()) {
            keep(x[e]);
        }
        if (!(program.nodes.get(s.node()) instanceof Parameter)) {
            keep(status[s.node()]);
        }
    }

    private void move(ModelParts.Step s) {
        int node = s.node();
        double[] x = frame.values[node];
        if (program.nodes.get(node) instanceof Parameter) {
            program.factors[node].fromCubeAt(s.entries(), u, parts.firstCoordinate[node], x, 0, frame, 0);
            column(s);
        } else if (program.nodes.get(node) instanceof Deterministic d) {
            RowStatus[] one = {RowStatus.OK};
            d.kernel().applyAt(program.values(node, frame), x, one, s.entries());
            status[node] = one[0];
        }
    }

    private void putBack(ModelParts.Step s) {
        double[] x = frame.values[s.node()];
        for (int e : s.entries()) {
            x[e] = kept[values++];
        }
        if (program.nodes.get(s.node()) instanceof Parameter) {
            column(s);
        } else {
            status[s.node()] = keptStatus[statuses++];
        }
    }

    /** Copies values of a parameter to theta. */
    private void column(ModelParts.Step s) {
        for (int e : s.entries()) {
            theta[parts.firstColumn[s.node()] + e] = frame.values[s.node()][e];
        }
    }

    private void weigh(ModelParts.Step s) {
        if (program.sparse[s.node()] != null) {
            terms[parts.firstTerm[s.node()]] = program.sparse[s.node()].log(frame, 0);
        } else {
            program.likelihood(s.node())
                    .pointwiseAt(s.entries(), program.data[s.node()], frame, 0, terms, parts.firstTerm[s.node()]);
        }
    }

    private void keep(double value) {
        if (values == kept.length) {
            kept = Arrays.copyOf(kept, 2 * values);
        }
        kept[values++] = value;
    }

    private void keep(RowStatus value) {
        if (statuses == keptStatus.length) {
            keptStatus = Arrays.copyOf(keptStatus, 2 * statuses);
        }
        keptStatus[statuses++] = value;
    }
}
