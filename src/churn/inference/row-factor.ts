import { factorPositiveDefinite } from "../../numeric/linear-algebra/positive-definite";
import { blockRows, fillStandardizedRow } from "../../numeric/linear-algebra/standardized-columns";
import { addRowsToFactor } from "../../numeric/linear-algebra/triangular-factor";
import type { Steps } from "../../steps/steps";
import { logitOf, type FitRows } from "../logistic-regression/likelihood";
import { addBlockHessian, BLOCK_ROWS, fillBlockDerivatives, fillBlockLogits } from "../logistic-regression/passes";

/** The share of its digits that a Cholesky factor of products must keep; with less, it is computed from the rows. */
const SAFE_RECIPROCAL_CONDITION = 1e-5;

/** R of a positive-definite matrix RᵀR, of which the upper triangle is read; undefined where it would keep less than ten digits. */
export function choleskyFactor(matrix: Float64Array, size: number): Float64Array | undefined {
  const found = factorPositiveDefinite(matrix, size);
  if (found === undefined || found.reciprocalCondition < SAFE_RECIPROCAL_CONDITION) return undefined;
  const lower = found.cholesky.lowerTriangularMatrix;
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++) for (let j = i; j < size; j++) factor[i * size + j] = lower.get(j, i) / found.scales[j]!;
  return factor;
}

/** The mean of rᵢ² (1, zᵢ)(1, zᵢ)ᵀ / fᵢ, where rᵢ = wᵢ (pᵢ − yᵢ): upper triangle. */
export function* scoreSquaresSteps({ data, labels, weights }: FitRows, point: Float64Array, frequencies: Float64Array | undefined): Steps<Float64Array> {
  const { rowCount } = data;
  const width = data.columns.length;
  const size = width + 1;
  const block = new Float64Array(BLOCK_ROWS * width);
  const logits = new Float64Array(BLOCK_ROWS);
  const squares = new Float64Array(BLOCK_ROWS);
  const sum = new Float64Array(size * size);
  const slice = new Float64Array(size * size);
  const rowsPerSlice = blockRows((size * size) / 4 + 4 * size + 40);
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rowCount);
    slice.fill(0);
    for (let first = start; first < end; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, end - first);
      for (let i = 0; i < count; i++) fillStandardizedRow(data, first + i, block, i * width);
      fillBlockLogits(block, 0, count, width, point, logits);
      fillBlockDerivatives(logits, labels, weights, first, count, squares, undefined);
      for (let i = 0; i < count; i++) squares[i] = (squares[i]! * squares[i]!) / (frequencies === undefined ? 1 : frequencies[first + i]!);
      addBlockHessian(block, 0, count, width, squares, slice);
    }
    for (let k = 0; k < sum.length; k++) sum[k] = sum[k]! + slice[k]! / rowCount;
    yield { phase: "scores", done: end, total: rowCount };
  }
  return sum;
}

/** Rows that are taken into the factor at a time. */
const ROWS_AT_A_TIME = 32;

/**
 * R of the rows cᵢ (1, zᵢ) / √n, by reflections, which lose half as many digits as products do: with cᵢ² = wᵢ pᵢ (1 − pᵢ) that of the information,
 * with cᵢ² = rᵢ² / fᵢ that of {@link scoreSquaresSteps}.
 */
export function* rowFactorSteps({ data, labels, weights }: FitRows, point: Float64Array, by: "curvature" | "score", frequencies: Float64Array | undefined): Steps<Float64Array> {
  const size = point.length;
  const factor = new Float64Array(size * size);
  const block = new Float64Array(ROWS_AT_A_TIME * size);
  const rowCount = labels.length;
  const rowsPerSlice = ROWS_AT_A_TIME * Math.max(1, Math.floor(blockRows(3 * size * size) / ROWS_AT_A_TIME));
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rowCount);
    for (let first = start; first < end; first += ROWS_AT_A_TIME) {
      const count = Math.min(ROWS_AT_A_TIME, end - first);
      for (let i = 0; i < count; i++) {
        const row = first + i;
        const offset = i * size;
        block[offset] = 1;
        fillStandardizedRow(data, row, block, offset + 1);
        const logit = logitOf(point, block, offset);
        const odds = Math.exp(-Math.abs(logit));
        const weight = weights === undefined ? 1 : weights[row]!;
        const isRight = logit >= 0 === (labels[row] === 1);
        const residual = (weight * (isRight ? odds : 1)) / (1 + odds);
        const square = by === "curvature" ? (weight * odds) / (1 + odds) / (1 + odds) : (residual * residual) / (frequencies === undefined ? 1 : frequencies[row]!);
        const scale = Math.sqrt(square / rowCount);
        for (let j = 0; j < size; j++) block[offset + j] = block[offset + j]! * scale;
      }
      addRowsToFactor(factor, size, block, count);
    }
    yield { phase: by === "curvature" ? "information" : "scores", done: end, total: rowCount };
  }
  return factor;
}
