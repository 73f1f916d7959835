package org.unblend.model.op;

import java.util.List;
import org.unblend.model.InvalidModel;

/** Rules for units, which are plain names: {@code 1} is dimensionless, the empty string unknown. */
final class Units {
    private Units() {}

    /** The common unit of terms that are added; unknown if one of them is. */
    static String same(List<String> units) {
        if (units.stream().filter(u -> !u.isEmpty()).distinct().count() > 1) {
            throw new InvalidModel("M020", "", "terms with the units " + units + " are added", "convert them first");
        }
        return units.contains("") ? "" : units.get(0);
    }

    /** The unit of a product in which at most one factor has one; otherwise unknown. */
    static String product(List<String> units) {
        List<String> named = units.stream().filter(u -> !u.equals("1")).toList();
        return named.isEmpty() ? "1" : named.size() == 1 ? named.get(0) : "";
    }
}
