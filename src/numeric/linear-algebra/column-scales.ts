import type { Steps } from "../../steps/steps";
import { blockRows } from "./standardized-columns";

/** Means and standard deviations (with 1/n, or 1 / Σ weights) of the columns of a row-major matrix; not finite where a value is not. */
export interface ColumnScales {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/**
 * Means and deviations in one pass, as sums of distances from `shifts`: one value of each column near its mean, in units of the deviation.
 *
 * With Σ d and Σ d² the variance is Σ d²/n − (Σ d/n)² (Chan, Golub and LeVeque 1983, eq. 1.3), which cancels only as far as the shift
 * is off; sums are formed slice by slice.
 */
export function* columnScalesSteps(
  values: Float64Array,
  rowCount: number,
  columnCount: number,
  shifts: Float64Array,
  weights?: Float64Array,
): Steps<ColumnScales> {
  const sums = new Float64Array(columnCount);
  const squares = new Float64Array(columnCount);
  const sliceSums = new Float64Array(columnCount);
  const sliceSquares = new Float64Array(columnCount);
  let total = 0;
  const rowsPerSlice = blockRows(4 * columnCount + 1);
  for (let start = 0; start < rowCount; start += rowsPerSlice) {
    const end = Math.min(start + rowsPerSlice, rowCount);
    sliceSums.fill(0);
    sliceSquares.fill(0);
    if (weights === undefined) {
      addDistances(values, start, end, columnCount, shifts, sliceSums, sliceSquares);
      total += end - start;
    } else {
      let sliceTotal = 0;
      for (let i = start; i < end; i++) {
        const weight = weights[i]!;
        sliceTotal += weight;
        for (let j = 0; j < columnCount; j++) {
          const distance = values[i * columnCount + j]! - shifts[j]!;
          sliceSums[j] = sliceSums[j]! + weight * distance;
          sliceSquares[j] = sliceSquares[j]! + weight * distance * distance;
        }
      }
      total += sliceTotal;
    }
    for (let j = 0; j < columnCount; j++) {
      sums[j] = sums[j]! + sliceSums[j]!;
      squares[j] = squares[j]! + sliceSquares[j]!;
    }
    yield { phase: "column statistics", done: end, total: rowCount };
  }
  const means = sums.map((sum, j) => shifts[j]! + sum / total);
  const deviations = squares.map((square, j) => Math.sqrt(Math.max(0, square / total - (sums[j]! / total) ** 2)));
  return { means, deviations };
}

/** Four rows at a time: each sum is read and written once for four values. */
function addDistances(values: Float64Array, start: number, end: number, columnCount: number, shifts: Float64Array, sums: Float64Array, squares: Float64Array): void {
  let i = start;
  for (; i + 3 < end; i += 4) {
    const r0 = i * columnCount;
    const r1 = r0 + columnCount;
    const r2 = r1 + columnCount;
    const r3 = r2 + columnCount;
    for (let j = 0; j < columnCount; j++) {
      const shift = shifts[j]!;
      const a = values[r0 + j]! - shift;
      const b = values[r1 + j]! - shift;
      const c = values[r2 + j]! - shift;
      const d = values[r3 + j]! - shift;
      sums[j] = sums[j]! + (a + b + (c + d));
      squares[j] = squares[j]! + (a * a + b * b + (c * c + d * d));
    }
  }
  for (; i < end; i++) {
    for (let j = 0; j < columnCount; j++) {
      const distance = values[i * columnCount + j]! - shifts[j]!;
      sums[j] = sums[j]! + distance;
      squares[j] = squares[j]! + distance * distance;
    }
  }
}
