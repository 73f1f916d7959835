package org.unblend.density;

import java.util.Arrays;
import org.unblend.model.RowStatus;

/**
 * The values of all nodes for a batch of rows, one array {@code [rows x size]} per node; null where a node was not
 * needed.
 */
final class Frame {
    final int rows;
    final double[][] values;
    final RowStatus[] status;

    Frame(int nodes, int rows) {
        this.rows = rows;
        values = new double[nodes][];
        status = new RowStatus[rows];
        Arrays.fill(status, RowStatus.OK);
    }
}
