package org.unblend.chemistry;

import java.util.List;
import java.util.Locale;
import org.unblend.model.Axis;
import org.unblend.model.ForwardModel;
import org.unblend.model.Port;
import org.unblend.model.RowStatus;

/**
 * The chemical model as a forward model: abundances, relative to hydrogen nuclei, of some species as functions of {@code av}
 * [mag], {@code n_h} (hydrogen nuclei) [cm-3], {@code zeta} [1.3e-17 /s], {@code chi} [Habing], {@code tkin} [K] and {@code
 * mz} (metallicity).
 */
public final class AbundanceModel implements ForwardModel {
    /** The inputs, in this order. */
    static final List<Port> PORTS = List.of(
            new Port("av", "mag", ChemistryModel.AV),
            new Port("n_h", "cm-3", ChemistryModel.DENSITY),
            new Port("zeta", "1.3e-17/s", ChemistryModel.ZETA),
            new Port("chi", "Habing", ChemistryModel.FIELD),
            new Port("tkin", "K", ChemistryModel.TEMPERATURE),
            new Port("mz", "1", ChemistryModel.METALLICITY));

    private final ChemistryModel model;
    private final Axis axis;

    /**
     * @param model the chemical model
     * @param species names of species of its network
     * @throws IllegalArgumentException if the network lacks one
     */
    public AbundanceModel(ChemistryModel model, List<String> species) {
        this(model, new Axis("species", species));
    }

    /**
     * @param model the chemical model
     * @param axis its labels are names of species of the network
     * @throws IllegalArgumentException if the network lacks one
     */
    public AbundanceModel(ChemistryModel model, Axis axis) {
        for (String s : axis.labels()) {
            if (!model.species().contains(s)) {
                throw new IllegalArgumentException("the network "
                        + model.network().name() + " has no species '" + s + "'; choose among " + model.species());
            }
        }
        this.model = model;
        this.axis = axis;
    }

    @Override
    public String description() {
        return "chemistry ("
                + model.settings().phases().name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + ") with the network " + model.network().name();
    }

    @Override
    public List<Port> inputs() {
        return PORTS;
    }

    @Override
    public Axis output() {
        return axis;
    }

    @Override
    public String outputUnit() {
        return "1";
    }

    @Override
    public String fingerprint() {
        return "abundances/1 " + axis.labels() + " " + model.network().hash() + " " + model.settings();
    }

    @Override
    public List<String> citations() {
        return model.citations();
    }

    @Override
    public void evaluate(double[] in, double[] out, RowStatus[] status, int rows) {
        Run run = model.run();
        int n = axis.length();
        for (int r = 0; r < rows; r++) {
            int i = PORTS.size() * r;
            ChemistryResult result =
                    run.solve(new Conditions(in[i], in[i + 1], in[i + 2], in[i + 3], in[i + 4], in[i + 5]));
            status[r] = switch (result.status()) {
                case OK -> RowStatus.OK;
                case OUT_OF_DOMAIN -> RowStatus.OUT_OF_DOMAIN;
                case FAILED, UNSETTLED -> RowStatus.FAILED;
            };
            for (int s = 0; s < n; s++) {
                out[r * n + s] = status[r] == RowStatus.OK
                        ? Math.max(0, result.abundance(axis.labels().get(s)))
                        : Double.NaN;
            }
        }
    }
}
