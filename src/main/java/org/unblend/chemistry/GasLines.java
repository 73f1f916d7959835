package org.unblend.chemistry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unblend.model.Axis;
import org.unblend.model.ErrorAxis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

/**
 * Lines of gas whose abundances a chemical model gives: chemistry first, then radiative transfer, either of them computed or
 * emulated. Inputs are those of the chemistry and the line width {@code dv} [km/s];
 *
 * <pre>
 *   N(X)/dv = x(X) 1.6e21 A_V / dv [cm-2/(km/s)],   n(H2) = n_H / 2
 * </pre>
 *
 * <p>The variance of what emulators get wrong is that of the lines, plus that of the chemistry times the squared change of
 * the line with the abundance; different lines' errors count as independent.
 */
public final class GasLines implements ForwardModel {
    private static final Support WIDTH = new Support(1e-3, 1e4);
    /** Columns below are as good as none; keeps them in the domain of the lines. */
    private static final double LEAST_COLUMN = 1e5;

    private static final int COMMON = 3;

    private final ForwardModel chemistry;
    private final ForwardModel lines;
    private final Optional<Errors> errors;
    private final double h2;
    private final List<Port> ports;
    /** For each molecule of the lines, its place among the outputs of the chemistry. */
    private final int[] place;

    private final int inputs;

    /**
     * What the two emulators get wrong.
     *
     * @param chemistry standard deviation of log10 of the abundances, for the outputs of the chemistry
     * @param lines intensities and their standard deviations, on {@link ErrorAxis#of} the lines; empty if these are computed
     */
    public record Errors(ForwardModel chemistry, Optional<ForwardModel> lines) {}

    /**
     * @param chemistry gives abundances of species relative to hydrogen nuclei
     * @param lines takes tkin, n_h2, dv and N_X/dv of species X
     * @param h2PerNucleus n(H2) over the density of hydrogen nuclei: 0.5, or 1 as de Mijolla 2022 had it
     * @param errors if given, the model gives intensities and standard deviations, on {@link ErrorAxis#of} the lines
     * @throws IllegalArgumentException if the lines need a species that the chemistry does not give
     */
    public GasLines(ForwardModel chemistry, ForwardModel lines, double h2PerNucleus, Optional<Errors> errors) {
        this.chemistry = chemistry;
        this.lines = lines;
        this.errors = errors;
        h2 = h2PerNucleus;
        inputs = chemistry.inputs().size();
        List<String> names = chemistry.inputs().stream().map(Port::name).toList();
        if (!names.equals(AbundanceModel.PORTS.stream().map(Port::name).toList())) {
            throw new IllegalArgumentException("the chemistry takes " + names + "; name a model of abundances");
        }
        place = new int[lines.inputs().size() - COMMON];
        for (int k = 0; k < place.length; k++) {
            String port = lines.inputs().get(COMMON + k).name();
            String species = port.substring(2, port.length() - 3);
            place[k] = chemistry.output().labels().indexOf(species);
            if (place[k] < 0) {
                throw new IllegalArgumentException("the chemistry gives "
                        + chemistry.output().labels() + ", not " + species + "; take its lines out");
            }
        }
        ports = new ArrayList<>(chemistry.inputs());
        Support t = ports.get(4).domain();
        Support n = ports.get(1).domain();
        Support tLines = lines.inputs().get(0).domain();
        Support nLines = lines.inputs().get(1).domain();
        ports.set(1, new Port("n_h", "cm-3", both(n, new Support(nLines.low() / h2, nLines.high() / h2))));
        ports.set(4, new Port("tkin", "K", both(t, tLines)));
        ports.add(new Port("dv", "km/s", WIDTH));
    }

    private static Support both(Support a, Support b) {
        return new Support(Math.max(a.low(), b.low()), Math.min(a.high(), b.high()));
    }

    @Override
    public String description() {
        return lines.description() + " in gas of " + chemistry.description()
                + (errors.isPresent() ? ", with errors" : "");
    }

    @Override
    public List<Port> inputs() {
        return List.copyOf(ports);
    }

    @Override
    public Axis output() {
        return errors.isPresent() ? ErrorAxis.of(lines.output()) : lines.output();
    }

    @Override
    public String outputUnit() {
        return lines.outputUnit();
    }

    @Override
    public String fingerprint() {
        return "gas-lines/1 h2=" + h2 + (errors.isPresent() ? " errors" : "") + " | " + chemistry.fingerprint() + " | "
                + lines.fingerprint();
    }

    @Override
    public List<String> citations() {
        Set<String> all = new LinkedHashSet<>(chemistry.citations());
        all.addAll(lines.citations());
        return List.copyOf(all);
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        Call call = new Call(in, rows);
        int m = lines.output().length();
        if (errors.isPresent()) {
            call.withErrors(out, errors.get());
            m *= 2;
        } else {
            lines(lines, call.gas, out, call.status);
        }
        for (int r = 0; r < rows; r++) {
            status[r] = call.status[r];
            if (status[r] == RowStatus.OK && !finite(out, r * m, m)) {
                status[r] = RowStatus.FAILED;
            }
            if (status[r] != RowStatus.OK) {
                Arrays.fill(out, r * m, (r + 1) * m, Double.NaN);
            }
        }
    }

    @Override
    public boolean nearEdge(double[] in, int row) {
        int wide = inputs + 1;
        Call one = new Call(Arrays.copyOfRange(in, row * wide, (row + 1) * wide), 1);
        return chemistry.nearEdge(one.conditions, 0) || lines.nearEdge(one.gas, 0);
    }

    private static boolean finite(double[] values, int from, int n) {
        for (int i = from; i < from + n; i++) {
            if (!Double.isFinite(values[i])) {
                return false;
            }
        }
        return true;
    }

    /** A batch on its way through both models. */
    private final class Call {
        private final int rows;
        private final double[] conditions;
        private final double[] x;
        private final double[] gas;
        private final RowStatus[] status;

        Call(double[] in, int rows) {
            this.rows = rows;
            int wide = inputs + 1;
            status = new RowStatus[rows];
            conditions = new double[rows * inputs];
            for (int r = 0; r < rows; r++) {
                System.arraycopy(in, r * wide, conditions, r * inputs, inputs);
            }
            x = new double[rows * chemistry.output().length()];
            chemistry.evaluate(conditions, x, status, rows);
            gas = new double[rows * (COMMON + place.length)];
            for (int r = 0; r < rows; r++) {
                for (int i = 0; i < wide; i++) {
                    if (!ports.get(i).domain().contains(in[r * wide + i])) {
                        status[r] = RowStatus.OUT_OF_DOMAIN;
                    }
                }
                gas(in, r);
            }
        }

        private void gas(double[] in, int r) {
            int to = r * (COMMON + place.length);
            double dv = in[r * (inputs + 1) + inputs];
            gas[to] = conditions[r * inputs + 4];
            gas[to + 1] = h2 * conditions[r * inputs + 1];
            gas[to + 2] = dv;
            for (int k = 0; k < place.length; k++) {
                double column = x[r * chemistry.output().length() + place[k]]
                        * Conditions.COLUMN_PER_AV
                        * conditions[r * inputs]
                        / dv;
                gas[to + COMMON + k] = Math.max(LEAST_COLUMN, column);
            }
        }

        /** Gas of the abundances as given and of abundances less by their error goes to the lines together. */
        void withErrors(double[] out, Errors e) {
            int species = chemistry.output().length();
            int width = COMMON + place.length;
            double[] sd = new double[rows * species];
            e.chemistry.evaluate(conditions, sd, new RowStatus[rows], rows);
            double[] both = Arrays.copyOf(gas, 2 * rows * width);
            System.arraycopy(gas, 0, both, rows * width, rows * width);
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < place.length; k++) {
                    int i = r * width + COMMON + k;
                    // Less, not more: a column at the upper end of the domain may not grow.
                    both[rows * width + i] = Math.max(LEAST_COLUMN, gas[i] * Math.pow(10, -sd[r * species + place[k]]));
                }
            }
            ForwardModel asked = e.lines.orElse(lines);
            int wide = asked.output().length();
            double[] found = new double[2 * rows * wide];
            lines(asked, both, found, status);
            int m = lines.output().length();
            for (int r = 0; r < rows; r++) {
                for (int l = 0; l < m; l++) {
                    double value = found[r * wide + l];
                    double own = e.lines.isPresent() ? found[r * wide + m + l] : 0;
                    out[2 * r * m + l] = value;
                    out[(2 * r + 1) * m + l] = Math.hypot(found[(rows + r) * wide + l] - value, own);
                }
            }
        }
    }

    /** Asks for lines; a row of which any copy fails here has failed. */
    private static void lines(ForwardModel asked, double[] gas, double[] out, RowStatus[] status) {
        int n = gas.length / asked.inputs().size();
        RowStatus[] each = new RowStatus[n];
        asked.evaluate(gas, out, each, n);
        for (int i = 0; i < n; i++) {
            int r = i % status.length;
            if (status[r] == RowStatus.OK) {
                status[r] = each[i];
            }
        }
    }

    @Override
    public boolean differentiable() {
        return errors.isEmpty() && chemistry.differentiable() && lines.differentiable();
    }

    @Override
    public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
        if (!differentiable()) {
            throw new UnsupportedOperationException(description() + " has no derivatives");
        }
        Call call = new Call(in, rows);
        int species = chemistry.output().length();
        int width = COMMON + place.length;
        int wide = inputs + 1;
        double[] gasBar = new double[rows * width];
        lines.vjp(call.gas, outBar, gasBar, rows);
        double[] xBar = new double[rows * species];
        for (int r = 0; r < rows; r++) {
            double av = in[r * wide];
            double dv = in[r * wide + inputs];
            inBar[r * wide + 4] += gasBar[r * width];
            inBar[r * wide + 1] += h2 * gasBar[r * width + 1];
            inBar[r * wide + inputs] += gasBar[r * width + 2];
            for (int k = 0; k < place.length; k++) {
                double column = call.gas[r * width + COMMON + k];
                double bar = gasBar[r * width + COMMON + k];
                if (column == LEAST_COLUMN) {
                    continue;
                }
                inBar[r * wide] += bar * column / av;
                inBar[r * wide + inputs] -= bar * column / dv;
                xBar[r * species + place[k]] += bar * Conditions.COLUMN_PER_AV * av / dv;
            }
        }
        double[] back = new double[rows * inputs];
        chemistry.vjp(call.conditions, xBar, back, rows);
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < inputs; i++) {
                inBar[r * wide + i] += back[r * inputs + i];
            }
        }
    }
}
