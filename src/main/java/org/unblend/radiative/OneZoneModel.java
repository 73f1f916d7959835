package org.unblend.radiative;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.InvalidModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

/**
 * Integrated intensities [K km/s] of lines that share one zone of gas: temperature, density of molecular hydrogen (ortho
 * and para in thermal equilibrium) and line width are common, each molecule has a column density over line width of its
 * own. See {@link OneZone} for the equations.
 *
 * <p>Inputs: {@code tkin} [K], {@code n_h2} [cm-3], {@code dv} [km/s], and {@code N_CO/dv} [cm-2/(km/s)] and the like, one
 * for each molecule in the order in which the lines name them first. A row in which a molecule does not converge has
 * failed. Masers (tau below -0.1) are no failure: their intensities are finite, if uncertain.
 */
public final class OneZoneModel implements ForwardModel {
    /** Where the solver has been tried on random points of every built-in molecule without a failure. */
    private static final Support DENSITY = new Support(10, 1e10);

    private static final Support COLUMN = new Support(1e5, 1e21);
    /** The intensity is proportional to the width at fixed N/dv. */
    private static final Support WIDTH = new Support(1e-3, 1e4);

    private static final int COMMON_INPUTS = 3;
    private static final String METHOD = "van der Tak et al. 2007, A&A 468, 627 (method of RADEX)";

    private final List<OneZone> zones;
    private final List<LineSelection.Entry> lines;
    private final Axis axis;
    private final List<Port> ports;
    private final double tbg;
    private final Geometry geometry;

    private OneZoneModel(LineSelection selection, Axis axis, double tbg, Geometry geometry) {
        zones = selection.zones();
        lines = selection.lines();
        this.axis = axis;
        this.tbg = tbg;
        this.geometry = geometry;
        List<Port> all = new ArrayList<>();
        all.add(new Port("tkin", "K", temperatures()));
        all.add(new Port("n_h2", "cm-3", DENSITY));
        all.add(new Port("dv", "km/s", WIDTH));
        selection.names().forEach(n -> all.add(new Port("N_" + n + "/dv", "cm-2/(km/s)", COLUMN)));
        ports = List.copyOf(all);
    }

    /** A uniform sphere, see {@link #of(MoleculeCatalog, Axis, double, Geometry)}. */
    public static OneZoneModel of(MoleculeCatalog catalog, Axis axis, double tbg) throws IOException {
        return of(catalog, axis, tbg, Geometry.SPHERE);
    }

    /**
     * @param catalog where molecules are looked up
     * @param axis the axis of the outputs; its labels are line names, such as {@code CO(3-2)} or {@code HCN 4-3}
     * @param tbg temperature of the background radiation [K], at least 0
     * @param geometry shape of the zone
     * @throws InvalidModel with a flaw for each line that cannot be had
     * @throws IOException if the file of a molecule cannot be read
     */
    public static OneZoneModel of(MoleculeCatalog catalog, Axis axis, double tbg, Geometry geometry)
            throws IOException {
        if (!(tbg >= 0) || !Double.isFinite(tbg)) {
            throw new InvalidModel("R001", "", "the background temperature is " + tbg + " K", "give 0 K or more");
        }
        return new OneZoneModel(LineSelection.of(catalog, geometry, axis.labels()), axis, tbg, geometry);
    }

    /** Temperatures at which every molecule has rates with H2. */
    private Support temperatures() {
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (OneZone zone : zones) {
            List<CollisionRates> rates = zone.molecule().collisions().stream()
                    .filter(r -> r.partner().isH2())
                    .toList();
            if (rates.isEmpty()) {
                String name = zone.molecule().name();
                throw new InvalidModel("R003", name, name + " has no rates with H2", "use another file");
            }
            for (CollisionRates r : rates) {
                low = Math.max(low, r.coldest());
                high = Math.min(high, r.hottest());
            }
        }
        if (!(low < high)) {
            throw new InvalidModel(
                    "R004",
                    "",
                    "there is no range of temperatures for which all of "
                            + zones.stream().map(z -> z.molecule().name()).toList() + " have rates with H2",
                    "use other molecules or files");
        }
        return new Support(low, high);
    }

    @Override
    public String description() {
        return "one-zone radiative transfer (" + geometry + ") of "
                + zones.stream().map(z -> z.molecule().name()).collect(Collectors.joining(", "));
    }

    @Override
    public List<Port> inputs() {
        return ports;
    }

    @Override
    public Axis output() {
        return axis;
    }

    @Override
    public String outputUnit() {
        return "K km/s";
    }

    @Override
    public String fingerprint() {
        return "one-zone/1 " + geometry + String.format(Locale.ROOT, " tbg=%s ", tbg) + axis.labels() + " "
                + zones.stream()
                        .map(z -> z.molecule().name() + ":" + z.molecule().fingerprint())
                        .collect(Collectors.joining(" "));
    }

    @Override
    public List<String> citations() {
        return citations(zones);
    }

    /** The method and what its molecules are taken from. */
    static List<String> citations(List<OneZone> zones) {
        Set<String> all = new LinkedHashSet<>(List.of(METHOD));
        zones.forEach(z -> all.add(z.geometry().citation()));
        zones.forEach(z -> all.addAll(z.molecule().citations()));
        return List.copyOf(all);
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        ZoneState[] states = zones.stream().map(OneZone::newState).toArray(ZoneState[]::new);
        for (int row = 0; row < rows; row++) {
            status[row] = evaluate(in, row * ports.size(), out, row * axis.length(), states);
            if (status[row] != RowStatus.OK) {
                for (int i = 0; i < axis.length(); i++) {
                    out[row * axis.length() + i] = Double.NaN;
                }
            }
        }
    }

    private RowStatus evaluate(double[] in, int from, double[] out, int to, ZoneState[] states) {
        for (int i = 0; i < ports.size(); i++) {
            if (!ports.get(i).domain().contains(in[from + i])) {
                return RowStatus.OUT_OF_DOMAIN;
            }
        }
        Densities densities = Densities.h2(in[from + 1]);
        for (int z = 0; z < states.length; z++) {
            zones.get(z).solve(in[from], densities, in[from + COMMON_INPUTS + z], tbg, states[z]);
            if (!states[z].converged()) {
                return RowStatus.FAILED;
            }
        }
        for (int i = 0; i < lines.size(); i++) {
            LineSelection.Entry line = lines.get(i);
            out[to + i] = states[line.zone()].flux(line.line(), in[from + 2]);
            if (!Double.isFinite(out[to + i])) {
                return RowStatus.FAILED;
            }
        }
        return RowStatus.OK;
    }

    @Override
    public boolean differentiable() {
        return true;
    }

    /** By implicit differentiation, see {@link ZoneGradient}. Rows that are not OK add nothing. */
    @Override
    public void vjp(double[] in, double[] outBar, double[] inBar, int rows) {
        ZoneState[] states = zones.stream().map(OneZone::newState).toArray(ZoneState[]::new);
        ZoneGradient[] gradients = zones.stream().map(OneZone::newGradient).toArray(ZoneGradient[]::new);
        double[][] bars = zones.stream().map(z -> new double[z.lines]).toArray(double[][]::new);
        double[] out = new double[axis.length()];
        for (int row = 0; row < rows; row++) {
            int from = row * ports.size();
            if (evaluate(in, from, out, 0, states) != RowStatus.OK) {
                continue;
            }
            for (double[] bar : bars) {
                Arrays.fill(bar, 0);
            }
            double dv = in[from + 2];
            for (int i = 0; i < lines.size(); i++) {
                double bar = outBar[row * axis.length() + i];
                LineSelection.Entry line = lines.get(i);
                bars[line.zone()][line.line()] = bar * Constants.GAUSS * dv;
                inBar[from + 2] += bar * out[i] / dv;
            }
            for (int z = 0; z < states.length; z++) {
                if (gradients[z].pull(states[z], bars[z])) {
                    inBar[from] += gradients[z].tkin();
                    inBar[from + 1] += gradients[z].h2();
                    inBar[from + COMMON_INPUTS + z] += gradients[z].columnPerWidth();
                } else {
                    Arrays.fill(inBar, from, from + ports.size(), Double.NaN);
                }
            }
        }
    }
}
