package org.unblend.chemistry;

/**
 * What a model is asked to do.
 *
 * @param phases what the gas goes through
 * @param years duration at the final density (and, in two phases, from the start of the warming) [yr]
 * @param freezing true if gas freezes at the final density while it is colder than 30 K; in the collapse it always does
 * @param start ionisation at the start
 * @param bookkeeping of what freezing takes from the gas, and of the scale of cosmic-ray rates
 * @param elements abundances of the elements
 * @param stellarMass mass of the star that warms the gas [Msun]: 1, 5, 10, 15, 25 or 60
 * @param albedo of the grains for photons that cosmic rays induce, 0 to below 1
 * @param rtol relative tolerance of abundances
 * @param atol absolute tolerance of abundances, per hydrogen nucleus
 * @param maxSteps most steps of one model
 */
public record ChemistrySettings(
        Phases phases,
        double years,
        boolean freezing,
        Start start,
        Bookkeeping bookkeeping,
        Elements elements,
        int stellarMass,
        double albedo,
        double rtol,
        double atol,
        int maxSteps) {

    /** What the gas goes through. */
    public enum Phases {
        /** Free-fall collapse from 100 cm-3 at 10 K with freezing, then warming to T and evaporation of the ices. */
        TWO_PHASE,
        /** T and density are fixed from the start. */
        STATIC,
        /** As static, until nothing changes any more. */
        STEADY
    }

    /** Ionisation at the start: C, S, Si, Cl are ions, O, N, He, Mg atoms, half of the hydrogen nuclei in H2. */
    public enum Start {
        /** As many electrons as ions. */
        NEUTRAL,
        /** UCLCHEM 1.3's slip: as many electrons as C+, so that the gas carries a charge. */
        UCLCHEM_1_3
    }

    /** What is kept. */
    public enum Bookkeeping {
        /** Elements and charge are kept; cosmic-ray rates are rescaled to zeta = 1.3e-17 /s. */
        CONSERVING,
        /**
         * As UCLCHEM 1.3: freezing hydrogenates without taking hydrogen, electrons freeze on their own, cosmic-ray rates are
         * multiplied by zeta as they are tabulated.
         */
        UCLCHEM_1_3
    }

    /** Two phases, 1e7 yr, no freezing at the final density, everything kept. */
    public static final ChemistrySettings STANDARD = new ChemistrySettings(
            Phases.TWO_PHASE,
            1e7,
            false,
            Start.NEUTRAL,
            Bookkeeping.CONSERVING,
            Elements.STANDARD,
            10,
            0.5,
            1e-3,
            1e-14,
            20_000);

    public ChemistrySettings {
        if (!(years > 0) || years > 1e11) {
            throw new IllegalArgumentException("the duration is " + years + " yr; give more than 0 and at most 1e11");
        }
        if (!(albedo >= 0 && albedo < 1)) {
            throw new IllegalArgumentException("the albedo is " + albedo + "; give 0 to below 1");
        }
        Warming.of(stellarMass);
    }

    /** With other phases. */
    public ChemistrySettings with(Phases other) {
        return new ChemistrySettings(
                other, years, freezing, start, bookkeeping, elements, stellarMass, albedo, rtol, atol, maxSteps);
    }

    /** With another duration [yr]. */
    public ChemistrySettings lasting(double other) {
        return new ChemistrySettings(
                phases, other, freezing, start, bookkeeping, elements, stellarMass, albedo, rtol, atol, maxSteps);
    }

    /** With freezing at the final density, or without. */
    public ChemistrySettings freezing(boolean other) {
        return new ChemistrySettings(
                phases, years, other, start, bookkeeping, elements, stellarMass, albedo, rtol, atol, maxSteps);
    }

    /** With another start. */
    public ChemistrySettings with(Start other) {
        return new ChemistrySettings(
                phases, years, freezing, other, bookkeeping, elements, stellarMass, albedo, rtol, atol, maxSteps);
    }

    /** With another bookkeeping. */
    public ChemistrySettings with(Bookkeeping other) {
        return new ChemistrySettings(
                phases, years, freezing, start, other, elements, stellarMass, albedo, rtol, atol, maxSteps);
    }

    /** With other elements. */
    public ChemistrySettings with(Elements other) {
        return new ChemistrySettings(
                phases, years, freezing, start, bookkeeping, other, stellarMass, albedo, rtol, atol, maxSteps);
    }

    /** With other tolerances. */
    public ChemistrySettings tolerances(double relative, double absolute) {
        return new ChemistrySettings(
                phases,
                years,
                freezing,
                start,
                bookkeeping,
                elements,
                stellarMass,
                albedo,
                relative,
                absolute,
                maxSteps);
    }

    /** True if ices take part. */
    boolean hasIces() {
        return phases == Phases.TWO_PHASE || freezing;
    }
}
