/**
 * Quantile by linear interpolation of the order statistics at position (n − 1)·p:
 * type 7 of Hyndman and Fan (1996), the default of R and NumPy.
 *
 * `sorted` is ascending and without NaN; an empty list has no quantile (NaN).
 */
export function quantileOfSorted(sorted: ArrayLike<number>, p: number): number {
  const last = sorted.length - 1;
  if (last < 0) return NaN;
  const position = last * p;
  const below = Math.floor(position);
  const share = position - below;
  const low = sorted[below]!;
  if (share === 0) return low;
  const high = sorted[Math.min(below + 1, last)]!;
  if (low === high) return low;
  const step = high - low;
  // Values of opposite sign near the largest double differ by more than it.
  return Number.isFinite(step) ? low + step * share : low * (1 - share) + high * share;
}

/** The present values of a column in ascending order; NaN (missing) is left out, −0 comes before 0. */
export function sortPresent(values: ArrayLike<number>): Float64Array {
  const present = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === value) present[count++] = value;
  }
  return present.subarray(0, count).sort();
}
