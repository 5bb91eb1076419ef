import type { Steps } from "../../steps/steps";

/**
 * Count, mean and sum of squared deviations of one column, in a form that merges.
 *
 * The mean is kept as `mean + meanLow`, where `meanLow` is what rounding took from `mean`;
 * without it, merging blocks of values that lie far from zero would lose half the digits of the variance.
 */
export interface Moments {
  readonly count: number;
  /** NaN values that were passed over. */
  readonly missing: number;
  readonly mean: number;
  readonly meanLow: number;
  /** Sum of squared deviations from the mean. */
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

export const NO_MOMENTS: Moments = { count: 0, missing: 0, mean: 0, meanLow: 0, squares: 0, min: Infinity, max: -Infinity };

/**
 * Two passes with compensated sums (Neumaier 1974; Chan, Golub and LeVeque 1983, eq. 1.7).
 * Reads `count` values from `start` in steps of `stride`; NaN means missing.
 */
export function computeMoments(values: ArrayLike<number>, start = 0, stride = 1, count = values.length): Moments {
  const end = start + count * stride;
  let present = 0;
  let sum = 0;
  let sumLow = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = start; i < end; i += stride) {
    const value = values[i]!;
    if (value !== value) continue;
    present++;
    if (value < min) min = value;
    if (value > max) max = value;
    const total = sum + value;
    const rounded = total - sum;
    sumLow += sum - (total - rounded) + (value - rounded);
    sum = total;
  }
  if (present === 0) return { ...NO_MOMENTS, missing: count };
  const mean = (sum + sumLow) / present;

  let residual = 0;
  let residualLow = 0;
  let squares = 0;
  let squaresLow = 0;
  for (let i = start; i < end; i += stride) {
    const value = values[i]!;
    if (value !== value) continue;
    const deviation = value - mean;
    const residualTotal = residual + deviation;
    const residualRounded = residualTotal - residual;
    residualLow += residual - (residualTotal - residualRounded) + (deviation - residualRounded);
    residual = residualTotal;
    const square = deviation * deviation;
    const squaresTotal = squares + square;
    const squaresRounded = squaresTotal - squares;
    squaresLow += squares - (squaresTotal - squaresRounded) + (square - squaresRounded);
    squares = squaresTotal;
  }
  const left = residual + residualLow;
  return {
    count: present,
    missing: count - present,
    mean,
    meanLow: left / present,
    squares: Math.max(0, squares + squaresLow - (left * left) / present),
    min,
    max,
  };
}

/** Moments of two disjoint parts together (Chan, Golub and LeVeque 1979, eq. 2.1). */
export function mergeMoments(a: Moments, b: Moments): Moments {
  const missing = a.missing + b.missing;
  if (a.count === 0) return { ...b, missing };
  if (b.count === 0) return { ...a, missing };
  const count = a.count + b.count;
  const delta = b.mean - a.mean + (b.meanLow - a.meanLow);
  const shift = (delta * b.count) / count;
  const mean = a.mean + (a.meanLow + shift);
  return {
    count,
    missing,
    mean,
    meanLow: a.mean - mean + (a.meanLow + shift),
    squares: a.squares + b.squares + delta * shift * a.count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

/** Sum of squares / (count − `lostDegrees`): 0 gives the population's variance, 1 the sample's. */
export function varianceOf(moments: Moments, lostDegrees: 0 | 1): number {
  return moments.squares / (moments.count - lostDegrees);
}

export function standardDeviationOf(moments: Moments, lostDegrees: 0 | 1): number {
  return Math.sqrt(varianceOf(moments, lostDegrees));
}

/** Values of a block that stay in a second-level cache, so each is read from memory once for all columns. */
const BLOCK_VALUES = 40_960;

/** Blocks between two yields: about two milliseconds of work. */
const BLOCKS_PER_SLICE = 6;

/** Moments of every column of a row-major matrix, block by block. */
export function computeColumnMoments(values: ArrayLike<number>, rowCount: number, columnCount: number): Moments[] {
  const steps = columnMomentsSteps(values, rowCount, columnCount);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** {@link computeColumnMoments} in slices. */
export function* columnMomentsSteps(values: ArrayLike<number>, rowCount: number, columnCount: number): Steps<Moments[]> {
  const columns: Moments[] = Array.from({ length: columnCount }, () => NO_MOMENTS);
  const blockRows = Math.max(16, Math.floor(BLOCK_VALUES / Math.max(1, columnCount)));
  for (let row = 0, block = 1; row < rowCount; row += blockRows, block++) {
    const count = Math.min(blockRows, rowCount - row);
    for (let column = 0; column < columnCount; column++) {
      columns[column] = mergeMoments(columns[column]!, computeMoments(values, row * columnCount + column, columnCount, count));
    }
    if (block % BLOCKS_PER_SLICE === 0 || row + count === rowCount) yield { phase: "column statistics", done: row + count, total: rowCount };
  }
  return columns;
}
