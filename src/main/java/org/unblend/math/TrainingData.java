package org.unblend.math;

/**
 * Rows to train on, in the units of the network: inputs and targets of order one. The arrays are not copied and must not be
 * written to.
 *
 * @param inputs {@code [rows x inputs]}, finite
 * @param targets {@code [rows x outputs]}, finite
 */
public record TrainingData(double[][] inputs, double[][] targets) {

    public TrainingData {
        if (inputs.length == 0 || inputs.length != targets.length) {
            throw new IllegalArgumentException("there are " + inputs.length + " rows of inputs and " + targets.length
                    + " of targets; give one of each per row, and at least one row");
        }
        check(inputs, "input");
        check(targets, "target");
    }

    private static void check(double[][] rows, String what) {
        for (int r = 0; r < rows.length; r++) {
            if (rows[r].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "row " + r + " has " + rows[r].length + " " + what + "s, row 0 has " + rows[0].length);
            }
            for (int j = 0; j < rows[r].length; j++) {
                if (!Double.isFinite(rows[r][j])) {
                    throw new IllegalArgumentException(
                            what + " " + j + " of row " + r + " is " + rows[r][j] + "; leave such rows out");
                }
            }
        }
    }

    public int rows() {
        return inputs.length;
    }
}
