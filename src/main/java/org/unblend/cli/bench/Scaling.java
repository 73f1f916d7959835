package org.unblend.cli.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.unblend.nmf.Hals;
import org.unblend.nmf.Loss;
import org.unblend.nmf.NegativeData;
import org.unblend.nmf.Solver;
import org.unblend.nmf.WeightedDescent;

/** CPU time of an iteration against the number of samples n, of features d and of components q. */
final class Scaling {
    private static final int ITERATIONS = 10;
    private static final int RANK = 8;
    private static final String AXES = "ndq";
    private static final int[] FACTORS = {1, 2, 4, 8};

    private Scaling() {}

    /** A solver under the name of its form; {@code weighted} tells whether it needs weights. */
    private record Form(String name, Solver solver, boolean weighted) {}

    private static final List<Form> FORMS = List.of(
            new Form("Shift-NMF", NegativeData.shift(), true),
            new Form("Nearly-NMF", NegativeData.nearly(), true),
            new Form("weighted, residual form", new WeightedDescent(0), true),
            new Form("weighted, Gram form", new WeightedDescent(Integer.MAX_VALUE), true),
            new Form("HALS", new Hals(), false));

    /**
     * The fitted exponents as a Markdown table.
     *
     * @param side smallest n and d; the largest is eight times that
     * @param repeats the fastest of so many runs counts
     */
    static String table(int side, int repeats) {
        StringBuilder text = new StringBuilder("| solver | exponent of n | of d | of q | ms at n = d = " + side
                + ", q = " + RANK + " |\n|---|---|---|---|---|\n");
        double[] factors = Arrays.stream(FACTORS).asDoubleStream().toArray();
        // [forms x axes x factors]
        double[][][] seconds = new double[FORMS.size()][AXES.length()][FACTORS.length];
        for (int axis = 0; axis < AXES.length(); axis++) {
            for (int i = 0; i < FACTORS.length; i++) {
                Input input = input(AXES.charAt(axis), FACTORS[i], side);
                Input unweighted = new Input(input.x(), Optional.empty(), input.starts());
                for (int f = 0; f < FORMS.size(); f++) {
                    Form form = FORMS.get(f);
                    seconds[f][axis][i] = iteration(form, form.weighted() ? input : unweighted, repeats);
                }
            }
        }
        for (int f = 0; f < FORMS.size(); f++) {
            text.append("| ").append(FORMS.get(f).name());
            for (double[] cost : seconds[f]) {
                PowerLaw law = PowerLaw.fit(factors, cost);
                text.append(String.format(Locale.ROOT, " | %.2f ± %.2f", law.exponent(), law.error()));
            }
            text.append(String.format(Locale.ROOT, " | %.3g |%n", 1e3 * seconds[f][0][0]));
        }
        return text.toString();
    }

    private static Input input(char axis, int factor, int side) {
        // From q = 4 on whole groups of four rows are multiplied.
        return Inputs.quasars(
                axis == 'd' ? factor * side : side,
                axis == 'n' ? factor * side : side,
                axis == 'q' ? factor * RANK / 2 : RANK);
    }

    /** CPU seconds of one iteration: what {@value #ITERATIONS} more of them add to the first. */
    private static double iteration(Form form, Input input, int repeats) {
        Ours ours = new Ours(form.solver(), input.problem(Loss.NORMAL), input);
        double first = Double.POSITIVE_INFINITY;
        double all = Double.POSITIVE_INFINITY;
        for (int r = 0; r < repeats; r++) {
            first = Math.min(first, ours.time(new int[] {1}).seconds());
            all = Math.min(all, ours.time(new int[] {1 + ITERATIONS}).seconds());
        }
        // Within the resolution of the clock a tiny input may take no time.
        return Math.max(1e-9, (all - first) / ITERATIONS);
    }
}
