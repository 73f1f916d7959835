package org.unblend.cli;

import java.util.List;
import java.util.Optional;
import org.unblend.density.CompiledModel;
import org.unblend.mcmc.factor.FactorForm;
import org.unblend.mcmc.factor.FittedEvidence;
import picocli.CommandLine.Option;

/** How evidences of ranks are computed. */
final class EvidenceOptions {
    @Option(
            names = "--particles",
            paramLabel = "N",
            description = "particles of each tempered run of the evidence (default: 64)")
    private Integer particles;

    @Option(names = "--runs", paramLabel = "N", description = "independent runs of each evidence (default: 4)")
    private Integer runs;

    @Option(
            names = "--from-fit",
            description =
                    "temper from a density that is fitted to the posterior rather than from the prior, for Poisson noise, and"
                            + " Gamma noise of a known shape: far smaller errors on many or large counts")
    private boolean fromFit;

    @Option(names = "--no-sensitivity", description = "leave out the evidences under other priors")
    private boolean noSensitivity;

    @Option(
            names = "--roads",
            paramLabel = "ROAD",
            split = ",",
            description =
                    "other ways to ln Z beside tempering, where they apply: ${COMPLETION-CANDIDATES}. chib: any noise and"
                            + " priors, small matrices where conditionals are not closed; fitted: tempering from a fitted density, as by --from-fit; nested: at most 30 unknowns; collapsed:"
                            + " H integrated out, Normal noise, at most 4 parts and 12 further unknowns")
    private List<EvidenceRoads.Road> roads = List.of();

    @Option(names = "--fresh", description = "discard what an interrupted comparison left and start over")
    boolean fresh;

    /** @throws org.unblend.io.json.BadInput if a number is too small, or evidence is not wanted */
    void check(MatrixOptions options, boolean wanted) {
        if (!wanted && (particles != null || runs != null || noSensitivity || fromFit || fresh || !roads.isEmpty())) {
            throw options.bad(
                    "C002",
                    "--particles, --runs, --from-fit, --no-sensitivity, --roads and --fresh belong to evidences",
                    "leave them out, or add --by evidence");
        }
        if (particles() < 8) {
            throw options.bad("C001", "--particles is " + particles, "give a whole number from 8");
        }
        if (runs() < 2) {
            throw options.bad("C001", "--runs is " + runs, "give a whole number from 2: their scatter is the error");
        }
    }

    /** @throws org.unblend.io.json.BadInput if tempering is to begin at a fitted density and cannot */
    void refuseFit(MatrixOptions options, CompiledModel model) {
        Optional<String> why = fromFit ? FittedEvidence.refusal(FactorForm.of(model)) : Optional.empty();
        if (why.isPresent()) {
            throw options.bad(
                    "C002", "--from-fit does not apply: " + why.get(), "leave it out, or change the noise or priors");
        }
    }

    int particles() {
        return particles == null ? 64 : particles;
    }

    int runs() {
        return runs == null ? 4 : runs;
    }

    EvidenceRoads roads() {
        return new EvidenceRoads(roads.stream().distinct().toList());
    }

    boolean fromFit() {
        return fromFit;
    }

    boolean sensitivity() {
        return !noSensitivity;
    }
}
