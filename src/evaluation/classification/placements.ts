import type { ScoreTally } from "./tally";

/**
 * For each distinct score the share of negatives that a positive with this score beats, ties by half: the structural components
 * V₁₀ of DeLong, DeLong and Clarke-Pearson (1988), from midranks (Sun and Xu 2014). Their mean over the positives is the AUC.
 */
export function positivePlacements({ negatives, negativeCount }: ScoreTally): Float64Array {
  const shares = new Float64Array(negatives.length);
  let below = 0;
  for (let g = 0; g < shares.length; g++) {
    shares[g] = (2 * below + negatives[g]!) / (2 * negativeCount);
    below += negatives[g]!;
  }
  return shares;
}

/** For each distinct score the share of positives that beat a negative with this score: V₀₁. */
export function negativePlacements({ positives, positiveCount }: ScoreTally): Float64Array {
  const shares = new Float64Array(positives.length);
  let above = 0;
  for (let g = shares.length - 1; g >= 0; g--) {
    shares[g] = (2 * above + positives[g]!) / (2 * positiveCount);
    above += positives[g]!;
  }
  return shares;
}

/** The sample variance of values that occur `counts` times around a known mean, divided by their number: that of their mean. */
export function varianceOfMean(values: Float64Array, counts: ArrayLike<number>, total: number, mean: number): number {
  let squares = 0;
  for (let g = 0; g < values.length; g++) squares += counts[g]! * (values[g]! - mean) ** 2;
  return squares / (total - 1) / total;
}

/** Where a score stands among the distinct ones, all of which it is one of. */
export function positionOfScore(scores: Float64Array, score: number): number {
  let low = 0;
  let high = scores.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle]! < score) low = middle + 1;
    else high = middle;
  }
  return low;
}
