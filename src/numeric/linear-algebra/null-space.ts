import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Eigenvalues below this share of the largest count as zero. */
const ZERO_SHARE = 1e-13;

/**
 * The part of `vector` in the null space of a positive-semidefinite matrix (flat, row-major, upper triangle read);
 * the zero vector when the matrix is regular.
 */
export function projectOntoNullSpace(matrix: Float64Array, size: number, vector: Float64Array): Float64Array {
  const symmetric = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      symmetric.set(i, j, matrix[i * size + j]!);
      symmetric.set(j, i, matrix[i * size + j]!);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const limit = ZERO_SHARE * realEigenvalues.reduce((largest, value) => Math.max(largest, value), 0);
  const projected = new Float64Array(size);
  for (let k = 0; k < size; k++) {
    if (realEigenvalues[k]! > limit) continue;
    let component = 0;
    for (let i = 0; i < size; i++) component += vector[i]! * eigenvectorMatrix.get(i, k);
    for (let i = 0; i < size; i++) projected[i] = projected[i]! + component * eigenvectorMatrix.get(i, k);
  }
  return projected;
}
