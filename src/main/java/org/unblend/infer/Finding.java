package org.unblend.infer;

/**
 * One finding of a diagnosis.
 *
 * @param severity how bad
 * @param check name of the check, such as {@code insertion ranks}
 * @param message what was found, with figures
 * @param remedy what to do; empty for {@link Severity#OK}
 */
public record Finding(Severity severity, String check, String message, String remedy) {

    /** Grades of findings, from harmless to fatal. */
    public enum Severity {
        OK("OK"),
        CAUTION("CAUTION"),
        DO_NOT_USE("DO NOT USE");

        private final String text;

        Severity(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    public static Finding ok(String check, String message) {
        return new Finding(Severity.OK, check, message, "");
    }

    public static Finding caution(String check, String message, String remedy) {
        return new Finding(Severity.CAUTION, check, message, remedy);
    }

    public static Finding fatal(String check, String message, String remedy) {
        return new Finding(Severity.DO_NOT_USE, check, message, remedy);
    }
}
