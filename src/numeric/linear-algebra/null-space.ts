import { EigenvalueDecomposition, Matrix } from "ml-matrix";

/** Eigenvalues below this share of the largest count as zero. */
const ZERO_SHARE = 1e-13;

/** A positive-semidefinite matrix, taken apart into what it sends to zero and the rest. */
export interface NullSpace {
  /** The part of a vector that the matrix sends to zero; the zero vector when the matrix is regular. */
  project(vector: Float64Array): Float64Array;
  /** The shortest x of which A x is the part of the right side that A can reach. */
  solve(rightSide: Float64Array): Float64Array;
}

/** Decomposes a positive-semidefinite matrix (flat, row-major, upper triangle read). */
export function nullSpaceOf(matrix: Float64Array, size: number): NullSpace {
  const symmetric = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      symmetric.set(i, j, matrix[i * size + j]!);
      symmetric.set(j, i, matrix[i * size + j]!);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const limit = ZERO_SHARE * realEigenvalues.reduce((largest, value) => Math.max(largest, value), 0);

  const weigh = (vector: Float64Array, weightOf: (eigenvalue: number) => number): Float64Array => {
    const weighed = new Float64Array(size);
    for (let k = 0; k < size; k++) {
      const weight = weightOf(realEigenvalues[k]!);
      if (weight === 0) continue;
      let component = 0;
      for (let i = 0; i < size; i++) component += vector[i]! * eigenvectorMatrix.get(i, k);
      for (let i = 0; i < size; i++) weighed[i] = weighed[i]! + weight * component * eigenvectorMatrix.get(i, k);
    }
    return weighed;
  };
  return {
    project: (vector) => weigh(vector, (eigenvalue) => (eigenvalue > limit ? 0 : 1)),
    solve: (rightSide) => weigh(rightSide, (eigenvalue) => (eigenvalue > limit ? 1 / eigenvalue : 0)),
  };
}
