/** From this variance on the normal distribution stands for the exact one: its mean absolute deviation is off by less than one part in 4,000. */
const NORMAL_FROM = 400;

/**
 * E|Σ Yᵢ − Σ pᵢ| of independent Yᵢ that are 1 with probability pᵢ: how far a count strays from its expectation when every probability is right.
 *
 * Exact by the distribution of the sum (Poisson-binomial, built up row by row) up to a variance of 400, above it √(2 · variance / π).
 *
 * @param probabilities - distinct values, from `start` to before `end`
 * @param counts - how many rows have each
 */
export function expectedAbsoluteDeviation(probabilities: Float64Array, counts: ArrayLike<number>, start: number, end: number): number {
  let variance = 0;
  let lowMean = 0;
  let highMean = 0;
  let lowCount = 0;
  let highCount = 0;
  for (let g = start; g < end; g++) {
    const p = probabilities[g]!;
    const count = counts[g]!;
    variance += count * p * (1 - p);
    if (p <= 0.5) {
      lowMean += count * p;
      lowCount += count;
    } else {
      highMean += count * (1 - p);
      highCount += count;
    }
  }
  if (variance === 0) return 0;
  if (variance > NORMAL_FROM) return Math.sqrt((2 * variance) / Math.PI);

  // Yᵢ − pᵢ = −((1 − Yᵢ) − (1 − pᵢ)): unlikely events on both sides are counted, those below with a minus, so that the range stays short.
  const up = reachOf(lowMean, lowCount);
  const down = reachOf(highMean, highCount);
  const shares = new Float64Array(up + down + 1);
  shares[down] = 1;
  let reachedUp = down;
  let reachedDown = down;
  for (let g = start; g < end; g++) {
    const p = probabilities[g]!;
    const isUp = p <= 0.5;
    const q = isUp ? p : 1 - p;
    if (q === 0) continue;
    for (let repeat = counts[g]!; repeat > 0; repeat--) {
      if (isUp) {
        if (reachedUp < shares.length - 1) reachedUp++;
        for (let d = reachedUp; d > reachedDown; d--) shares[d] = shares[d]! * (1 - q) + shares[d - 1]! * q;
        shares[reachedDown]! *= 1 - q;
      } else {
        if (reachedDown > 0) reachedDown--;
        for (let d = reachedDown; d < reachedUp; d++) shares[d] = shares[d]! * (1 - q) + shares[d + 1]! * q;
        shares[reachedUp]! *= 1 - q;
      }
    }
  }
  let deviation = 0;
  const mean = lowMean - highMean;
  for (let d = reachedDown; d <= reachedUp; d++) deviation += shares[d]! * Math.abs(d - down - mean);
  return deviation;
}

/** A count that unlikely events (variance at most their mean) exceed with probability below 1e-17 (Bernstein's inequality). */
function reachOf(mean: number, count: number): number {
  return Math.min(count, Math.ceil(mean + 9 * Math.sqrt(mean) + 40));
}
