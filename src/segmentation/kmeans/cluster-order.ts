/**
 * The order in which clusters are reported, as old indexes: largest first, equal sizes by their centroids
 * (first column first, ascending). It makes cluster numbers independent of the seed that found them.
 */
export function canonicalOrder(centroids: Float64Array, sizes: ArrayLike<number>): number[] {
  const width = centroids.length / sizes.length;
  return Array.from(sizes, (_, cluster) => cluster).sort((a, b) => {
    if (sizes[a] !== sizes[b]) return sizes[b]! - sizes[a]!;
    for (let j = 0; j < width; j++) {
      const difference = centroids[a * width + j]! - centroids[b * width + j]!;
      if (difference !== 0) return difference;
    }
    return a - b;
  });
}

/** The centroids in the given order. */
export function reorderCentroids(centroids: Float64Array, order: readonly number[]): Float64Array {
  const width = centroids.length / order.length;
  const reordered = new Float64Array(centroids.length);
  order.forEach((from, to) => reordered.set(centroids.subarray(from * width, (from + 1) * width), to * width));
  return reordered;
}
