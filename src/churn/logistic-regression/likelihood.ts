import { blockRows, fillStandardizedRows, type StandardizedColumns } from "../../numeric/linear-algebra/standardized-columns";
import type { GradientObjective } from "../../numeric/optimize/quasi-newton";
import type { NewtonObjective } from "../../numeric/optimize/newton";
import type { Progress, Steps } from "../../steps/steps";
import { addBlockGradient, addBlockHessian, BLOCK_ROWS, fillBlockDerivatives, fillBlockLogits } from "./passes";

/** The rows of a fit. */
export interface FitRows {
  readonly data: StandardizedColumns;
  readonly labels: Uint8Array;
  /** Above 0, with mean 1; undefined where every row counts once. */
  readonly weights: Float64Array | undefined;
}

/** The smooth part of what a fit minimises, with and without second derivatives. */
export interface LogisticObjective extends NewtonObjective<Progress>, GradientObjective<Progress> {}

/**
 * What the fit minimises over θ = (intercept, one coefficient for each standardised column):
 *
 * −(1/n) Σ wᵢ log pᵢ + ½ Σ penaltyⱼ θⱼ²,   pᵢ = 1 / (1 + exp(−mᵢ)),   mᵢ = ±(θ₀ + Σ θⱼ zᵢⱼ) with + where the label is 1.
 *
 * `penalties` has one entry for each column; the intercept is not penalised. `sizes` are the roots of the means of the zᵢⱼ², 1 first.
 */
export function logisticObjective(rows: FitRows, penalties: Float64Array, sizes: Float64Array): LogisticObjective {
  const size = rows.data.columns.length + 1;
  let evaluations = 0;

  return {
    size,
    sizes,

    // The mean of |dℓ/dη| ≤ 1 times the rounding of η = Σ θⱼ zⱼ, where |zⱼ| is about 1 at most on all rows that do not lie far out;
    // on those that do, either θⱼ is small or dℓ/dη vanishes.
    roundingAt(point) {
      return 2 * Number.EPSILON * point.reduce((sum, component) => sum + Math.abs(component), 1);
    },

    *value(point) {
      return (yield* meanLossSteps(rows, point, `evaluation ${++evaluations}`)) + penaltyAt(point, penalties);
    },

    *gradient(point, gradient) {
      const loss = yield* meanLossSteps(rows, point, `evaluation ${++evaluations}`, gradient);
      for (let j = 1; j < size; j++) gradient[j] = gradient[j]! + penalties[j - 1]! * point[j]!;
      return loss + penaltyAt(point, penalties);
    },

    *derivatives(point, gradient, hessian) {
      const loss = yield* meanLossSteps(rows, point, `evaluation ${++evaluations}`, gradient, hessian);
      for (let j = 1; j < size; j++) {
        gradient[j] = gradient[j]! + penalties[j - 1]! * point[j]!;
        hessian[j * size + j] = hessian[j * size + j]! + penalties[j - 1]!;
      }
      return loss + penaltyAt(point, penalties);
    },
  };
}

/** One pass over all rows: the mean loss, and its derivatives by θ where there is room for them (of the Hessian, the upper triangle). */
export function* meanLossSteps(rows: FitRows, point: Float64Array, phase: string, gradient?: Float64Array, hessian?: Float64Array): Steps<number> {
  const { data, labels, weights } = rows;
  const { rowCount, stride, values } = data;
  const width = data.columns.length;
  const size = width + 1;
  const inPlace = isReadInPlace(data);
  const block = inPlace ? values : new Float64Array(BLOCK_ROWS * width);
  const coefficients = inPlace ? toSourceCoefficients(data, point) : point;
  const logits = new Float64Array(BLOCK_ROWS);
  const residuals = new Float64Array(BLOCK_ROWS);
  const curvatures = hessian === undefined ? undefined : new Float64Array(BLOCK_ROWS);
  // Sums are formed slice by slice, so that rounding grows with the rows of a slice and not with all rows.
  const sliceGradient = new Float64Array(size);
  const sliceHessian = new Float64Array(hessian === undefined ? 0 : size * size);
  const rowsPerSlice = blockRows((hessian === undefined ? 0 : (size * size) / 4) + 4 * size + 40);
  gradient?.fill(0);
  hessian?.fill(0);
  let loss = 0;
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rowCount);
    let sliceLoss = 0;
    sliceGradient.fill(0);
    sliceHessian.fill(0);
    for (let first = start; first < end; first += BLOCK_ROWS) {
      const count = Math.min(BLOCK_ROWS, end - first);
      const offset = inPlace ? first * stride : 0;
      if (!inPlace) fillStandardizedRows(data, first, count, block);
      fillBlockLogits(block, offset, count, width, coefficients, logits);
      sliceLoss += fillBlockDerivatives(logits, labels, weights, first, count, residuals, curvatures);
      if (gradient !== undefined) addBlockGradient(block, offset, count, width, residuals, sliceGradient);
      if (curvatures !== undefined) addBlockHessian(block, offset, count, width, curvatures, sliceHessian);
    }
    loss += sliceLoss / rowCount;
    if (gradient !== undefined) for (let j = 0; j < size; j++) gradient[j] = gradient[j]! + sliceGradient[j]! / rowCount;
    if (hessian !== undefined) for (let k = 0; k < hessian.length; k++) hessian[k] = hessian[k]! + sliceHessian[k]! / rowCount;
    yield { phase, done: end, total: rowCount };
  }
  if (inPlace && hessian !== undefined) standardizeHessian(data, hessian);
  if (inPlace && gradient !== undefined) standardizeGradient(data, gradient);
  return loss;
}

/** Fewer values than this are always standardised as they are read, which loses nothing. */
const IN_PLACE_VALUES = 200_000;
/** Sums over columns that are not centred lose as many digits as this has: two. */
const FARTHEST_CENTER = 100;

/** Whether the passes may read the rows where they stand: standardising sums instead of values saves about half the time. */
function isReadInPlace({ rowCount, stride, columns, centers, deviations }: StandardizedColumns): boolean {
  if (columns.length !== stride || rowCount * stride < IN_PLACE_VALUES) return false;
  return columns.every((column, j) => column === j && Math.abs(centers[j]!) <= FARTHEST_CENTER * deviations[j]!);
}

function toSourceCoefficients({ centers, scales }: StandardizedColumns, point: Float64Array): Float64Array {
  const coefficients = point.slice();
  for (let j = 0; j < scales.length; j++) {
    coefficients[j + 1] = point[j + 1]! * scales[j]!;
    coefficients[0] = coefficients[0]! - coefficients[j + 1]! * centers[j]!;
  }
  return coefficients;
}

function standardizeGradient({ centers, scales }: StandardizedColumns, gradient: Float64Array): void {
  for (let j = 0; j < scales.length; j++) gradient[j + 1] = (gradient[j + 1]! - centers[j]! * gradient[0]!) * scales[j]!;
}

function standardizeHessian({ centers, scales }: StandardizedColumns, hessian: Float64Array): void {
  const size = scales.length + 1;
  for (let i = 1; i < size; i++) {
    for (let j = i; j < size; j++) {
      const [c, d] = [centers[i - 1]!, centers[j - 1]!];
      hessian[i * size + j] = (hessian[i * size + j]! - c * hessian[j]! - d * hessian[i]! + c * d * hessian[0]!) * scales[i - 1]! * scales[j - 1]!;
    }
  }
  for (let j = 1; j < size; j++) hessian[j] = (hessian[j]! - centers[j - 1]! * hessian[0]!) * scales[j - 1]!;
}

/** ½ Σ penaltyⱼ θⱼ², without the intercept. */
export function penaltyAt(point: Float64Array, penalties: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < penalties.length; j++) sum += penalties[j]! * point[j + 1]! * point[j + 1]!;
  return sum / 2;
}

/** θ · row; the row's first element is 1. */
export function logitOf(point: Float64Array, rows: Float64Array, offset: number): number {
  let logit = 0;
  for (let j = 0; j < point.length; j++) logit += point[j]! * rows[offset + j]!;
  return logit;
}
