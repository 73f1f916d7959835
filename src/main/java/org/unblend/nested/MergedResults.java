package org.unblend.nested;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.unblend.infer.Effort;
import org.unblend.infer.Evidence;
import org.unblend.infer.Finding;
import org.unblend.infer.NestedPath;
import org.unblend.infer.Result;
import org.unblend.infer.Samples;

/**
 * Results of independent nested-sampling runs of one problem, with seeds of their own, as one result with the live points of
 * all: births and deaths are put together (Higson et al. 2019, Statistics and Computing 29, 891, section 3). Refined
 * evidences and draws are not merged, only what was found by nested sampling.
 */
public final class MergedResults {

    private MergedResults() {}

    /** One draw. */
    private record Entry(Samples from, int row, double birth, boolean alive) {
        double logL() {
            return from.logLikelihood()[row];
        }
    }

    /**
     * Merges. The error of ln Z follows from those of the results: as each is proportional to 1/sqrt(live points), the
     * variances are weighted by the squared shares of live points.
     *
     * @param results at least two
     * @throws IllegalArgumentException if there are fewer, one has no nested-sampling draws, or their parameters differ
     */
    public static Result of(List<Result> results) {
        if (results.size() < 2) {
            throw new IllegalArgumentException("there must be at least two results to merge, got " + results.size());
        }
        List<Entry> entries = new ArrayList<>();
        List<String> names = results.get(0).samples().names();
        double[] logZ = new double[results.size()];
        double[] error = new double[results.size()];
        double[] live = new double[results.size()];
        double total = 0;
        for (int r = 0; r < results.size(); r++) {
            Result result = results.get(r);
            int number = r + 1;
            Samples draws = result.nested()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "result " + number + " has no draws of nested sampling, so it cannot be merged"));
            if (!draws.names().equals(names)) {
                throw new IllegalArgumentException("result " + number + " has the parameters " + draws.names()
                        + ", the first one has " + names + ": these are different problems");
            }
            NestedPath path = draws.path().orElseThrow();
            for (int i = 0; i < draws.size(); i++) {
                entries.add(new Entry(draws, i, path.birth()[i], i >= draws.size() - path.remaining()));
            }
            Evidence evidence = result.evidence().orElseThrow();
            Evidence own = result.explored().isPresent() ? evidence.other().orElseThrow() : evidence;
            logZ[r] = own.logZ();
            error[r] = own.error();
            live[r] = path.live()[0];
            total += live[r];
        }
        entries.sort(Comparator.comparingDouble(Entry::logL));
        NestedWeights weights = NestedWeights.of(
                entries.stream().mapToDouble(Entry::birth).toArray(),
                entries.stream().mapToDouble(Entry::logL).toArray());
        double variance = 0;
        for (int r = 0; r < live.length; r++) {
            variance += Math.pow(live[r] / total * error[r], 2);
        }
        return new Result(
                NestedSampler.NAME,
                samples(entries, names, weights),
                Optional.of(new Evidence(
                        weights.logZ(),
                        Math.sqrt(variance),
                        weights.information(),
                        results.size() + " merged runs of nested sampling")),
                findings(results, NestedChecks.agreement(logZ, error)),
                effort(results),
                List.of(new Result.Info("results merged", Integer.toString(results.size()))));
    }

    private static Samples samples(List<Entry> entries, List<String> names, NestedWeights weights) {
        int n = entries.size();
        int p = names.size();
        double[] theta = new double[n * p];
        for (int i = 0; i < n; i++) {
            Entry e = entries.get(i);
            System.arraycopy(e.from().theta(), e.row() * p, theta, i * p, p);
        }
        int remaining = 0;
        while (remaining < n && entries.get(n - 1 - remaining).alive()) {
            remaining++;
        }
        NestedPath path = new NestedPath(
                entries.stream().mapToDouble(Entry::birth).toArray(), weights.live(), weights.logVolume(), remaining);
        return new Samples(
                names,
                theta,
                entries.stream().mapToDouble(Entry::logL).toArray(),
                weights.logWeight(),
                Optional.of(path));
    }

    /** What was found in each of them and is not fine, and whether they agree. */
    private static List<Finding> findings(List<Result> results, Finding agreement) {
        List<Finding> all = new ArrayList<>(List.of(agreement));
        for (Result r : results) {
            r.findings().stream()
                    .filter(f -> f.severity() != Finding.Severity.OK)
                    .forEach(all::add);
        }
        return all;
    }

    private static Effort effort(List<Result> results) {
        return new Effort(
                results.stream().mapToLong(r -> r.effort().evaluations()).sum(),
                results.stream().mapToLong(r -> r.effort().batches()).sum(),
                results.stream().mapToLong(r -> r.effort().failed()).sum(),
                results.stream().flatMap(r -> r.effort().stopped().stream()).findFirst());
    }
}
