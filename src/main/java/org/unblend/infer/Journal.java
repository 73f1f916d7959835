package org.unblend.infer;

/**
 * A record of likelihood batches in the order in which they were evaluated. Engines are deterministic, so a run that was
 * interrupted is resumed by running it again from its seed with the recorded values in place of evaluations: the result
 * is the same to the last bit.
 *
 * <p>There are no snapshots of a sampler's state beside it. Going through recorded evaluations again costs nested sampling a few
 * seconds per million by slices in 10 dimensions ({@code unblend bench nested}), and some 50 us per evaluation of a refinement, whose
 * fits are made again; likelihoods worth resuming cost more than that. Chains, whose gradients are not recorded, put their whole
 * state into the journal after each block.
 */
public interface Journal {

    /** Keeps nothing. */
    Journal NONE = new Journal() {
        @Override
        public int replay(double[] theta, double[] logLikelihood, int rows) {
            return -1;
        }

        @Override
        public void record(double[] theta, double[] logLikelihood, int rows, int failed) {}
    };

    /**
     * Fetches the next recorded batch: log likelihoods, or several numbers per point, such as its derivatives.
     *
     * @param theta the points that the engine asks for now, {@code [rows x dimension]}, not modified
     * @param logLikelihood {@code [rows]}, modified if the batch was recorded
     * @return the recorded number of failed rows, or -1 if the journal is at its end
     * @throws IllegalStateException if the recorded batch belongs to other points
     */
    int replay(double[] theta, double[] logLikelihood, int rows);

    /** Appends a batch that was evaluated. */
    void record(double[] theta, double[] logLikelihood, int rows, int failed);
}
