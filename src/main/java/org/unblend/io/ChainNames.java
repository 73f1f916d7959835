package org.unblend.io;

import java.util.ArrayList;
import java.util.List;
import org.unblend.infer.Quantity;

/**
 * The files beside a chain that name its columns, as PolyChord, anesthetic and GetDist read them:
 * {@code run.paramnames} with {@code name<TAB>latex}, derived names ending in {@code *}, and {@code run.ranges} with
 * {@code name low high}, N where there is no bound.
 */
final class ChainNames {
    static final String ROOT = "run";

    private ChainNames() {}

    /** Text of {@code run.paramnames}. */
    static String paramnames(Draws draws) {
        List<String> names = names(draws.quantities());
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < names.size(); c++) {
            text.append(names.get(c))
                    .append(draws.isDerived(c) ? "*" : "")
                    .append('\t')
                    .append(latex(draws.quantities().get(c)))
                    .append('\n');
        }
        return text.toString();
    }

    /** Text of {@code run.ranges}. */
    static String ranges(Draws draws) {
        List<String> names = names(draws.quantities());
        StringBuilder text = new StringBuilder();
        for (int c = 0; c < names.size(); c++) {
            Quantity q = draws.quantities().get(c);
            text.append(names.get(c))
                    .append(' ')
                    .append(bound(q.range().low()))
                    .append(' ')
                    .append(bound(q.range().high()))
                    .append('\n');
        }
        return text.toString();
    }

    /** A number with all its digits, in the spelling that C, Fortran and Python read. */
    static String number(double x) {
        return Double.isNaN(x) ? "nan" : Double.isInfinite(x) ? (x > 0 ? "inf" : "-inf") : Double.toString(x);
    }

    /** Names without white space and the characters that carry a meaning in these files; kept distinct. */
    private static List<String> names(List<Quantity> quantities) {
        List<String> names = new ArrayList<>();
        for (Quantity q : quantities) {
            String plain = q.name().strip().replaceAll("\\s+", "_").replaceAll("[$*?\\p{Cntrl}]", "");
            String name = plain.isEmpty() ? "x" : plain;
            for (int i = 2; names.contains(name); i++) {
                name = plain + "_" + i;
            }
            names.add(name);
        }
        return names;
    }

    private static String latex(Quantity q) {
        if (!q.latex().isBlank()) {
            return q.latex().replaceAll("[$\\p{Cntrl}]", "").strip();
        }
        String name = q.name().strip().replaceAll("[$\\\\{}\\p{Cntrl}]", "");
        int underscore = name.indexOf('_');
        if (underscore <= 0) {
            return "\\mathrm{" + escape(name) + "}";
        }
        return "\\mathrm{" + escape(name.substring(0, underscore)) + "}_\\mathrm{"
                + escape(name.substring(underscore + 1)) + "}";
    }

    private static String escape(String text) {
        return text.replaceAll("([#%&_])", "\\\\$1")
                .replace("^", "\\hat{}")
                .replace("~", "\\sim ")
                .replaceAll("\\s+", "\\\\ ");
    }

    private static String bound(double x) {
        return Double.isInfinite(x) ? "N" : number(x);
    }
}
