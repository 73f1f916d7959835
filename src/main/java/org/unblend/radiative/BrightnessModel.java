package org.unblend.radiative;

import java.util.List;
import java.util.Locale;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;
import org.unblend.model.Support;

/**
 * Line temperatures T_R [K] of the lowest lines of one molecule in a uniform sphere, as functions of {@code tkin} [K],
 * {@code n_h2} [cm-3] and {@code N/dv} [cm-2/(km/s)]: what an emulator of radiative transfer learns. The integrated
 * intensity is T_R times the width of a Gaussian.
 *
 * <p>Temperatures may lie below those of the rates by a factor of two; the rates are then those at the nearest
 * temperature, as in {@link LineTable.Status#EXTRAPOLATED}.
 */
public final class BrightnessModel implements ForwardModel {
    private static final Support DENSITY = new Support(10, 1e10);
    private static final Support COLUMN = new Support(1e5, 1e21);

    private final OneZone zone;
    private final Axis axis;
    private final double tbg;
    private final List<Port> ports;
    private final Support rates;

    /**
     * @param molecule the molecule
     * @param lines number of lines, the first of the molecule's list
     * @param tbg temperature of the background radiation [K], at least 0
     * @throws IllegalArgumentException if it has fewer lines or no rates with H2
     */
    public BrightnessModel(Molecule molecule, int lines, double tbg) {
        if (lines < 1 || lines > molecule.lines().size()) {
            throw new IllegalArgumentException(
                    molecule.name() + " has " + molecule.lines().size() + " lines, not " + lines + "; ask for fewer");
        }
        OneZone.check("background temperature", tbg, 0);
        zone = new OneZone(molecule, Geometry.SPHERE);
        this.tbg = tbg;
        axis = new Axis(
                "line",
                molecule.lines().subList(0, lines).stream()
                        .map(molecule::lineName)
                        .toList());
        double low = 0;
        double high = Double.POSITIVE_INFINITY;
        for (CollisionRates r : molecule.collisions()) {
            if (r.partner().isH2()) {
                low = Math.max(low, r.coldest());
                high = Math.min(high, r.hottest());
            }
        }
        if (!(low > 0 && low < high)) {
            throw new IllegalArgumentException(molecule.name() + " has no rates with H2; use another file");
        }
        rates = new Support(low, high);
        ports = List.of(
                new Port("tkin", "K", new Support(low / 2, high)),
                new Port("n_h2", "cm-3", DENSITY),
                new Port("N/dv", "cm-2/(km/s)", COLUMN));
    }

    /** Temperatures for which there are rates [K]. */
    public Support rates() {
        return rates;
    }

    @Override
    public String description() {
        return "one-zone radiative transfer (" + Geometry.SPHERE + ") of "
                + zone.molecule().name();
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
        return "K";
    }

    @Override
    public String fingerprint() {
        return "brightness/1 " + Geometry.SPHERE + String.format(Locale.ROOT, " tbg=%s ", tbg) + axis.labels() + " "
                + zone.molecule().name() + ":" + zone.molecule().fingerprint();
    }

    @Override
    public List<String> citations() {
        return OneZoneModel.citations(List.of(zone));
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        ZoneState state = zone.newState();
        for (int r = 0; r < rows; r++) {
            status[r] = RowStatus.OK;
            for (int i = 0; i < ports.size(); i++) {
                if (!ports.get(i).domain().contains(in[r * ports.size() + i])) {
                    status[r] = RowStatus.OUT_OF_DOMAIN;
                }
            }
            if (status[r] == RowStatus.OK) {
                zone.solve(in[3 * r], Densities.h2(in[3 * r + 1]), in[3 * r + 2], tbg, state);
                status[r] = state.converged() ? RowStatus.OK : RowStatus.FAILED;
            }
            for (int t = 0; t < axis.length(); t++) {
                out[r * axis.length() + t] = status[r] == RowStatus.OK ? state.brightness(t) : Double.NaN;
            }
        }
    }
}
