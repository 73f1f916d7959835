package org.unblend.math;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * A symmetric matrix as {@code A = Σ_k λ_k v_k v_k^T}.
 *
 * @param values λ, {@code [n]}, in no particular order
 * @param vectors {@code [n x n]}, row k is v_k, of length one
 */
public record SymmetricEigen(double[] values, double[] vectors) {

    /**
     * The decomposition of a matrix.
     *
     * @param a {@code [n x n]}, symmetric, finite, not modified
     * @throws IllegalArgumentException if the iteration does not converge
     */
    public static SymmetricEigen of(double[] a, int n) {
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, true, true);
        if (!eigen.decompose(new DMatrixRMaj(n, n, true, a.clone()))) {
            throw new IllegalArgumentException("no eigenvalues of a matrix of order " + n);
        }
        double[] values = new double[n];
        double[] vectors = new double[n * n];
        for (int k = 0; k < n; k++) {
            values[k] = eigen.getEigenvalue(k).getReal();
            System.arraycopy(eigen.getEigenVector(k).getData(), 0, vectors, k * n, n);
        }
        return new SymmetricEigen(values, vectors);
    }
}
