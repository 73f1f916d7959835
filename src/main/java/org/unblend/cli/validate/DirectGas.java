package org.unblend.cli.validate;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.unblend.chemistry.AbundanceModel;
import org.unblend.chemistry.BuiltInNetwork;
import org.unblend.chemistry.ChemistryModel;
import org.unblend.chemistry.ChemistrySettings;
import org.unblend.chemistry.GasLines;
import org.unblend.model.Axis;
import org.unblend.model.RowStatus;
import org.unblend.radiative.LineName;
import org.unblend.radiative.MoleculeCatalog;
import org.unblend.radiative.OneZoneModel;

/** What the shipped emulators stand for: lines of gas by the built-in network and radiative transfer, nothing emulated. */
final class DirectGas {
    /** The five lines of the thesis. */
    static final Axis LINES = Axis.of("line", "CO(3-2)", "CO(6-5)", "HCN(4-3)", "HCO+(4-3)", "CS(7-6)");

    private DirectGas() {}

    /** The chemistry of {@code models/abundances.json}. */
    static AbundanceModel chemistry(List<String> species) {
        return new AbundanceModel(
                new ChemistryModel(
                        BuiltInNetwork.network(), ChemistrySettings.STANDARD.with(ChemistrySettings.Phases.STATIC)),
                species);
    }

    /** @param h2PerNucleus as for {@link GasLines} */
    static GasLines of(Axis lines, double h2PerNucleus) throws IOException {
        List<String> species = lines.labels().stream()
                .map(l -> LineName.parse(l).molecule())
                .distinct()
                .toList();
        return new GasLines(
                chemistry(species),
                OneZoneModel.of(MoleculeCatalog.builtIn(), lines, 2.73),
                h2PerNucleus,
                Optional.empty());
    }

    /**
     * Intensities [K km/s] of one gas.
     *
     * @param in A_V, n_H, zeta, chi, T, m_Z, dv
     */
    static double[] intensities(GasLines model, double... in) {
        double[] out = new double[model.output().length()];
        RowStatus[] status = new RowStatus[1];
        model.evaluate(in, out, status, 1);
        if (status[0] != RowStatus.OK) {
            throw new IllegalStateException("the gas cannot be computed: " + status[0]);
        }
        return out;
    }
}
