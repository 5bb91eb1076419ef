import { computeMoments, standardDeviationOf, type Moments } from "../../numeric/statistics/moments";

/**
 * A column whose deviation is at most this share of its largest magnitude is constant: its values differ in their last
 * bits only, which is what different orders of the same computation leave behind. The bound does not grow with the number
 * of rows, because the moments are compensated: their own error lies below it for any count, so 1e9 ± 0.1 in a million
 * rows still varies.
 */
const ROUNDING_SHARE = 4 * Number.EPSILON;

/** Squares of deviations below this range run into the subnormal numbers and lose digits, in the end all of them. */
const TINY_RANGE = 1e-140;

/** A power of two, so that multiplying by it is exact; it lifts every tiny range to where squares are normal numbers. */
const LIFT = 2 ** 600;

/** The standard deviation of one column of row-major values with these moments; 0 when it is constant up to rounding. */
export function deviationOf(values: Float64Array, column: number, columnCount: number, moments: Moments, ddof: 0 | 1): number {
  const { min, max } = moments;
  // Equal values may have a mean that is rounded, and lifting them would make infinities of what it differs by.
  if (min === max) return 0;
  const deviation = max - min < TINY_RANGE ? tinyDeviation(values, column, columnCount, ddof) : standardDeviationOf(moments, ddof);
  return deviation <= ROUNDING_SHARE * Math.max(Math.abs(min), Math.abs(max)) ? 0 : deviation;
}

function tinyDeviation(values: Float64Array, column: number, columnCount: number, ddof: 0 | 1): number {
  const lifted = new Float64Array(values.length / columnCount);
  for (let row = 0; row < lifted.length; row++) lifted[row] = values[row * columnCount + column]! * LIFT;
  return standardDeviationOf(computeMoments(lifted), ddof) / LIFT;
}
