import type { CellValue } from "../../data/column";
import { computeMoments } from "../../numeric/statistics/moments";
import { quantileOfSorted } from "../../numeric/statistics/quantile";

/** The mean, also where the sum leaves the range of doubles: scaling by a power of two is exact. */
export function meanOf(present: Float64Array): number {
  const { mean } = computeMoments(present);
  return Number.isFinite(mean) ? mean : computeMoments(present.map((value) => value * 2 ** -64)).mean * 2 ** 64;
}

/** Type 7 of Hyndman and Fan: the middle value, or halfway between the two middle ones. */
export function medianOf(sorted: Float64Array): number {
  return quantileOfSorted(sorted, 0.5);
}

/** The most frequent of ascending values, the smallest of equally frequent ones; NaN of none. */
export function modeOf(sorted: Float64Array): number {
  let mode = NaN;
  let modeCount = 0;
  for (let start = 0; start < sorted.length; ) {
    const value = sorted[start]!;
    let end = start + 1;
    while (end < sorted.length && sorted[end] === value) end++;
    if (end - start > modeCount) {
      mode = value;
      modeCount = end - start;
    }
    start = end;
  }
  return mode;
}

/** {@link modeOf} for values from 0 to before `counts.length`, which need no order; `counts` holds zeros, before and after. */
export function modeOfRanks(ranks: Float64Array, counts: Int32Array): number {
  let modeCount = 0;
  for (const rank of ranks) {
    const count = counts[rank]! + 1;
    counts[rank] = count;
    if (count > modeCount) modeCount = count;
  }
  let mode = Infinity;
  for (const rank of ranks) {
    if (counts[rank] === modeCount && rank < mode) mode = rank;
  }
  for (const rank of ranks) counts[rank] = 0;
  return mode;
}

/** The order of values of one type: numbers by size, texts by code units, false before true. */
export function comesBefore(a: CellValue, b: CellValue): boolean {
  return a !== null && (b === null || a < b);
}
