package org.unblend.chemistry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.unblend.math.Parallel;
import org.unblend.model.Support;

/**
 * Abundances of a network's species under given conditions. Immutable and thread-safe: the network is compiled once, each
 * {@link Run} holds the memory of one thread. The same conditions give the same bits whatever ran before.
 */
public final class ChemistryModel {
    /** A_V [mag]. */
    public static final Support AV = new Support(0, 1000);
    /** Density of hydrogen nuclei [cm-3]. */
    public static final Support DENSITY = new Support(100.2, 1e9);
    /** Ionisation by cosmic rays [1.3e-17 /s]. */
    public static final Support ZETA = new Support(0, 1e5);
    /** Field [Habing]. */
    public static final Support FIELD = new Support(0, 1e6);
    /** Temperature [K]. */
    public static final Support TEMPERATURE = new Support(10, 1000);
    /** Metallicity. */
    public static final Support METALLICITY = new Support(1e-6, 10);

    /** One unit of zeta [1/s]. */
    static final double ZETA_UNIT = 1.3e-17;

    private final Network network;
    private final ChemistrySettings settings;
    private final ReactionSystem system;
    private final Shielding shielding = new Shielding();
    private final Grains grains = new Grains();

    /**
     * @param network gas-phase reactions; where ices take part, those among species without data for ices are left out: such
     *     species would stay in the gas while everything else freezes
     */
    public ChemistryModel(Network network, ChemistrySettings settings) {
        this.network = settings.hasIces() ? network.among(grains.known()) : network;
        this.settings = settings;
        boolean conserving = settings.bookkeeping() == ChemistrySettings.Bookkeeping.CONSERVING;
        system = new ReactionSystem(this.network, settings.hasIces() ? grains : null, conserving);
    }

    /** The gas-phase network. */
    public Network network() {
        return network;
    }

    /** What it is asked to do. */
    public ChemistrySettings settings() {
        return settings;
    }

    /** Names of the species: gas, then ices. */
    public List<String> species() {
        return system.species.stream().map(Species::name).toList();
    }

    /** Number of processes: gas-phase reactions and those with grains. */
    public int processes() {
        return system.processes.size();
    }

    /** What to cite. */
    public List<String> citations() {
        ArrayList<String> all = new ArrayList<>(network.citations());
        if (settings.hasIces()) {
            all.addAll(grains.sources());
        }
        all.add("Federman et al. 1979, ApJ 227, 466 (shielding of H2)");
        all.add("van Dishoeck & Black 1988, ApJ 334, 771 (shielding of CO)");
        return List.copyOf(all);
    }

    /** A run for the calling thread. */
    public Run run() {
        return new Run(system, rates(), settings);
    }

    ReactionSystem system() {
        return system;
    }

    RateState rates() {
        double scale = settings.bookkeeping() == ChemistrySettings.Bookkeeping.CONSERVING
                ? ZETA_UNIT / network.zetaReference()
                : 1;
        return new RateState(system, shielding, scale, settings.albedo());
    }

    /**
     * Evaluates many conditions; a result does not depend on its neighbours or on the number of threads.
     *
     * @param conditions one for each model
     * @param names species wanted
     * @param out [models x names], log10 of abundances (at least -30), NaN where the status is not OK
     * @param status [models]
     */
    public void evaluate(
            List<Conditions> conditions,
            List<String> names,
            double[] out,
            ChemistryResult.Status[] status,
            Parallel parallel) {
        parallel.forRanges(conditions.size(), 16, (from, to) -> {
            Run run = run();
            for (int i = from; i < to; i++) {
                ChemistryResult r = run.solve(conditions.get(i));
                status[i] = r.status();
                for (int s = 0; s < names.size(); s++) {
                    out[i * names.size() + s] =
                            r.status() == ChemistryResult.Status.OK ? r.log10(names.get(s)) : Double.NaN;
                }
            }
        });
    }

    /** The first input outside of its domain, in words; empty if all are inside. */
    static String flaw(Conditions c) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("A_V", c.av());
        values.put("density", c.density());
        values.put("zeta", c.zeta());
        values.put("field", c.habing());
        values.put("temperature", c.temperature());
        values.put("metallicity", c.metallicity());
        List<Support> domains = List.of(AV, DENSITY, ZETA, FIELD, TEMPERATURE, METALLICITY);
        int i = 0;
        for (Map.Entry<String, Double> e : values.entrySet()) {
            Support domain = domains.get(i++);
            if (!domain.contains(e.getValue())) {
                return e.getKey() + " is " + e.getValue() + ", outside " + domain;
            }
        }
        return "";
    }
}
