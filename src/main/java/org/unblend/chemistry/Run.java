package org.unblend.chemistry;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.unblend.math.Rosenbrock;

/** Solves models one after the other in one thread. Made by {@link ChemistryModel#run()}. */
public final class Run {
    /** Seconds per Julian year. */
    static final double YEAR = 3.15576e7;

    private static final double INITIAL_DENSITY = 100;
    private static final double COLD = 10;
    /** Nothing freezes above [K]. */
    static final double FREEZES_BELOW = 30;
    /** Steady: no abundance above the floor changes by more than this within its own time. */
    private static final double STEADY_CHANGE = 1e-5;

    private static final double STEADY_FLOOR = 1e-15;
    private static final double LONGEST_YEARS = 1e11;

    /** Told after each step: years since the start of the phase, temperature, density, abundances. */
    @FunctionalInterface
    public interface Watcher {
        void step(String phase, double years, double temperature, double density, double[] abundances);
    }

    private static final Watcher NOBODY = (phase, years, t, n, x) -> {};

    /** Thrown inside a model that cannot be brought to its end. */
    private static final class Stalled extends Exception {
        private static final long serialVersionUID = 1L;

        private final ChemistryResult.Status status;

        Stalled(String message, ChemistryResult.Status status) {
            super(message);
            this.status = status;
        }
    }

    private final ReactionSystem system;
    private final RateState rates;
    private final ChemistrySettings settings;
    private final Rosenbrock solver;
    private final double[] y;
    private final double[] saved;
    private int fallbacks;
    private long budget;

    Run(ReactionSystem system, RateState rates, ChemistrySettings settings) {
        this.system = system;
        this.rates = rates;
        this.settings = settings;
        solver = new Rosenbrock(rates);
        y = new double[system.size];
        saved = new double[system.size];
    }

    /** Solves one model. */
    public ChemistryResult solve(Conditions c) {
        return solve(c, NOBODY);
    }

    /** Solves one model and tells each step. */
    public ChemistryResult solve(Conditions c, Watcher watcher) {
        String flaw = ChemistryModel.flaw(c);
        List<String> names = system.species.stream().map(Species::name).toList();
        if (!flaw.isEmpty()) {
            return new ChemistryResult(
                    ChemistryResult.Status.OUT_OF_DOMAIN, flaw, names, nan(names.size()), Map.of(), 0, 0);
        }
        solver.reset();
        fallbacks = 0;
        budget = solver.steps() + settings.maxSteps();
        long before = solver.steps();
        start(c);
        Map<String, Double> first = totals();
        String message = "";
        ChemistryResult.Status ended = ChemistryResult.Status.OK;
        try {
            switch (settings.phases()) {
                case TWO_PHASE -> {
                    collapse(c, watcher);
                    warm(c, watcher);
                }
                case STATIC -> hold(c, 0, settings.years(), c.temperature(), "static", watcher);
                case STEADY -> steady(c, watcher);
            }
        } catch (Stalled e) {
            message = e.getMessage();
            ended = e.status;
        }
        boolean finite = Arrays.stream(y).allMatch(Double::isFinite);
        if (message.isEmpty() && !finite) {
            message = "an abundance is not finite";
            ended = ChemistryResult.Status.FAILED;
        }
        // Components are not cut at 0 on the way, which would not keep the elements: below the tolerance they may end
        // there.
        double[] x =
                Arrays.stream(y).limit(names.size()).map(v -> Math.max(0, v)).toArray();
        return new ChemistryResult(
                ended,
                message,
                names,
                message.isEmpty() ? x : nan(names.size()),
                drift(first),
                solver.steps() - before,
                fallbacks);
    }

    private static double[] nan(int n) {
        double[] x = new double[n];
        Arrays.fill(x, Double.NaN);
        return x;
    }

    private void start(Conditions c) {
        Arrays.fill(y, 0);
        y[system.hydrogen] = 0.5;
        y[system.molecular] = 0.25;
        double charge = 0;
        for (String element : new TreeMap<>(settings.elements().perHydrogen()).keySet()) {
            double x = settings.elements().at(element, c.metallicity());
            Integer ion = Elements.IONISED.contains(element) ? system.index.get(element + "+") : null;
            Integer atom = system.index.get(element);
            if (ion != null) {
                y[ion] += x;
                boolean counted = settings.start() == ChemistrySettings.Start.NEUTRAL || element.equals("C");
                charge += counted ? x : 0;
            } else if (atom != null) {
                y[atom] += x;
            }
        }
        y[system.electron] = charge;
    }

    /** Phase I: free fall at 10 K in a standard field, A_V growing with the density at fixed radius. */
    private void collapse(Conditions c, Watcher watcher) throws Stalled {
        Collapse collapse = new Collapse(INITIAL_DENSITY);
        rates.follow(
                (t, s) -> {
                    s.temperature = COLD;
                    s.density = Math.min(c.density(), collapse.density(t));
                    s.av = c.av() * s.density / c.density();
                    s.zeta = 1;
                    s.habing = 1;
                    s.freezing = true;
                },
                false);
        integrate(
                0,
                collapse.until(c.density()),
                (t, h, x) -> {
                    watcher.step("collapse", t / YEAR, COLD, Math.min(c.density(), collapse.density(t)), x);
                    return true;
                },
                "collapse");
    }

    /** Phase II: warming with evaporation, then the final temperature. */
    private void warm(Conditions c, Watcher watcher) throws Stalled {
        Warming warming = Warming.of(settings.stellarMass());
        TreeMap<Double, double[]> events = events(warming);
        double end = Math.min(settings.years(), warming.years(c.temperature()));
        double year = 0;
        for (Map.Entry<Double, double[]> event : events.entrySet()) {
            double at = warming.years(event.getKey());
            if (event.getKey() >= c.temperature() || at >= end) {
                break;
            }
            rise(c, warming, year, at, watcher);
            year = at;
            evaporate(event.getValue());
        }
        rise(c, warming, year, end, watcher);
        hold(c, end, settings.years(), warming.temperature(end), "warm", watcher);
    }

    /** Temperatures of evaporation, each with the fraction of every ice that leaves then. */
    private TreeMap<Double, double[]> events(Warming warming) {
        TreeMap<Double, double[]> events = new TreeMap<>();
        int n = system.ices.size();
        for (int i = 0; i < n; i++) {
            Grains.Ice ice = system.ices.get(i);
            int mass = system.species.get(system.iceGas[i]).mass();
            events.computeIfAbsent(warming.solid(), k -> new double[n])[i] = ice.solid();
            events.computeIfAbsent(warming.volcano(), k -> new double[n])[i] = ice.volcano();
            events.computeIfAbsent(Warming.mono(ice.binding(), mass), k -> new double[n])[i] = ice.mono();
            events.computeIfAbsent(warming.everything(), k -> new double[n])[i] = 1;
        }
        return events;
    }

    private void evaporate(double[] fraction) {
        double sum = 0;
        for (int i = 0; i < fraction.length; i++) {
            double leaving = fraction[i] * y[system.iceSolid[i]];
            y[system.iceSolid[i]] -= leaving;
            y[system.iceGas[i]] += leaving;
            sum += y[system.iceSolid[i]];
        }
        y[system.sumOfIces] = sum;
    }

    private void rise(Conditions c, Warming warming, double from, double to, Watcher watcher) throws Stalled {
        rates.follow(
                (t, s) -> {
                    set(s, c);
                    s.temperature = warming.temperature(t / YEAR);
                    s.freezing = settings.freezing() && s.temperature <= FREEZES_BELOW;
                },
                false);
        integrate(
                from * YEAR,
                to * YEAR,
                (t, h, x) -> {
                    watcher.step("warming", t / YEAR, warming.temperature(t / YEAR), c.density(), x);
                    return true;
                },
                "warming");
    }

    private static void set(RateState.Surroundings s, Conditions c) {
        s.density = c.density();
        s.av = c.av();
        s.zeta = c.zeta();
        s.habing = c.habing();
    }

    private void follow(Conditions c, double temperature) {
        rates.follow(
                (t, s) -> {
                    set(s, c);
                    s.temperature = temperature;
                    s.freezing = settings.freezing() && temperature <= FREEZES_BELOW;
                },
                true);
    }

    private void hold(Conditions c, double from, double to, double temperature, String phase, Watcher watcher)
            throws Stalled {
        follow(c, temperature);
        integrate(
                from * YEAR,
                to * YEAR,
                (t, h, x) -> {
                    watcher.step(phase, t / YEAR, temperature, c.density(), x);
                    return true;
                },
                phase);
    }

    private void steady(Conditions c, Watcher watcher) throws Stalled {
        follow(c, c.temperature());
        double[] last = y.clone();
        boolean[] found = {false};
        integrate(
                0,
                LONGEST_YEARS * YEAR,
                (t, h, x) -> {
                    watcher.step("steady", t / YEAR, c.temperature(), c.density(), x);
                    double most = 0;
                    for (int i = 0; i < system.species.size(); i++) {
                        double scale = Math.max(Math.abs(x[i]), STEADY_FLOOR);
                        most = Math.max(most, Math.abs(x[i] - last[i]) / scale);
                        last[i] = x[i];
                    }
                    // A step of at least a third of the time so far that changes nothing.
                    found[0] = h > t / 3 && t > YEAR && most < STEADY_CHANGE;
                    return !found[0];
                },
                "steady");
        if (!found[0]) {
            throw new Stalled(
                    "the abundances still change after " + LONGEST_YEARS
                            + " yr; there may be no steady state: ask for a time instead (static)",
                    ChemistryResult.Status.UNSETTLED);
        }
    }

    /** Integrates; where it stalls, tries the piece again with tolerances ten times tighter and looser. */
    private void integrate(double from, double to, Rosenbrock.Observer observer, String phase) throws Stalled {
        System.arraycopy(y, 0, saved, 0, y.length);
        double[] factors = {1, 0.1, 10};
        Rosenbrock.Status status = Rosenbrock.Status.DONE;
        for (double factor : factors) {
            long left = Math.max(1, budget - solver.steps());
            status = solver.integrate(
                    from,
                    to,
                    y,
                    new Rosenbrock.Options(
                            settings.rtol() * factor,
                            settings.atol() * factor,
                            (int) Math.min(Integer.MAX_VALUE, left),
                            false),
                    observer);
            if (status == Rosenbrock.Status.DONE || status == Rosenbrock.Status.STOPPED) {
                return;
            }
            fallbacks++;
            solver.reset();
            System.arraycopy(saved, 0, y, 0, y.length);
        }
        throw new Stalled(
                "the integration of the phase '" + phase + "' ended after " + solver.time() / YEAR + " yr: "
                        + status.name().toLowerCase(Locale.ROOT),
                ChemistryResult.Status.FAILED);
    }

    private Map<String, Double> totals() {
        Map<String, Double> totals = new TreeMap<>();
        for (int i = 0; i < system.species.size(); i++) {
            Species s = system.species.get(i);
            double x = y[i];
            s.atoms().forEach((element, k) -> totals.merge(element, k * x, Double::sum));
            totals.merge("charge", s.charge() * x, Double::sum);
        }
        return totals;
    }

    private Map<String, Double> drift(Map<String, Double> first) {
        Map<String, Double> drift = new LinkedHashMap<>();
        totals().forEach((element, total) -> {
            double before = first.get(element);
            if (element.equals("charge")) {
                drift.put(element, total - before);
            } else if (before > 0) {
                drift.put(element, total / before - 1);
            }
        });
        return drift;
    }
}
