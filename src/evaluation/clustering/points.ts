import { nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";

/** Squares of differences in this range, and sums of them over any number of rows, neither overflow nor vanish. */
const SMALLEST_RANGE = 1e-100;
const LARGEST_RANGE = 1e100;

/** Rows whose squared distances are normal numbers: those of a matrix, divided by `unit`. */
export interface Points {
  readonly points: FeatureMatrix;
  /** A power of two, 1 nearly always. */
  readonly unit: number;
}

/**
 * The rows as points whose squared distances are normal numbers; refuses NaN and infinities.
 *
 * The measures of separation do not depend on the unit, so where the widest column calls for it, all columns are divided
 * by one power of two, which is exact.
 */
export function readPoints(caller: string, matrix: FeatureMatrix): Points {
  const { values, columnCount } = matrix;
  // Halves, because the range itself may overflow.
  let widestHalf = 0;
  for (let j = 0; j < columnCount; j++) {
    let min = Infinity;
    let max = -Infinity;
    for (let at = j; at < values.length; at += columnCount) {
      const value = values[at]!;
      // The difference is 0 for every finite number and NaN for any other.
      if (value - value !== 0) throw nonFiniteCell(caller, matrix)!;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    widestHalf = Math.max(widestHalf, max / 2 - min / 2);
  }
  if (widestHalf === 0 || (widestHalf >= SMALLEST_RANGE && widestHalf <= LARGEST_RANGE)) return { points: matrix, unit: 1 };
  const unit = 2 ** Math.max(-1000, Math.min(1000, Math.floor(Math.log2(widestHalf))));
  return { points: { ...matrix, values: values.map((value) => value / unit) }, unit };
}
