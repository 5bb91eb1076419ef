import { factorPositiveDefinite, invertPositiveDefinite, mirrorUpperTriangle, solveWithFactor } from "../../numeric/linear-algebra/positive-definite";
import { blockRows, fillStandardizedRow } from "../../numeric/linear-algebra/standardized-columns";
import { unitOf } from "../../numeric/optimize/newton";
import type { Steps } from "../../steps/steps";
import { nullPoint, type Estimate, type Limits } from "./estimate";
import { logitOf, meanLossSteps, type FitRows } from "./likelihood";

/** Firth's penalised likelihood at a point, per row. */
interface FirthPoint {
  readonly point: Float64Array;
  /** Mean loss without the penalty. */
  readonly loss: number;
  /** loss − log |I| / (2 n), up to a constant. */
  readonly value: number;
  /** Of `value`. */
  readonly gradient: Float64Array;
  /** Fisher's information I / n, symmetric: what the penalty is made of, and what standard errors come from. */
  readonly information: Float64Array;
}

const SUFFICIENT_DECREASE = 1e-4;
const SHORTEST_STEP = 2 ** -40;
/** No logit of a typical row may move farther in one step. */
const LONGEST_STEP = 5;

/**
 * Firth's estimate: the maximum of log-likelihood + ½ log |I| (Firth 1993; Heinze and Schemper 2002), which exists for every data
 * of full rank, separated or not.
 *
 * Each step solves with the Hessian of the likelihood in which row i counts 1 + hᵢ times (the pseudo-data that the penalty stands for),
 * and is halved until it descends.
 *
 * @param sizes - as `logisticObjective` takes them
 * @param weightSum - Σ of the weights, where they are numbers of equal rows; the number of rows otherwise
 */
export function* firthSteps(rows: FitRows, sizes: Float64Array, weightSum: number, { tolerance, maxIterations }: Limits): Steps<Estimate> {
  let here = yield* firthPointSteps(rows, weightSum, nullPoint(rows), "evaluation 1");
  let previousDecrement = Infinity;
  for (let iterations = 0; ; iterations++) {
    const { point, gradient, loss, information } = here.at;
    const gradientNorm = gradient.reduce((largest, component, j) => Math.max(largest, Math.abs(component) / unitOf(j, point.length, information, sizes)), 0);
    const end = (isConverged: boolean): Estimate => ({ isConverged, point, value: loss, gradient, gradientNorm, hessian: information, iterations, separation: undefined });
    const factor = factorPositiveDefinite(here.steepness, point.length);
    if (factor === undefined) return end(false);
    const step = solveWithFactor(
      factor,
      gradient.map((component) => -component),
    );
    const decrement = -gradient.reduce((sum, component, j) => sum + component * step[j]!, 0);
    if (gradientNorm <= tolerance && decrement <= tolerance * tolerance) return end(true);
    if (!(decrement > 0)) return end(false);
    const rounding = 4 * Number.EPSILON * point.reduce((sum, component) => sum + Math.abs(component), 1);
    const isRounding = decrement <= rounding;
    if (isRounding && decrement >= previousDecrement) return end(gradientNorm <= tolerance);
    if (iterations === maxIterations) return end(false);

    let length = Math.min(1, LONGEST_STEP / Math.sqrt(step.reduce((sum, component) => sum + component * component, 0)));
    let next: Evaluation | undefined;
    for (;;) {
      next = yield* firthPointSteps(
        rows,
        weightSum,
        point.map((component, j) => component + length * step[j]!),
        `evaluation ${iterations + 2}`,
      );
      if (isRounding || next.at.value <= here.at.value - SUFFICIENT_DECREASE * length * decrement + rounding) break;
      length /= 2;
      if (length < SHORTEST_STEP) return end(false);
    }
    here = next;
    previousDecrement = decrement;
  }
}

interface Evaluation {
  readonly at: FirthPoint;
  /** Information of the rows and their pseudo-data: upper triangle. */
  readonly steepness: Float64Array;
}

/** The penalised likelihood and its gradient: one pass for the information, one for the leverages hᵢ. */
export function* firthPointSteps(rows: FitRows, weightSum: number, point: Float64Array, phase: string): Steps<Evaluation> {
  const size = point.length;
  const gradient = new Float64Array(size);
  const information = new Float64Array(size * size);
  const loss = yield* meanLossSteps(rows, point, phase, gradient, information);
  mirrorUpperTriangle(information, size);
  const steepness = information.slice();
  const factor = factorPositiveDefinite(information, size);
  const inverse = invertPositiveDefinite(information, size);
  if (factor === undefined || inverse === undefined) return { at: { point, loss, value: Infinity, gradient, information }, steepness };
  yield* addLeverageSteps(rows, weightSum, point, inverse, gradient, steepness, phase);
  let logDeterminant = 0;
  for (let j = 0; j < size; j++) logDeterminant += Math.log(factor.cholesky.lowerTriangularMatrix.get(j, j)) - Math.log(factor.scales[j]!);
  return { at: { point, loss, value: loss - logDeterminant / weightSum, gradient, information }, steepness };
}

/** Subtracts the mean of hᵢ (½ − pᵢ) zᵢ from the gradient, and adds the mean of hᵢ pᵢ (1 − pᵢ) zᵢ zᵢᵀ to `steepness`; hᵢ is the leverage of one copy of row i. */
function* addLeverageSteps(
  { data, labels, weights }: FitRows,
  weightSum: number,
  point: Float64Array,
  inverse: Float64Array,
  gradient: Float64Array,
  steepness: Float64Array,
  phase: string,
): Steps<void> {
  const size = point.length;
  const row = new Float64Array(size);
  row[0] = 1;
  const rowCount = labels.length;
  const rowsPerSlice = blockRows(size * size + 6 * size + 40);
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rowCount);
    for (let i = start; i < end; i++) {
      fillStandardizedRow(data, i, row, 1);
      const logit = logitOf(point, row, 0);
      const odds = Math.exp(-Math.abs(logit));
      const curvature = odds / (1 + odds) / (1 + odds);
      let form = 0;
      for (let k = 0; k < size; k++) {
        let sum = (inverse[k * size + k]! * row[k]!) / 2;
        for (let j = k + 1; j < size; j++) sum += inverse[k * size + j]! * row[j]!;
        form += 2 * row[k]! * sum;
      }
      const leverage = (curvature * form) / weightSum;
      const weight = weights === undefined ? 1 : weights[i]!;
      // ½ − p = −tanh(logit / 2) / 2, without cancellation.
      const pull = (weight * leverage * (-Math.sign(logit) * (1 - odds))) / (1 + odds) / 2 / rowCount;
      const steep = (weight * leverage * curvature) / rowCount;
      for (let k = 0; k < size; k++) {
        gradient[k] = gradient[k]! - pull * row[k]!;
        for (let j = k; j < size; j++) steepness[k * size + j] = steepness[k * size + j]! + steep * row[k]! * row[j]!;
      }
    }
    yield { phase, done: end, total: rowCount };
  }
}
