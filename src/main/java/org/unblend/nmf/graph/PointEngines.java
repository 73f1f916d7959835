package org.unblend.nmf.graph;

import java.util.List;
import org.unblend.infer.Engine;
import org.unblend.infer.Fit;
import org.unblend.infer.Match;
import org.unblend.nmf.Anls;
import org.unblend.nmf.Hals;
import org.unblend.nmf.Multiplicative;
import org.unblend.nmf.NegativeData;
import org.unblend.nmf.ScoringDescent;
import org.unblend.nmf.WeightedDescent;

/** The engines of point factorisation, one per solver, in order of preference among equals. */
public final class PointEngines {
    private static final String EXTRAPOLATION =
            "Ang & Gillis 2019, Neural Computation 31, 417 (extrapolated alternating updates)";

    /** All of them. */
    public static final List<Engine> ALL = List.of(
            new PointEngine(
                    Method.of(new Hals()),
                    p -> p.oneFactorGiven()
                            ? new Match(Fit.PREFERRED, "Normal noise of one size: coordinate descent on Gram products")
                            : new Match(
                                    Fit.IDEAL,
                                    "Normal noise of one size and nothing missing: several sweeps per product with the"
                                            + " data"),
                    "Gillis & Glineur 2012, Neural Computation 24, 1085 (accelerated HALS)",
                    EXTRAPOLATION),
            new PointEngine(
                    Method.of(new WeightedDescent()),
                    p -> p.problem().weights().isPresent()
                            ? new Match(
                                    Fit.IDEAL, "Normal noise with weights or missing entries: exact weighted descent")
                            : new Match(Fit.COMPATIBLE, "it is made for weights, and there are none"),
                    EXTRAPOLATION),
            new PointEngine(
                    Method.of(new ScoringDescent()),
                    p -> new Match(Fit.IDEAL, "Poisson or Gamma noise: coordinate descent on scored quadratics"),
                    "Hsieh & Dhillon 2011, KDD, 1064 (coordinate descent for Kullback-Leibler)",
                    EXTRAPOLATION),
            new PointEngine(
                    Method.of(new Anls()),
                    p -> p.oneFactorGiven()
                            ? new Match(Fit.IDEAL, "one factor is given: exact non-negative least squares")
                            : new Match(Fit.COMPATIBLE, "exact half-steps cost more than sweeps"),
                    "Kim & Park 2011, SIAM J. Sci. Comput. 33, 3261 (block principal pivoting)"),
            new PointEngine(
                    Method.of(new Multiplicative()),
                    p -> new Match(Fit.COMPATIBLE, "multiplicative updates are slow and never leave a zero"),
                    "Fevotte & Idier 2011, Neural Computation 23, 2421 (multiplicative updates)"),
            new PointEngine(
                    Method.of(NegativeData.nearly()),
                    p -> published("Nearly-NMF"),
                    "Green & Bailey 2024, arXiv:2311.04855 (Nearly-NMF)"),
            new PointEngine(
                    Method.of(NegativeData.shift()),
                    p -> published("Shift-NMF"),
                    "Green & Bailey 2024, arXiv:2311.04855 (Shift-NMF)"),
            new PointEngine(
                    Method.scikit(),
                    p -> new Match(
                            Fit.ON_REQUEST,
                            "scikit-learn's descent with its stopping rule, which can stop well above the minimum"),
                    "Pedregosa et al. 2011, JMLR 12, 2825 (scikit-learn)",
                    "Cichocki & Phan 2009, IEICE Trans. E92-A, 708 (coordinate descent)"));

    private PointEngines() {}

    private static Match published(String name) {
        return new Match(Fit.ON_REQUEST, name + " as published: its limit need not be the mode");
    }
}
