package org.unblend.infer;

/**
 * How well a result is wanted.
 *
 * @param dlogz the evidence still in the live points, in ln Z, at which a nested run stops; above 0
 * @param ess effective posterior draws wanted; at least 1
 * @param logZError standard error of ln Z wanted; above 0, infinite if it does not matter
 * @param quantileError standard error wanted of the 5.5 %, 50 % and 94.5 % quantiles of every parameter, in units of its
 *     posterior standard deviation; above 0, infinite if it does not matter
 */
public record Precision(double dlogz, double ess, double logZError, double quantileError) {

    /** dlogz 0.1, 1000 effective draws. */
    public static final Precision STANDARD = new Precision(0.1, 1000);

    public Precision {
        if (!(dlogz > 0) || !Double.isFinite(dlogz)) {
            throw new IllegalArgumentException("dlogz must be above 0, got " + dlogz);
        }
        if (!(ess >= 1) || !Double.isFinite(ess)) {
            throw new IllegalArgumentException("ess must be at least 1, got " + ess);
        }
        if (!(logZError > 0)) {
            throw new IllegalArgumentException("logz_error must be above 0, got " + logZError);
        }
        if (!(quantileError > 0)) {
            throw new IllegalArgumentException("quantile_error must be above 0, got " + quantileError);
        }
    }

    /** Whatever errors of ln Z and of quantiles these lead to. */
    public Precision(double dlogz, double ess) {
        this(dlogz, ess, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    }

    /** The same with this part of ln Z left at the end of a run. */
    public Precision withDlogz(double left) {
        return new Precision(left, ess, logZError, quantileError);
    }

    /** The same with this standard error of ln Z. */
    public Precision withLogZError(double error) {
        return new Precision(dlogz, ess, error, quantileError);
    }
}
