package org.unblend.emulator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.unblend.math.DenseNetwork;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

/**
 * Networks in the place of a forward model: inputs are scaled, sent through one network or several, and scaled back. A row
 * outside the domain is refused. Immutable and thread-safe.
 */
public final class Emulator implements ForwardModel {
    /** From the mean of ln |r| of a normal r to the logarithm of its standard deviation: (gamma + ln 2) / 2. */
    public static final double MEAN_LOG_TO_SD = 0.635181422730739;

    /**
     * One network and the outputs that it gives.
     *
     * @param network its inputs are those of the emulator
     * @param first index of its first output; the others follow
     */
    public record Part(DenseNetwork network, int first) {}

    private final EmulatorCard card;
    private final List<EmulatorInput> inputs;
    private final List<EmulatorOutput> outputs;
    private final List<Part> parts;
    private final DenseNetwork error;
    private final Axis axis;
    private final Workspaces<Workspace> workspaces = new Workspaces<>(Workspace::new);

    /**
     * @param card who made it of what
     * @param parts networks that give all outputs, in their order
     * @param error a network of the scaled inputs that gives the mean of ln |s(y) - s(emulated)| of each output
     * @throws IllegalArgumentException if shapes do not fit
     */
    public Emulator(
            EmulatorCard card,
            List<EmulatorInput> inputs,
            List<EmulatorOutput> outputs,
            List<Part> parts,
            Optional<DenseNetwork> error) {
        this.card = card;
        this.inputs = List.copyOf(inputs);
        this.outputs = List.copyOf(outputs);
        this.parts = List.copyOf(parts);
        this.error = error.orElse(null);
        axis = new Axis("output", outputs.stream().map(EmulatorOutput::name).toList());
        int next = 0;
        for (Part part : parts) {
            if (part.network.inputs() != inputs.size() || part.first != next) {
                throw new IllegalArgumentException("network " + part.network + " for output " + part.first
                        + " does not fit an emulator of " + inputs.size() + " inputs at output " + next);
            }
            next += part.network.outputs();
        }
        if (next != outputs.size()
                || error.isPresent()
                        && (this.error.inputs() != inputs.size() || this.error.outputs() != outputs.size())) {
            throw new IllegalArgumentException("the networks give " + next + " outputs, the error "
                    + error.map(DenseNetwork::outputs).orElse(next) + ", but there are " + outputs.size());
        }
    }

    /** What one thread needs. */
    private final class Workspace {
        private final List<DenseNetwork.Scratch> scratch =
                parts.stream().map(p -> p.network.newScratch()).toList();
        private final DenseNetwork.Scratch errorScratch = error == null ? null : error.newScratch();
        private double[] scaled = new double[0];
        private double[] given = new double[0];

        private void size(int rows) {
            int widest = Math.max(inputs.size(), outputs.size());
            if (scaled.length < rows * inputs.size()) {
                scaled = new double[rows * inputs.size()];
                given = new double[rows * widest];
            }
        }
    }

    public EmulatorCard card() {
        return card;
    }

    /** The inputs with their training intervals. */
    public List<EmulatorInput> domain() {
        return inputs;
    }

    /** The outputs with their scaling. */
    public List<EmulatorOutput> outputs() {
        return outputs;
    }

    public List<Part> parts() {
        return parts;
    }

    /** The network behind {@link #errors}, if there is one. */
    public Optional<DenseNetwork> errorNetwork() {
        return Optional.ofNullable(error);
    }

    @Override
    public String description() {
        return "emulator of " + card.source();
    }

    @Override
    public List<Port> inputs() {
        return inputs.stream()
                .map(i -> new Port(i.name(), i.unit(), new Support(i.low(), i.high())))
                .toList();
    }

    @Override
    public Axis output() {
        return axis;
    }

    /** The unit of the first output. */
    @Override
    public String outputUnit() {
        return outputs.get(0).unit();
    }

    @Override
    public String fingerprint() {
        return "emulator/1 " + card.name() + " " + card.fingerprint() + " weights "
                + Integer.toHexString(parts.stream()
                        .flatMap(p -> p.network.layers().stream())
                        .mapToInt(l -> 31 * Arrays.deepHashCode(l.weights()) + Arrays.hashCode(l.bias()))
                        .reduce(1, (a, b) -> 31 * a + b));
    }

    @Override
    public List<String> citations() {
        return card.citations();
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        Workspace w = workspaces.take();
        scale(in, status, rows, w);
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            int width = part.network.outputs();
            part.network.apply(w.scaled, w.given, rows, w.scratch.get(p));
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < width; k++) {
                    int o = part.first + k;
                    out[r * outputs.size() + o] =
                            status[r] == RowStatus.OK ? outputs.get(o).natural(w.given[r * width + k]) : Double.NaN;
                }
            }
        }
        workspaces.give(w);
    }

    /** Rows outside the domain are marked and go through the networks at its centre. */
    private void scale(double[] in, RowStatus[] status, int rows, Workspace w) {
        int n = inputs.size();
        w.size(rows);
        for (int r = 0; r < rows; r++) {
            status[r] = RowStatus.OK;
            for (int i = 0; i < n; i++) {
                if (!inputs.get(i).contains(in[r * n + i])) {
                    status[r] = RowStatus.OUT_OF_DOMAIN;
                }
            }
            for (int i = 0; i < n; i++) {
                w.scaled[r * n + i] = status[r] == RowStatus.OK ? inputs.get(i).scaled(in[r * n + i]) : 0;
            }
        }
    }

    /**
     * The standard deviation of s(y) - s(emulated), as learnt from rows that were not trained on: for logarithms an error
     * in dex, for inverse hyperbolic sines a relative error above the floor.
     *
     * @param in {@code [rows x inputs]}, not modified
     * @param sd {@code [rows x outputs]}, modified; NaN outside the domain
     * @throws UnsupportedOperationException if the emulator has no error network
     */
    public void errors(double[] in, double[] sd, int rows) {
        if (error == null) {
            throw new UnsupportedOperationException(card.name() + " was trained without an error network");
        }
        RowStatus[] status = new RowStatus[rows];
        Workspace w = workspaces.take();
        scale(in, status, rows, w);
        error.apply(w.scaled, w.given, rows, w.errorScratch);
        int n = outputs.size();
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < n; k++) {
                sd[r * n + k] = status[r] == RowStatus.OK ? Math.exp(w.given[r * n + k] + MEAN_LOG_TO_SD) : Double.NaN;
            }
        }
        workspaces.give(w);
    }

    /** True if a row lies near an end of an interval, where training points lie on one side only. */
    @Override
    public boolean nearEdge(double[] in, int row) {
        return any(in, row, EmulatorInput::nearEdge);
    }

    /** True if the emulated model itself extrapolates at a row. */
    public boolean extrapolated(double[] in, int row) {
        return any(in, row, (i, x) -> !i.trusted().contains(x));
    }

    private boolean any(double[] in, int row, BiPredicate<EmulatorInput, Double> test) {
        for (int i = 0; i < inputs.size(); i++) {
            if (test.test(inputs.get(i), in[row * inputs.size() + i])) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    @Override
    public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
        int n = inputs.size();
        int m = outputs.size();
        RowStatus[] status = new RowStatus[rows];
        double[] out = new double[rows * m];
        evaluate(in, out, status, rows);
        Workspace w = workspaces.take();
        scale(in, status, rows, w);
        double[] back = new double[rows * n];
        for (int p = 0; p < parts.size(); p++) {
            Part part = parts.get(p);
            int width = part.network.outputs();
            double[] bar = new double[rows * width];
            for (int r = 0; r < rows; r++) {
                for (int k = 0; k < width; k++) {
                    int o = r * m + part.first + k;
                    EmulatorOutput output = outputs.get(part.first + k);
                    bar[r * width + k] = status[r] == RowStatus.OK ? outBar[o] * output.slope(out[o]) * output.sd() : 0;
                }
            }
            part.network.vjp(w.scaled, bar, back, rows, w.scratch.get(p));
        }
        workspaces.give(w);
        for (int r = 0; r < rows; r++) {
            for (int i = 0; i < n; i++) {
                // Outside the domain the value is NaN, and so is its derivative.
                inBar[r * n + i] += status[r] == RowStatus.OK
                        ? back[r * n + i] * inputs.get(i).slope(in[r * n + i])
                        : Double.NaN;
            }
        }
    }

    /**
     * The same emulator for some of its outputs: what is not asked for costs nothing, and what is keeps its bits.
     *
     * @param names outputs, each once, in the order wanted
     * @throws IllegalArgumentException if there is no such output
     */
    public Emulator only(List<String> names) {
        List<Integer> wanted = new ArrayList<>();
        for (String name : names) {
            int at = axis.labels().indexOf(name);
            if (at < 0) {
                throw new IllegalArgumentException(
                        card.name() + " has no output '" + name + "'; choose among " + axis.labels());
            }
            wanted.add(at);
        }
        List<Part> fewer = new ArrayList<>();
        int at = 0;
        while (at < wanted.size()) {
            Part part = partOf(wanted.get(at));
            List<Integer> columns = new ArrayList<>();
            int first = at;
            while (at < wanted.size() && partOf(wanted.get(at)) == part) {
                columns.add(wanted.get(at++) - part.first);
            }
            fewer.add(new Part(part.network.select(columns), first));
        }
        return new Emulator(
                card,
                inputs,
                wanted.stream().map(outputs::get).toList(),
                fewer,
                errorNetwork().map(e -> e.select(wanted)));
    }

    private Part partOf(int output) {
        return parts.stream()
                .filter(p -> output >= p.first && output < p.first + p.network.outputs())
                .findFirst()
                .orElseThrow();
    }
}
