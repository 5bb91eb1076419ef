import { nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { describeFeature } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { columnMomentsSteps, varianceOf, type Moments } from "../../numeric/statistics/moments";
import type { Steps } from "../../steps/steps";
import type { KMeansWarning } from "./spec";

/** Moments of the columns, in slices; refuses NaN and infinities. */
export function* finiteMomentsSteps(caller: string, matrix: FeatureMatrix): Steps<Moments[]> {
  const { values, rowCount, columnCount } = matrix;
  const moments = yield* columnMomentsSteps(values, rowCount, columnCount);
  const isFinite = moments.every(({ missing, min, max }) => missing === 0 && min > -Infinity && max < Infinity);
  const refused = isFinite ? undefined : nonFiniteCell(caller, matrix);
  if (refused !== undefined) throw refused;
  return moments;
}

/** Sums of squared distances stay well inside the doubles below this. */
const LARGEST_SQUARES = 1e300;

/** Refuses values (start centroids among them) that lie so far apart that the (weighted) sum of all squared distances would overflow. */
export function checkSquaresFinite(caller: string, names: readonly string[], moments: readonly Moments[], totalWeight: number, start: Float64Array | undefined): void {
  let squaredDiameter = 0;
  moments.forEach(({ min, max }, j) => {
    let low = min;
    let high = max;
    for (let at = j; at < (start?.length ?? 0); at += names.length) {
      low = Math.min(low, start![at]!);
      high = Math.max(high, start![at]!);
    }
    squaredDiameter += (high - low) * (high - low) * Math.max(1, totalWeight);
    if (squaredDiameter < LARGEST_SQUARES) return;
    const rule = `values whose squared distances add up to less than ${LARGEST_SQUARES} (divide the column by a constant)`;
    const column = describeFeature(names[j]!);
    throw new ClienteleError("nonFinite", `column ${JSON.stringify(column)} must hold ${rule}`, { caller, parameter: "matrix", column, rule });
  });
}

/** Rows between two yields, in values: about two milliseconds. */
const VALUES_PER_SLICE = 1_000_000;

/** The columns' variances (1/n): the scale of the tolerance and of the warnings. Constant columns have exactly 0. */
export function* columnVariancesSteps(values: Float64Array, weights: Float64Array | undefined, moments: readonly Moments[]): Steps<number[]> {
  if (weights === undefined) return moments.map((column) => (column.min === column.max ? 0 : varianceOf(column, 0)));
  const width = moments.length;
  // About a point near the mean, so that the squares keep their digits; what it is off the weighted mean is taken off again.
  const sums = new Float64Array(width);
  const squares = new Float64Array(width);
  let total = 0;
  const blockRows = Math.ceil(VALUES_PER_SLICE / width);
  for (let from = 0; from < weights.length; from += blockRows) {
    const to = Math.min(weights.length, from + blockRows);
    for (let row = from; row < to; row++) {
      const weight = weights[row]!;
      total += weight;
      for (let j = 0; j < width; j++) {
        const deviation = values[row * width + j]! - moments[j]!.mean;
        sums[j]! += weight * deviation;
        squares[j]! += weight * deviation * deviation;
      }
    }
    if (to < weights.length) yield { phase: "column statistics", done: to, total: weights.length };
  }
  return moments.map(({ min, max }, j) => (min === max ? 0 : Math.max(0, squares[j]! / total - (sums[j]! / total) ** 2)));
}

/** Variances further apart than this are pointed out. */
const LARGEST_VARIANCE_RATIO = 100;

/** Points out columns that drown the others; constant columns take no part. */
export function scaleWarnings(names: readonly string[], variances: readonly number[]): KMeansWarning[] {
  const smallest = variances.reduce((least, variance) => (variance > 0 && variance < least ? variance : least), Infinity);
  const columns = names.filter((_, j) => variances[j]! / smallest > LARGEST_VARIANCE_RATIO);
  if (columns.length === 0) return [];
  return [{ code: "unscaledColumns", columns, varianceRatio: Math.min(Math.max(...variances) / smallest, Number.MAX_VALUE) }];
}
