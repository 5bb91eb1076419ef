import { conditionNumberOf } from "../../numeric/linear-algebra/triangular-factor";
import type { Steps } from "../../steps/steps";
import type { FitRows } from "../logistic-regression/likelihood";
import { choleskyFactor, rowFactorSteps } from "./row-factor";

/** Fisher's information per row, as RᵀR. */
export interface InformationFactor {
  /** R: upper triangular, flat. */
  readonly factor: Float64Array;
  /** Largest ÷ smallest singular value of R with columns of length one. */
  readonly conditionNumber: number;
}

/** Beyond this condition number a factor computed from the rows has three digits left. */
const LARGEST_CONDITION = 1e13;

/**
 * R of the information at `point`: by Cholesky's decomposition of the Hessian where that keeps ten digits, else by a QR decomposition of the
 * rows √(wᵢ pᵢ (1 − pᵢ)) (1, zᵢ), which loses half as many. Undefined where that, too, keeps none.
 *
 * @param hessian - of the mean loss at `point`; the upper triangle is read
 */
export function* informationFactorSteps(rows: FitRows, point: Float64Array, hessian: Float64Array): Steps<InformationFactor | undefined> {
  const size = point.length;
  const factor = choleskyFactor(hessian, size) ?? (yield* rowFactorSteps(rows, point, "curvature", undefined));
  for (let j = 0; j < size; j++) if (!(Math.abs(factor[j * size + j]!) > 0)) return undefined;
  const conditionNumber = conditionNumberOf(withColumnsOfLengthOne(factor, size), size);
  return conditionNumber <= LARGEST_CONDITION ? { factor, conditionNumber } : undefined;
}

/** x of Rᵀ x = b. */
export function solveTransposed(factor: Float64Array, rightSide: Float64Array): Float64Array {
  const size = rightSide.length;
  const x = rightSide.slice();
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < j; i++) x[j] = x[j]! - factor[i * size + j]! * x[i]!;
    x[j] = x[j]! / factor[j * size + j]!;
  }
  return x;
}

/** x of R x = b. */
export function solveUpper(factor: Float64Array, rightSide: Float64Array): Float64Array {
  const size = rightSide.length;
  const x = rightSide.slice();
  for (let i = size - 1; i >= 0; i--) {
    for (let j = i + 1; j < size; j++) x[i] = x[i]! - factor[i * size + j]! * x[j]!;
    x[i] = x[i]! / factor[i * size + i]!;
  }
  return x;
}

/** R x. */
export function multiplyUpper(factor: Float64Array, x: Float64Array): Float64Array {
  const size = x.length;
  return x.map((_, i) => {
    let sum = 0;
    for (let j = i; j < size; j++) sum += factor[i * size + j]! * x[j]!;
    return sum;
  });
}

function withColumnsOfLengthOne(factor: Float64Array, size: number): Float64Array {
  const scaled = factor.slice();
  for (let j = 0; j < size; j++) {
    let square = 0;
    for (let i = 0; i <= j; i++) square += factor[i * size + j]! * factor[i * size + j]!;
    for (let i = 0; i <= j; i++) scaled[i * size + j] = factor[i * size + j]! / Math.sqrt(square);
  }
  return scaled;
}
