import { quantileOfSorted } from "../../numeric/statistics/quantile";

/**
 * Cuts between scores, `levels` − 1 of them, ascending: a value has one score more for each cut that it lies above. Equal values
 * have equal scores; where many values are equal, cuts coincide, and the scores between them are given to nobody.
 */
export type Cuts = readonly number[];

/** The quantiles at 1/levels, 2/levels … (type 7) of values in ascending order. */
export function quantileCuts(sorted: Float64Array, levels: number): number[] {
  return Array.from({ length: levels - 1 }, (_, i) => {
    const position = (sorted.length - 1) * (i + 1);
    // A share such as 3/5 is rounded: a quantile that is one of the values must be that value, or it changes sides.
    const cut = position % levels === 0 ? sorted[position / levels]! : quantileOfSorted(sorted, (i + 1) / levels);
    return cut + 0;
  });
}

/**
 * Cuts that score values by their mean rank: with `less` values below and `equal` ones alike, the share of a value is
 * (less + equal / 2) / n, and its score 1 + ⌊levels · share⌋. Tied values get the score of the middle of their ranks, where quantile
 * cuts give them the lowest. Between two values of the fit the cut lies halfway, unless the share already reaches it above the lower.
 */
export function rankCuts(sorted: Float64Array, levels: number): number[] {
  const cuts: number[] = [];
  const count = sorted.length;
  for (let less = 0; less < count; ) {
    const value = sorted[less]!;
    let end = less + 1;
    while (end < count && sorted[end] === value) end++;
    // Shares in whole numbers: 2n · share ≥ 2n · k / levels.
    while (cuts.length < levels - 1 && levels * (less + end) >= 2 * count * (cuts.length + 1)) {
      cuts.push((less === 0 ? justBelow(value) : halfway(sorted[less - 1]!, value)) + 0);
    }
    while (cuts.length < levels - 1 && levels * end >= count * (cuts.length + 1)) cuts.push(value + 0);
    less = end;
  }
  return cuts;
}

/** A number between two; the lower one where none lies between them, so that the upper stays above. */
function halfway(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  return middle > low && middle < high ? middle : low;
}

function justBelow(value: number): number {
  return value - Math.max(Math.abs(value) * Number.EPSILON, Number.MIN_VALUE);
}
