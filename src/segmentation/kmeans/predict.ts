/**
 * Gives rows `from` … `to` − 1 to their nearest centroids, ties to the lowest index, and returns how many labels changed.
 * A row that is at no finite distance from any centroid (it holds NaN or an infinity, or its squares overflow) gets label −1.
 *
 * Distances are sums of direct squared differences, in column order: no ‖x‖² − 2x·c + ‖c‖², which cancels far from zero.
 * Four centroids at a time share each load of a value and keep four independent chains of additions in flight;
 * the bits of each distance are those of the plain loop.
 */
export function assignNearest(
  values: Float64Array,
  width: number,
  from: number,
  to: number,
  centroids: Float64Array,
  labels: Int32Array,
  squaredDistances: Float64Array,
): number {
  const end = centroids.length;
  const fourRows = 4 * width;
  const endOfFours = end - (end % fourRows);
  let changed = 0;
  for (let row = from; row < to; row++) {
    const x = row * width;
    let nearest = -1;
    let smallest = Infinity;
    let cluster = 0;
    let c0 = 0;
    for (; c0 < endOfFours; c0 += fourRows, cluster += 4) {
      const c1 = c0 + width;
      const c2 = c1 + width;
      const c3 = c2 + width;
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let j = 0; j < width; j++) {
        const value = values[x + j]!;
        const difference0 = value - centroids[c0 + j]!;
        const difference1 = value - centroids[c1 + j]!;
        const difference2 = value - centroids[c2 + j]!;
        const difference3 = value - centroids[c3 + j]!;
        sum0 += difference0 * difference0;
        sum1 += difference1 * difference1;
        sum2 += difference2 * difference2;
        sum3 += difference3 * difference3;
      }
      if (sum0 < smallest) {
        smallest = sum0;
        nearest = cluster;
      }
      if (sum1 < smallest) {
        smallest = sum1;
        nearest = cluster + 1;
      }
      if (sum2 < smallest) {
        smallest = sum2;
        nearest = cluster + 2;
      }
      if (sum3 < smallest) {
        smallest = sum3;
        nearest = cluster + 3;
      }
    }
    for (; c0 < end; c0 += width, cluster++) {
      const sum = squaredDistance(values, x, centroids, c0, width);
      if (sum < smallest) {
        smallest = sum;
        nearest = cluster;
      }
    }
    squaredDistances[row] = smallest;
    if (labels[row] !== nearest) {
      labels[row] = nearest;
      changed++;
    }
  }
  return changed;
}

/** Fills `out` (rows × centroids, row after row) with Euclidean distances. */
export function fillDistances(values: Float64Array, width: number, rowCount: number, centroids: Float64Array, out: Float64Array): void {
  let at = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let c = 0; c < centroids.length; c += width) out[at++] = Math.sqrt(squaredDistance(values, row * width, centroids, c, width));
  }
}

/** Sum of squared differences of `width` values of `a` from position `i` and of `b` from position `j`. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, width: number): number {
  let sum = 0;
  for (let column = 0; column < width; column++) {
    const difference = a[i + column]! - b[j + column]!;
    sum += difference * difference;
  }
  return sum;
}
