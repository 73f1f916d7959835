package org.unblend.emulator;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.unblend.model.Axis;
import org.unblend.model.ErrorAxis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

/**
 * Integrated intensities [K km/s] of lines of molecules that share one zone of gas, and their errors, from emulators of the
 * line temperature T_R of each molecule. The ports are those of the radiative transfer itself: {@code tkin} [K], {@code n_h2}
 * [cm-3], {@code dv} [km/s], and {@code N_CO/dv} [cm-2/(km/s)] and the like.
 *
 * <pre>
 *   I = sqrt(pi) / (2 sqrt(ln 2)) dv T_R(tkin, n_h2, N/dv)
 * </pre>
 *
 * <p>Below the columns that an emulator was trained on all lines are optically thin and T_R is proportional to N/dv; that is
 * what is used there.
 */
public final class LineEmulator implements ForwardModel {
    /** Area of a Gaussian line over peak and full width at half maximum. */
    private static final double GAUSS = Math.sqrt(Math.PI) / (2 * Math.sqrt(Math.log(2)));

    private static final Support WIDTH = new Support(1e-3, 1e4);
    private static final double LEAST_COLUMN = 1;
    private static final int COMMON = 3;

    private final List<Member> members;
    private final int lines;
    private final Axis output;
    private final boolean errors;
    private final List<Port> ports;

    /**
     * One molecule.
     *
     * @param molecule its name, for the port of its column density
     * @param emulator gives T_R of the lines that are wanted
     * @param places where these stand on the axis of the lines
     */
    public record Member(String molecule, Emulator emulator, List<Integer> places) {
        public Member {
            places = List.copyOf(places);
            List<String> names =
                    emulator.domain().stream().map(EmulatorInput::name).toList();
            if (!names.equals(List.of("tkin", "n_h2", "N/dv"))) {
                throw new IllegalArgumentException(emulator.card().name() + " takes " + names
                        + ", but an emulator of lines takes tkin, n_h2 and N/dv; name another file");
            }
        }
    }

    /**
     * @param members the molecules; their places cover the axis, each once
     * @param axis the lines
     * @param errors true for intensities and the standard deviations of what the emulators get wrong, on {@link
     *     ErrorAxis#of} the lines
     * @throws IllegalArgumentException if the emulators share no domain, or errors are asked of one that has none
     */
    public LineEmulator(List<Member> members, Axis axis, boolean errors) {
        this.members = List.copyOf(members);
        this.lines = axis.length();
        this.output = errors ? ErrorAxis.of(axis) : axis;
        this.errors = errors;
        ports = new ArrayList<>();
        ports.add(new Port("tkin", "K", shared(0)));
        ports.add(new Port("n_h2", "cm-3", shared(1)));
        ports.add(new Port("dv", "km/s", WIDTH));
        for (Member m : members) {
            if (errors && m.emulator.errorNetwork().isEmpty()) {
                throw new IllegalArgumentException(
                        m.emulator.card().name() + " was trained without an error network; train it with one");
            }
            ports.add(new Port(
                    "N_" + m.molecule + "/dv",
                    "cm-2/(km/s)",
                    new Support(LEAST_COLUMN, m.emulator.domain().get(2).high())));
        }
    }

    private Support shared(int input) {
        double low = members.stream()
                .mapToDouble(m -> m.emulator.domain().get(input).low())
                .max()
                .orElseThrow();
        double high = members.stream()
                .mapToDouble(m -> m.emulator.domain().get(input).high())
                .min()
                .orElseThrow();
        if (!(low < high)) {
            throw new IllegalArgumentException("the emulators share no interval of "
                    + members.get(0).emulator.domain().get(input).name() + "; name others");
        }
        return new Support(low, high);
    }

    @Override
    public String description() {
        return "emulated radiative transfer of "
                + members.stream().map(Member::molecule).collect(Collectors.joining(", "))
                + (errors ? " with errors" : "");
    }

    @Override
    public List<Port> inputs() {
        return List.copyOf(ports);
    }

    @Override
    public Axis output() {
        return output;
    }

    @Override
    public String outputUnit() {
        return "K km/s";
    }

    @Override
    public String fingerprint() {
        return "line-emulator/1 " + output.labels() + " "
                + members.stream()
                        .map(m -> m.places + ":" + m.emulator.fingerprint())
                        .collect(Collectors.joining(" "));
    }

    @Override
    public List<String> citations() {
        Set<String> all = new LinkedHashSet<>();
        members.forEach(m -> all.addAll(m.emulator.citations()));
        return List.copyOf(all);
    }

    /** Inputs and outputs of one molecule's emulator for all rows. */
    private final class Call {
        private final double[] in;
        private final double[] thin;
        private final double[] brightness;
        private final RowStatus[] status;

        Call(int member, double[] all, int rows) {
            Emulator e = members.get(member).emulator;
            double low = e.domain().get(2).low();
            in = new double[3 * rows];
            thin = new double[rows];
            int n = ports.size();
            for (int r = 0; r < rows; r++) {
                double column = all[r * n + COMMON + member];
                in[3 * r] = all[r * n];
                in[3 * r + 1] = all[r * n + 1];
                in[3 * r + 2] = Math.max(column, low);
                thin[r] = Math.min(1, column / low);
            }
            status = new RowStatus[rows];
            brightness = new double[rows * e.outputs().size()];
            e.evaluate(in, brightness, status, rows);
        }
    }

    /** Columns below the domain are thin and no edge. */
    @Override
    public boolean nearEdge(double[] in, int row) {
        int n = ports.size();
        for (int k = 0; k < members.size(); k++) {
            List<EmulatorInput> domain = members.get(k).emulator.domain();
            double column = in[row * n + COMMON + k];
            if (domain.get(0).nearEdge(in[row * n])
                    || domain.get(1).nearEdge(in[row * n + 1])
                    || column > domain.get(2).low() && domain.get(2).nearEdge(column)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        int n = ports.size();
        for (int r = 0; r < rows; r++) {
            status[r] = RowStatus.OK;
            for (int i = 0; i < n; i++) {
                if (!ports.get(i).domain().contains(in[r * n + i])) {
                    status[r] = RowStatus.OUT_OF_DOMAIN;
                }
            }
        }
        int wide = output.length();
        for (int k = 0; k < members.size(); k++) {
            Member m = members.get(k);
            Call call = new Call(k, in, rows);
            int own = m.places.size();
            double[] sd = new double[errors ? rows * own : 0];
            if (errors) {
                m.emulator.errors(call.in, sd, rows);
            }
            for (int r = 0; r < rows; r++) {
                double scale = status[r] == RowStatus.OK ? GAUSS * in[r * n + 2] * call.thin[r] : Double.NaN;
                for (int l = 0; l < own; l++) {
                    double t = call.brightness[r * own + l];
                    int to = r * wide + m.places.get(l);
                    out[to] = scale * t;
                    if (errors) {
                        out[to + lines] = scale
                                * (sd[r * own + l] * m.emulator.outputs().get(l).slope(t));
                    }
                }
            }
        }
    }

    @Override
    public boolean differentiable() {
        return !errors;
    }

    @Override
    public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
        if (errors) {
            throw new UnsupportedOperationException(description() + " has no derivatives");
        }
        int n = ports.size();
        for (int k = 0; k < members.size(); k++) {
            Member m = members.get(k);
            Call call = new Call(k, in, rows);
            int own = m.places.size();
            double low = m.emulator.domain().get(2).low();
            double[] bar = new double[rows * own];
            double[] back = new double[3 * rows];
            for (int r = 0; r < rows; r++) {
                double dv = in[r * n + 2];
                for (int l = 0; l < own; l++) {
                    double given = GAUSS * outBar[r * lines + m.places.get(l)];
                    double t = call.brightness[r * own + l];
                    bar[r * own + l] = given * dv * call.thin[r];
                    inBar[r * n + 2] += given * t * call.thin[r];
                    if (call.thin[r] < 1) {
                        inBar[r * n + COMMON + k] += given * dv * t / low;
                    }
                }
            }
            m.emulator.vjp(call.in, bar, back, rows);
            for (int r = 0; r < rows; r++) {
                inBar[r * n] += back[3 * r];
                inBar[r * n + 1] += back[3 * r + 1];
                if (call.thin[r] == 1) {
                    inBar[r * n + COMMON + k] += back[3 * r + 2];
                }
            }
        }
    }
}
