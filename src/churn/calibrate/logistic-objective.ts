import type { NewtonObjective } from "../../numeric/optimize/newton";
import type { Progress } from "../../steps/steps";

/** Blocks of rows between two yields: about two milliseconds. */
const BLOCKS_PER_SLICE = 80;
/** Rows that are added up by themselves, so that rounding grows with the root of the rows' number at most. */
const ROWS_PER_BLOCK = 512;

/**
 * The mean cross-entropy of `targets` (from 0 to 1) and 1 / (1 + exp(−η)), η = slope · x or, with an intercept, slope · x + intercept.
 * The point is [slope] or [slope, intercept].
 */
export function logisticObjective(x: Float64Array, targets: Float64Array, withIntercept: boolean): NewtonObjective<Progress> {
  const size = withIntercept ? 2 : 1;
  const rowCount = x.length;
  const sums = new Float64Array(6);

  function* pass(point: Float64Array): Generator<Progress, void, void> {
    sums.fill(0);
    const slice = ROWS_PER_BLOCK * BLOCKS_PER_SLICE;
    for (let start = 0; start < rowCount; start += ROWS_PER_BLOCK) {
      const end = Math.min(rowCount, start + ROWS_PER_BLOCK);
      addRows(x, targets, start, end, point[0]!, withIntercept ? point[1]! : 0, sums);
      if (end % slice === 0 && end < rowCount) yield { phase: "calibration", done: end, total: rowCount };
    }
    for (let i = 0; i < sums.length; i++) sums[i]! /= rowCount;
  }

  return {
    size,
    *value(point) {
      yield* pass(point);
      return sums[0]!;
    },
    *derivatives(point, gradient, hessian) {
      yield* pass(point);
      gradient[0] = sums[1]!;
      hessian[0] = sums[3]!;
      if (withIntercept) {
        gradient[1] = sums[2]!;
        hessian[1] = sums[4]!;
        hessian[3] = sums[5]!;
      }
      return sums[0]!;
    },
    roundingAt: () => Number.EPSILON * (ROWS_PER_BLOCK + rowCount / ROWS_PER_BLOCK) * Math.abs(sums[0]!),
  };
}

/** Adds value, gradient (slope, intercept) and Hessian (slope², slope · intercept, intercept²) of some rows. */
function addRows(x: Float64Array, targets: Float64Array, start: number, end: number, slope: number, intercept: number, sums: Float64Array): void {
  let value = 0;
  let g0 = 0;
  let g1 = 0;
  let h00 = 0;
  let h01 = 0;
  let h11 = 0;
  for (let i = start; i < end; i++) {
    const xi = x[i]!;
    const target = targets[i]!;
    const logOdds = intercept + slope * xi;
    const odds = Math.exp(-Math.abs(logOdds));
    const probability = logOdds >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
    value += Math.log1p(odds) + (logOdds >= 0 ? (1 - target) * logOdds : -target * logOdds);
    const residual = probability - target;
    const weight = odds / (1 + odds) ** 2;
    g0 += residual * xi;
    g1 += residual;
    h00 += weight * xi * xi;
    h01 += weight * xi;
    h11 += weight;
  }
  sums[0]! += value;
  sums[1]! += g0;
  sums[2]! += g1;
  sums[3]! += h00;
  sums[4]! += h01;
  sums[5]! += h11;
}
