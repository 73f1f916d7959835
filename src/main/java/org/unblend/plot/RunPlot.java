package org.unblend.plot;

import java.util.Arrays;
import org.unblend.infer.Evidence;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Samples;

/**
 * How a nested-sampling run went, against -ln X, the logarithm of the compression of the prior volume: live points, log
 * likelihood, posterior weight per unit of -ln X, and the evidence gathered so far.
 */
public final class RunPlot {
    private static final double WIDTH = 720;
    private static final double PANEL = 118;
    private static final double GAP = 14;
    private static final double LEFT = 86;
    private static final double TOP = 20;
    private static final double RIGHT = 20;
    private static final int POINTS = 500;
    private static final int BINS = 120;
    /** How far below its end the accumulated ln Z is shown. */
    private static final double DEPTH = 12;

    private final Svg svg = new Svg(WIDTH, TOP + 4 * PANEL + 3 * GAP + 52, "Nested sampling run");
    private final Samples samples;
    private final NestedPath path;
    private final Evidence evidence;
    private final double[] compression;
    private final Scale across;

    private RunPlot(Samples samples, NestedPath path, Evidence evidence) {
        this.samples = samples;
        this.path = path;
        this.evidence = evidence;
        compression = Arrays.stream(path.logVolume()).map(v -> -v).toArray();
        double last = Arrays.stream(compression)
                .filter(Double::isFinite)
                .max()
                .orElseThrow(() -> new IllegalArgumentException("the run has no point with a finite volume"));
        across = new Scale(0, Math.max(last, 1e-9), false);
    }

    /**
     * Draws the figure.
     *
     * @return the text of an SVG image
     * @throws IllegalArgumentException if the draws do not come from nested sampling, or ln Z is not finite
     */
    public static String svg(Samples samples, Evidence evidence) {
        NestedPath path = samples.path()
                .orElseThrow(() -> new IllegalArgumentException("the draws do not come from nested sampling"));
        if (!Double.isFinite(evidence.logZ())) {
            throw new IllegalArgumentException("the evidence is not finite: ln Z = " + evidence.logZ());
        }
        return new RunPlot(samples, path, evidence).draw();
    }

    private String draw() {
        livePoints();
        logLikelihood();
        weight();
        evidence();
        return svg.finish();
    }

    private void livePoints() {
        int most = Arrays.stream(path.live()).max().orElseThrow();
        Scale up = new Scale(0, 1.15 * most, false);
        panel(0, up, "live points", outline(up, i -> path.live()[i]), null);
    }

    private void logLikelihood() {
        double[] logL = samples.logLikelihood();
        double best = Arrays.stream(logL).max().orElseThrow();
        // The first few points can be lower by orders of magnitude; they may leave the panel.
        int from = Math.min(logL.length - 1, logL.length / 8);
        double low = Double.isFinite(logL[from])
                ? logL[from]
                : Arrays.stream(logL).filter(Double::isFinite).min().orElse(0);
        Scale tight = Scale.around(low, Double.isFinite(best) ? best : low, false);
        Scale up = new Scale(tight.value(-0.04), tight.value(1.1), false);
        panel(1, up, "ln L", outline(up, i -> logL[i]), null);
    }

    private void weight() {
        double[] mass = new double[BINS];
        for (int i = 0; i < compression.length; i++) {
            double place = across.place(compression[i]);
            if (place >= 0 && place <= 1) {
                mass[(int) Math.min(BINS - 1, place * BINS)] += Math.exp(samples.logWeight()[i]);
            }
        }
        double perUnit = BINS / across.high();
        Scale up = new Scale(
                0, 1.15 * Math.max(Double.MIN_NORMAL, Arrays.stream(mass).max().orElseThrow()), false);
        Outline area = new Outline().move(0, PANEL);
        Outline steps = new Outline();
        double width = (WIDTH - LEFT - RIGHT) / BINS;
        for (int b = 0; b < BINS; b++) {
            double y = PANEL * (1 - up.place(mass[b]));
            if (b == 0) {
                steps.move(0, y);
            }
            area.line(b * width, y).line((b + 1) * width, y);
            steps.line(b * width, y).line((b + 1) * width, y);
        }
        area.line(BINS * width, PANEL).close();
        panel(2, new Scale(0, up.high() * perUnit, false), "posterior weight", steps, area);
    }

    private void evidence() {
        double[] logZ = new double[samples.size()];
        double sum = 0;
        for (int i = 0; i < logZ.length; i++) {
            sum += Math.exp(samples.logWeight()[i]);
            logZ[i] = evidence.logZ() + Math.log(sum);
        }
        double error = Double.isFinite(evidence.error()) ? evidence.error() : 0;
        Scale up = new Scale(evidence.logZ() - DEPTH, evidence.logZ() + Math.max(1, 3 * error), false);
        double width = WIDTH - LEFT - RIGHT;
        double above = PANEL * (1 - up.place(evidence.logZ() + error));
        double below = PANEL * (1 - up.place(evidence.logZ() - error));
        Outline band = new Outline()
                .move(0, above)
                .line(width, above)
                .line(width, below)
                .line(0, below)
                .close();
        panel(3, up, "ln Z", outline(up, i -> logZ[i]), band);
        Label.Interval text = Label.Interval.of(evidence.logZ() - error, evidence.logZ(), evidence.logZ() + error);
        String value = error > 0 ? text.median() + " ± " + text.up().substring(1) + text.power() : text.text();
        svg.text(LEFT + 14, y(3) + 44, "ub-title", "ln Z = " + value + " by nested sampling");
    }

    @FunctionalInterface
    private interface Curve {
        double at(int draw);
    }

    /** The curve, one draw for every step of 1/{@link #POINTS} of the width; infinite values are left out. */
    private Outline outline(Scale up, Curve curve) {
        Outline outline = new Outline();
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < compression.length; i++) {
            double place = across.place(compression[i]);
            double value = curve.at(i);
            boolean due = place >= last + 1.0 / POINTS || i == compression.length - 1;
            if (!due || !Double.isFinite(value) || !Double.isFinite(place)) {
                continue;
            }
            last = place;
            double x = place * (WIDTH - LEFT - RIGHT);
            // Far outside is as good as very far, and keeps the numbers short.
            double y = PANEL * Math.max(-1, Math.min(2, 1 - up.place(value)));
            if (outline.isEmpty()) {
                outline.move(x, y);
            }
            outline.line(x, y);
        }
        return outline;
    }

    private void panel(int k, Scale up, String name, Outline curve, Outline area) {
        double width = WIDTH - LEFT - RIGHT;
        svg.open(LEFT, y(k), width, PANEL);
        if (area != null) {
            svg.path(area, "ub-area");
        }
        svg.path(curve, "ub-curve");
        svg.close();
        svg.frame(LEFT, y(k), width, PANEL);
        Axes axes = new Axes(svg, LEFT, y(k), width, PANEL);
        Scale.Ticks left = up.ticks(4);
        axes.left(left, true);
        axes.leftLabel(left.label(name, ""), 58);
        Scale.Ticks bottom = across.ticks(8);
        axes.bottom(bottom, k == 3);
        if (k == 3) {
            axes.bottomLabel(bottom.label("−ln X", ""), 36);
        }
    }

    private static double y(int k) {
        return TOP + k * (PANEL + GAP);
    }
}
