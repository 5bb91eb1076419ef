import { CholeskyDecomposition, Matrix } from "ml-matrix";

/**
 * A symmetric positive-definite matrix in factored form: A = D⁻¹ L Lᵀ D⁻¹ with D = diag(scales).
 * Scaling the diagonal to 1 first makes the factor indifferent to the units of the rows.
 */
export interface PositiveDefiniteFactor {
  readonly size: number;
  readonly scales: Float64Array;
  readonly cholesky: CholeskyDecomposition;
  /** Estimate of 1 / (‖S‖₁ ‖S⁻¹‖₁) for the scaled matrix S: the share of the digits that a solve leaves. */
  readonly reciprocalCondition: number;
}

/** Below this reciprocal condition a solution has no correct digit left (8 units in the last place of 1). */
const SMALLEST_RECIPROCAL_CONDITION = 1.8e-15;

/**
 * Factors a flat row-major `size` × `size` matrix, of which the upper triangle is read.
 * Undefined when it is not positive definite, or so near to singular that a solution would be noise.
 */
export function factorPositiveDefinite(matrix: Float64Array, size: number): PositiveDefiniteFactor | undefined {
  const scales = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    const diagonal = matrix[j * size + j]!;
    if (!(diagonal > 0) || diagonal === Infinity) return undefined;
    scales[j] = 1 / Math.sqrt(diagonal);
  }
  const scaled = scaledSymmetric(matrix, size, scales);
  const norm = rowSumNorm(scaled);
  // ml-matrix would call a matrix with NaN asymmetric, and throw.
  if (!Number.isFinite(norm)) return undefined;
  const cholesky = new CholeskyDecomposition(scaled);
  if (!cholesky.isPositiveDefinite()) return undefined;
  const reciprocalCondition = 1 / (norm * estimateInverseNorm(cholesky, size));
  if (!(reciprocalCondition >= SMALLEST_RECIPROCAL_CONDITION)) return undefined;
  return { size, scales, cholesky, reciprocalCondition };
}

/** The solution x of A x = b. */
export function solveWithFactor(factor: PositiveDefiniteFactor, rightSide: Float64Array): Float64Array {
  const { size, scales, cholesky } = factor;
  const scaled = new Float64Array(size);
  for (let i = 0; i < size; i++) scaled[i] = rightSide[i]! * scales[i]!;
  const solution = solveVector(cholesky, scaled);
  for (let i = 0; i < size; i++) solution[i] = solution[i]! * scales[i]!;
  return solution;
}

/** The solution x of A x = b for a symmetric positive-definite A; undefined when A is not, or is too near to singular. */
export function solvePositiveDefinite(matrix: Float64Array, size: number, rightSide: Float64Array): Float64Array | undefined {
  const factor = factorPositiveDefinite(matrix, size);
  return factor === undefined ? undefined : solveWithFactor(factor, rightSide);
}

/** A⁻¹, exactly symmetric, for a symmetric positive-definite A; undefined when A is not, or is too near to singular. */
export function invertPositiveDefinite(matrix: Float64Array, size: number): Float64Array | undefined {
  const factor = factorPositiveDefinite(matrix, size);
  if (factor === undefined) return undefined;
  const { scales } = factor;
  const inverse = factor.cholesky.solve(Matrix.eye(size, size));
  const out = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    for (let j = i; j < size; j++) {
      const entry = ((inverse.get(i, j) + inverse.get(j, i)) / 2) * scales[i]! * scales[j]!;
      out[i * size + j] = entry;
      out[j * size + i] = entry;
    }
  }
  return out;
}

/** Mirrors the upper triangle into the lower one, in place. */
export function mirrorUpperTriangle(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = i + 1; j < size; j++) matrix[j * size + i] = matrix[i * size + j]!;
  }
}

/** ml-matrix refuses a matrix that is asymmetric by one bit, so both halves are written from one product. */
function scaledSymmetric(matrix: Float64Array, size: number, scales: Float64Array): Matrix {
  const scaled = new Matrix(size, size);
  for (let i = 0; i < size; i++) {
    scaled.set(i, i, 1);
    for (let j = i + 1; j < size; j++) {
      const entry = matrix[i * size + j]! * scales[i]! * scales[j]!;
      scaled.set(i, j, entry);
      scaled.set(j, i, entry);
    }
  }
  return scaled;
}

/** Largest sum of absolute values in a row (or, by symmetry, a column); NaN when an entry is. */
function rowSumNorm(matrix: Matrix): number {
  let norm = 0;
  for (let i = 0; i < matrix.rows; i++) {
    let sum = 0;
    for (let j = 0; j < matrix.columns; j++) sum += Math.abs(matrix.get(i, j));
    norm = Math.max(norm, sum);
  }
  return norm;
}

function solveVector(cholesky: CholeskyDecomposition, rightSide: Float64Array): Float64Array {
  return Float64Array.from(cholesky.solve(Matrix.columnVector(rightSide)).to1DArray());
}

/** ‖S⁻¹‖₁ from a few solves (Hager 1984; Higham 1988, algorithm 4.1): a lower bound that is nearly always within a factor 3. */
function estimateInverseNorm(cholesky: CholeskyDecomposition, size: number): number {
  let x = new Float64Array(size).fill(1 / size);
  let estimate = 0;
  for (let round = 0; round < 5; round++) {
    const y = solveVector(cholesky, x);
    const norm = y.reduce((sum, value) => sum + Math.abs(value), 0);
    if (!(norm > estimate)) break;
    estimate = norm;
    const z = solveVector(cholesky, y.map((value) => (value < 0 ? -1 : 1)));
    let largest = 0;
    let product = 0;
    for (let i = 0; i < size; i++) {
      product += z[i]! * x[i]!;
      if (Math.abs(z[i]!) > Math.abs(z[largest]!)) largest = i;
    }
    if (Math.abs(z[largest]!) <= product) break;
    x = new Float64Array(size);
    x[largest] = 1;
  }
  // Higham's second vector catches the matrices on which the first search is fooled.
  const alternating = new Float64Array(size);
  for (let i = 0; i < size; i++) alternating[i] = (i % 2 === 0 ? 1 : -1) * (1 + (size === 1 ? 0 : i / (size - 1)));
  const norm = solveVector(cholesky, alternating).reduce((sum, value) => sum + Math.abs(value), 0);
  return Math.max(estimate, (2 * norm) / (3 * size));
}
