/** Ranges up to this length are sorted: selecting in them saves nothing. */
const SHORT = 600;

/**
 * Rearranges values so that position `k` holds what it would hold if all were sorted, with no larger value before it and no smaller one
 * after it (Floyd and Rivest 1975, algorithm 489). Linear on average; where the pivots stay bad, what is left is sorted.
 *
 * `from` to `to` (both included) must already hold the values of these positions, in any order. No value may be NaN.
 */
export function selectInPlace(values: Float64Array, k: number, from: number, to: number): void {
  let left = from;
  let right = to;
  for (let rounds = 0; right > left; rounds++) {
    const length = right - left + 1;
    if (length <= SHORT || rounds > 60) {
      values.subarray(left, right + 1).sort();
      return;
    }
    // A sample around k is brought into place first: its k-th value is a pivot close to that of the whole.
    const position = k - left + 1;
    const logarithm = Math.log(length);
    const sampleLength = 0.5 * Math.exp((2 * logarithm) / 3);
    const deviation = 0.5 * Math.sqrt((logarithm * sampleLength * (length - sampleLength)) / length) * Math.sign(position - length / 2);
    const sampleLeft = Math.max(left, Math.floor(k - (position * sampleLength) / length + deviation));
    const sampleRight = Math.min(right, Math.floor(k + ((length - position) * sampleLength) / length + deviation));
    selectInPlace(values, k, sampleLeft, sampleRight);

    const pivot = values[k]!;
    let i = left;
    let j = right;
    // Both scans stop at values equal to the pivot, so that ties part evenly.
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const moved = values[i]!;
      values[i++] = values[j]!;
      values[j--] = moved;
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
}

/** Brings every position that a quantile of type 7 reads into place; `shares` ascend. */
export function selectQuantilePositions(values: Float64Array, shares: readonly number[]): void {
  const last = values.length - 1;
  let from = 0;
  for (const share of shares) {
    const below = Math.floor(last * share);
    for (const k of [below, Math.min(below + 1, last)]) {
      if (k < from) continue;
      selectInPlace(values, k, from, last);
      from = k + 1;
    }
  }
}
