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

/** Refuses values (start centroids among them) that lie so far apart that the sum of all squared distances would overflow. */
export function checkSquaresFinite(caller: string, names: readonly string[], moments: readonly Moments[], start: Float64Array | undefined): void {
  let squaredDiameter = 0;
  moments.forEach(({ min, max, count }, j) => {
    let low = min;
    let high = max;
    for (let at = j; at < (start?.length ?? 0); at += names.length) {
      low = Math.min(low, start![at]!);
      high = Math.max(high, start![at]!);
    }
    squaredDiameter += (high - low) * (high - low) * count;
    if (squaredDiameter < LARGEST_SQUARES) return;
    const rule = `values whose squared distances add up to less than ${LARGEST_SQUARES} (divide the column by a constant)`;
    const column = describeFeature(names[j]!);
    throw new ClienteleError("nonFinite", `column ${JSON.stringify(column)} must hold ${rule}`, { caller, parameter: "matrix", column, rule });
  });
}

/** Columns whose mean is within this many ranges of zero are added up as they are. */
const NEAR_ZERO_RANGES = 8;

/**
 * The point from which coordinates are measured when they are added up, so that sums of values far from zero keep their digits.
 * It lies near the mean and is a multiple of a power of two at least as large as the column's range: the differences from it are exact
 * and whole numbers stay whole. For columns near zero it is zero.
 */
export function originOf({ min, max, mean }: Moments): number {
  const range = max - min;
  if (range === 0) return min;
  let grid = 1;
  while (grid < range) grid *= 2;
  while (grid / 2 >= range) grid /= 2;
  return Math.abs(mean) <= NEAR_ZERO_RANGES * grid ? 0 : Math.round(mean / grid) * grid;
}

/** Mean of the columns' variances (1/n): the scale of the tolerance. */
export function meanVarianceOf(moments: readonly Moments[]): number {
  return moments.reduce((sum, column) => sum + varianceOf(column, 0), 0) / moments.length;
}

/** Variances further apart than this are pointed out. */
const LARGEST_VARIANCE_RATIO = 100;

/** Points out columns that drown the others; constant columns take no part. */
export function scaleWarnings(names: readonly string[], moments: readonly Moments[]): KMeansWarning[] {
  const variances = moments.map((column) => (column.min === column.max ? 0 : varianceOf(column, 0)));
  const smallest = variances.reduce((least, variance) => (variance > 0 && variance < least ? variance : least), Infinity);
  const columns = names.filter((_, j) => variances[j]! / smallest > LARGEST_VARIANCE_RATIO);
  if (columns.length === 0) return [];
  return [{ code: "unscaledColumns", columns, varianceRatio: Math.min(Math.max(...variances) / smallest, Number.MAX_VALUE) }];
}
