package org.unblend.nmf.rank;

import org.unblend.math.Dense;
import org.unblend.nmf.FactorProblem;
import org.unblend.nmf.Loss;

/**
 * Deviance of entries under a predicted mean, {@code 2 factor V d(x, mu)}: minus twice the log likelihood up to a term
 * of the data alone. Under Poisson and Gamma noise a prediction of exactly zero would be infinitely wrong about any other
 * value, so that predictions hold {@value #BROAD} of the independence model of the training entries. Where the training
 * entries leave a component undetermined a fit may predict any size: nothing above the largest of them is believed.
 */
final class Prediction {
    private static final double BROAD = 0.01;

    private final FactorProblem problem;
    private final double[] row;
    private final double[] column;
    private final double total;
    private final double least;
    private final double largest;

    /** @param training the problem in which the predicted entries are masked */
    Prediction(FactorProblem problem, FactorProblem training) {
        this.problem = problem;
        Dense x = training.x().dense();
        row = new double[x.rows()];
        column = new double[x.columns()];
        double[] rowCount = new double[row.length];
        double[] columnCount = new double[column.length];
        double sum = 0;
        double count = 0;
        double most = 0;
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < column.length; j++) {
                if (Fits.weight(training, i, j) > 0) {
                    row[i] += x.get(i, j);
                    column[j] += x.get(i, j);
                    rowCount[i]++;
                    columnCount[j]++;
                    sum += x.get(i, j);
                    count++;
                    most = Math.max(most, x.get(i, j));
                }
            }
        }
        total = sum / count;
        largest = most;
        for (int i = 0; i < row.length; i++) {
            row[i] = rowCount[i] > 0 ? row[i] / rowCount[i] : total;
        }
        for (int j = 0; j < column.length; j++) {
            column[j] = columnCount[j] > 0 ? column[j] / columnCount[j] : total;
        }
        // Half a count spread over all entries, for rows and columns without any.
        least = problem.loss().beta() == 1 ? 0.5 / count : Double.MIN_NORMAL;
    }

    /** The deviance of one entry under a mean. */
    double deviance(int i, int j, double mean) {
        Loss loss = problem.loss();
        double x = problem.x().dense().get(i, j);
        double predicted = Math.min(mean, largest);
        if (loss.beta() <= 1) {
            double broad = Math.max(least, total > 0 ? row[i] * column[j] / total : 0);
            predicted = (1 - BROAD) * predicted + BROAD * broad;
        }
        return 2 * loss.factor() * Fits.weight(problem, i, j) * loss.divergence(x, predicted);
    }
}
