package org.unblend.infer;

/**
 * How well a result is wanted.
 *
 * @param dlogz the evidence still in the live points, in ln Z, at which a nested run stops; above 0
 * @param ess effective posterior draws wanted; at least 1
 */
public record Precision(double dlogz, double ess) {

    /** dlogz 0.1, 1000 effective draws. */
    public static final Precision STANDARD = new Precision(0.1, 1000);

    public Precision {
        if (!(dlogz > 0) || !Double.isFinite(dlogz)) {
            throw new IllegalArgumentException("dlogz must be above 0, got " + dlogz);
        }
        if (!(ess >= 1) || !Double.isFinite(ess)) {
            throw new IllegalArgumentException("ess must be at least 1, got " + ess);
        }
    }
}
