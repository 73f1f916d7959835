package org.unblend.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.unblend.plot.LinePlot;
import org.unblend.plot.LinePlot.Series;
import org.unblend.plot.LinePlot.Style;
import org.unblend.radiative.ExcitationDiagram;
import org.unblend.radiative.LineProfile;
import org.unblend.radiative.LineTable;

/** What {@code lines} draws of one point: an excitation diagram, and spectra of its lines. */
final class LinePictures {
    /** The spectrum reaches this many line widths to either side. */
    private static final double REACH = 2;

    private static final int STEPS = 201;

    private LinePictures() {}

    /** The excitation diagram as SVG. */
    static String diagram(LineTable.Point point, ExcitationDiagram d) {
        boolean[] rises = new boolean[d.fromLines().length];
        for (int i = 0; i < rises.length; i++) {
            rises[i] = Double.isFinite(d.fromLines()[i]);
        }
        List<Series> series = new ArrayList<>(List.of(
                new Series(
                        "equilibrium at " + point.tkin() + " K",
                        Style.GREY_DASHED,
                        d.energy(),
                        visible(d.thermal(), d)),
                new Series("populations", Style.BLUE, d.energy(), d.populations())));
        series.add(new Series(
                "if the lines were thin", Style.POINTS, kept(d.lineEnergy(), rises), kept(d.fromLines(), rises)));
        return LinePlot.svg(
                "Excitation of " + point.molecule().name(),
                "E_u / k [K]",
                List.of(new LinePlot.Panel("ln(N_u / g_u) [cm-2]", series)));
    }

    /** Only as far down as the populations go: equilibrium would leave the frame. */
    private static double[] visible(double[] thermal, ExcitationDiagram d) {
        double lowest = Arrays.stream(d.populations()).min().orElse(0) - 1;
        return Arrays.stream(thermal).map(v -> v < lowest ? Double.NaN : v).toArray();
    }

    private static double[] kept(double[] x, boolean[] which) {
        double[] all = new double[x.length];
        int n = 0;
        for (int i = 0; i < x.length; i++) {
            if (which[i]) {
                all[n++] = x[i];
            }
        }
        return Arrays.copyOf(all, n);
    }

    /** Velocities of a spectrum [km/s]. */
    static double[] velocities(double dv) {
        double[] v = new double[STEPS];
        Arrays.setAll(v, i -> REACH * dv * (2.0 * i / (STEPS - 1) - 1));
        return v;
    }

    /** The spectra of all lines as CSV: {@code j_up,freq_GHz,velocity_kms,t_r_K}. */
    static String spectrumCsv(LineTable.Point point, List<LineTable.Row> rows) {
        StringBuilder text = new StringBuilder("j_up,freq_GHz,velocity_kms,t_r_K\n");
        for (LineTable.Row row : rows) {
            for (double v : velocities(point.dv())) {
                text.append(String.format(
                        Locale.ROOT,
                        "%d,%.6f,%.6g,%.6e\n",
                        row.jUp(),
                        row.frequency(),
                        v,
                        LineProfile.at(row.brightness(), row.tau(), point.dv(), v)));
            }
        }
        return text.toString();
    }

    /** The spectra as SVG: a panel for each line that reaches a thousandth of the brightest. */
    static String spectrum(LineTable.Point point, List<LineTable.Row> rows) {
        double brightest = rows.stream()
                .mapToDouble(r -> Math.abs(r.brightness()))
                .filter(Double::isFinite)
                .max()
                .orElse(0);
        double[] v = velocities(point.dv());
        List<LinePlot.Panel> panels = new ArrayList<>();
        for (LineTable.Row row : rows) {
            if (Math.abs(row.brightness()) >= 1e-3 * brightest && brightest > 0) {
                double[] t = Arrays.stream(v)
                        .map(x -> LineProfile.at(row.brightness(), row.tau(), point.dv(), x))
                        .toArray();
                panels.add(new LinePlot.Panel(
                        "T_R [K]",
                        List.of(new Series(
                                String.format(
                                        Locale.ROOT,
                                        "%s %d-%d, %.3f GHz",
                                        point.molecule().name(),
                                        row.jUp(),
                                        row.jUp() - 1,
                                        row.frequency()),
                                Style.BLUE,
                                v,
                                t))));
            }
        }
        if (panels.isEmpty()) {
            throw new IllegalArgumentException("no line rises above the background; there is no spectrum to draw");
        }
        return LinePlot.svg("Lines of " + point.molecule().name(), "velocity [km/s]", panels);
    }
}
