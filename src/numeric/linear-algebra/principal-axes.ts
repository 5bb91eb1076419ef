import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import { addOuterProducts, ROWS_AT_A_TIME } from "./outer-products";
import { mirrorUpperTriangle } from "./positive-definite";

/** Orthogonal axes along which the columns of a matrix do not correlate. */
export interface PrincipalAxes {
  /** Number of columns, and of axes. */
  readonly size: number;
  /** The axes, one row of `size` numbers of length 1 for each, by descending variance. */
  readonly axes: Float64Array;
  /** Variance along each axis (with 1/n), never below 0. */
  readonly variances: Float64Array;
}

/**
 * The eigenvectors of the covariance of a row-major matrix about `means`, in rows × columns² / 2 operations and one decomposition.
 *
 * An axis has no direction of its own: its component of largest size (the first of equal ones) is positive here.
 */
export function principalAxesOf(values: Float64Array, rowCount: number, size: number, means: Float64Array): PrincipalAxes {
  const covariance = covarianceOf(values, rowCount, size, means);
  const symmetric = new Matrix(size, size);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) symmetric.set(i, j, covariance[i * size + j]!);
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(symmetric, { assumeSymmetric: true });
  const order = realEigenvalues.map((_, i) => i).sort((a, b) => realEigenvalues[b]! - realEigenvalues[a]!);
  const axes = new Float64Array(size * size);
  order.forEach((from, axis) => {
    let largest = 0;
    for (let j = 1; j < size; j++) if (Math.abs(eigenvectorMatrix.get(j, from)) > Math.abs(eigenvectorMatrix.get(largest, from))) largest = j;
    const sign = eigenvectorMatrix.get(largest, from) < 0 ? -1 : 1;
    for (let j = 0; j < size; j++) axes[axis * size + j] = sign * eigenvectorMatrix.get(j, from);
  });
  return { size, axes, variances: Float64Array.from(order, (from) => Math.max(0, realEigenvalues[from]!)) };
}

function covarianceOf(values: Float64Array, rowCount: number, size: number, means: Float64Array): Float64Array {
  const sum = new Float64Array(size * size);
  const block = new Float64Array(ROWS_AT_A_TIME * size);
  const weights = new Float64Array(ROWS_AT_A_TIME);
  for (let row = 0; row < rowCount; row += ROWS_AT_A_TIME) {
    for (let r = 0; r < ROWS_AT_A_TIME; r++) {
      const isRow = row + r < rowCount;
      weights[r] = isRow ? 1 / rowCount : 0;
      for (let j = 0; j < size; j++) block[r * size + j] = isRow ? values[(row + r) * size + j]! - means[j]! : 0;
    }
    addOuterProducts(sum, size, block, weights);
  }
  mirrorUpperTriangle(sum, size);
  return sum;
}
