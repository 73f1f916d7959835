package org.unblend.chemistry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How fast each process runs in a state: what forms and destroys a species. Rates add up to the derivative of the
 * abundances by construction.
 */
public final class Budget {

    /**
     * A process in a state.
     *
     * @param equation for people
     * @param source reference of its rate, may be empty
     * @param reaction the gas-phase reaction, or null for a process with grains
     * @param rate events per second and hydrogen nucleus
     * @param change what one event adds to each species [species]
     */
    public record Entry(String equation, String source, Reaction reaction, double rate, double[] change) {}

    private Budget() {}

    /**
     * The processes of a model held at some conditions.
     *
     * @param abundances of the model's species, in their order
     */
    public static List<Entry> of(ChemistryModel model, Conditions c, double[] abundances) {
        ReactionSystem system = model.system();
        RateState rates = model.rates();
        rates.follow(
                (t, s) -> {
                    s.density = c.density();
                    s.av = c.av();
                    s.zeta = c.zeta();
                    s.habing = c.habing();
                    s.temperature = c.temperature();
                    s.freezing = model.settings().freezing() && c.temperature() <= Run.FREEZES_BELOW;
                },
                true);
        double[] y = Arrays.copyOf(abundances, system.size);
        if (system.sumOfIces >= 0) {
            y[system.sumOfIces] =
                    Arrays.stream(system.iceSolid).mapToDouble(i -> y[i]).sum();
        }
        double[] flux = new double[system.processes.size()];
        rates.fluxes(y, flux);
        List<Entry> entries = new ArrayList<>();
        for (int r = 0; r < flux.length; r++) {
            ReactionSystem.Process p = system.processes.get(r);
            double[] change = new double[system.species.size()];
            p.net().forEach((s, v) -> {
                if (s < change.length) {
                    change[s] = v;
                }
            });
            entries.add(new Entry(
                    p.label(), p.reaction() == null ? "" : p.reaction().source(), p.reaction(), flux[r], change));
        }
        return entries;
    }
}
