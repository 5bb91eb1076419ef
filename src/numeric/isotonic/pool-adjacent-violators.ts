/** Neighbours that the nearest non-decreasing sequence gives one value. */
export interface IsotonicBlocks {
  /** Where each block ends: the position after its last member, ascending. */
  readonly ends: Int32Array;
  /** Weighted sum of the values of each block. */
  readonly sums: Float64Array;
  readonly weights: Float64Array;
}

/**
 * The non-decreasing sequence nearest in weighted least squares to the values sumsᵢ / weightsᵢ, as blocks whose mean sum / weight is the value.
 *
 * Pool adjacent violators (Ayer et al. 1955; Barlow et al. 1972): one pass, linear time. Equal neighbours are pooled too, so
 * the block means increase strictly. With whole sums and weights (counts) the means are exact up to the one division.
 */
export function poolAdjacentViolators(sums: ArrayLike<number>, weights: ArrayLike<number>): IsotonicBlocks {
  const count = sums.length;
  const ends = new Int32Array(count);
  const blockSums = new Float64Array(count);
  const blockWeights = new Float64Array(count);
  const means = new Float64Array(count);
  let last = -1;
  for (let i = 0; i < count; i++) {
    let sum = sums[i]!;
    let weight = weights[i]!;
    let mean = sum / weight;
    while (last >= 0 && means[last]! >= mean) {
      sum += blockSums[last]!;
      weight += blockWeights[last]!;
      mean = sum / weight;
      last--;
    }
    last++;
    ends[last] = i + 1;
    blockSums[last] = sum;
    blockWeights[last] = weight;
    means[last] = mean;
  }
  return { ends: ends.slice(0, last + 1), sums: blockSums.slice(0, last + 1), weights: blockWeights.slice(0, last + 1) };
}
