package org.unblend.nmf.rank;

/**
 * What is known of one rank.
 *
 * @param rank number of components
 * @param speckles prediction of entries held out in speckles
 * @param quarters prediction of held-out quarters, bi-cross-validation; NaN where half of the matrix is smaller than the
 *     rank
 * @param error mean squared error of the fit to all data in units of the noise
 * @param reduced the same per degree of freedom, {@code N - r (features + samples - r)}; NaN if none is left
 * @param objective the best objective of the starts
 * @param worst the worst one
 * @param residual {@code |X - W H| / |X|} over the observed entries
 * @param svdResidual the same for the truncated singular value decomposition of equal rank, which is the least that any
 *     factors of mixed sign can reach on complete data
 * @param silhouette mean silhouette of the components over repeated runs
 * @param leastSilhouette the smallest one of a component
 * @param cophenetic cophenetic correlation of the samples' consensus
 */
public record RankRow(
        int rank,
        Score speckles,
        Score quarters,
        double error,
        double reduced,
        double objective,
        double worst,
        double residual,
        double svdResidual,
        double silhouette,
        double leastSilhouette,
        double cophenetic) {

    /** True if all components come back, by the thresholds of SigProfilerExtractor: mean 0.8, least 0.2. */
    public boolean stable() {
        return silhouette >= 0.8 && leastSilhouette >= 0.2;
    }
}
