package org.unblend.cli.validate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unblend.io.json.BadInput;
import org.unblend.io.json.Fields;
import org.unblend.io.json.Json;
import org.unblend.io.json.Mistakes;
import org.unblend.io.json.Place;
import org.unblend.model.Nearest;

/**
 * One folder of {@code validation/}, format {@code validation/1}.
 *
 * @param folder the folder
 * @param title what is reproduced
 * @param source where the published values come from
 * @param check name of the check that computes ours
 * @param slow true if the case is long and runs only when it is named
 * @param rows the quantities
 */
record ValidationCase(Path folder, String title, String source, String check, boolean slow, List<Row> rows) {

    /** How a value is compared with the published one. */
    enum Rule {
        /** Within {@code tolerance} of the published value. */
        ABSOLUTE,
        /** Within {@code tolerance} times the published value. */
        RELATIVE,
        /** Within {@code tolerance} standard errors of the published value. */
        ERRORS,
        /** At least the published value. */
        AT_LEAST,
        /** At most the published value. */
        AT_MOST
    }

    /**
     * One quantity.
     *
     * @param key name by which the check knows it
     * @param quantity in words
     * @param published the published or analytic value
     * @param tolerance how far ours may be, in the sense of the rule; 0 for bounds
     * @param why why this tolerance
     */
    record Row(String key, String quantity, double published, Rule rule, double tolerance, String why) {

        boolean passes(Measured ours) {
            double off = Math.abs(ours.value() - published);
            return switch (rule) {
                case ABSOLUTE -> off <= tolerance;
                case RELATIVE -> off <= tolerance * Math.abs(published);
                case ERRORS -> off <= tolerance * ours.error();
                case AT_LEAST -> ours.value() >= published;
                case AT_MOST -> ours.value() <= published;
            };
        }
    }

    /** @throws BadInput if the file is not as it should be */
    static ValidationCase read(Path folder) {
        Mistakes mistakes = new Mistakes();
        Fields fields = Fields.ofFile(folder.resolve("case.json"), "validation/1", mistakes);
        String title = fields.text("title");
        String source = fields.text("source");
        String check = fields.text("check");
        boolean slow = fields.text("runs", "always").equals("when named");
        List<Row> rows = new ArrayList<>();
        for (Json item : fields.items("rows")) {
            row(Fields.of(item, mistakes), mistakes).ifPresent(rows::add);
        }
        fields.done();
        mistakes.throwIfAny();
        return new ValidationCase(folder, title, source, check, slow, List.copyOf(rows));
    }

    private static Optional<Row> row(Fields fields, Mistakes mistakes) {
        String key = fields.text("key");
        String quantity = fields.text("quantity");
        String why = fields.text("why");
        List<String> rules = List.of("absolute", "relative", "errors", "at_least", "at_most");
        Optional<String> rule = fields.keys().stream().filter(rules::contains).findFirst();
        if (rule.isEmpty()) {
            mistakes.add("V001", fields.place(), "the row has no rule", "give one of " + rules);
            return Optional.empty();
        }
        double bound = fields.number(rule.get());
        boolean limit = rule.get().startsWith("at_");
        double published = limit ? bound : fields.number("published");
        fields.done();
        return Optional.of(new Row(
                key, quantity, published, Rule.valueOf(rule.get().toUpperCase(Locale.ROOT)), limit ? 0 : bound, why));
    }

    /** The check's value of a row. @throws BadInput if the check does not know it */
    Measured measured(Row row, Map<String, Measured> ours) {
        if (!ours.containsKey(row.key())) {
            throw new BadInput(
                    "V002",
                    Place.of(folder.resolve("case.json")),
                    "the check '" + check + "' does not compute '" + row.key() + "'",
                    Nearest.hint(row.key(), ours.keySet()));
        }
        return ours.get(row.key());
    }
}
