import type { StoredCentroids } from "./inner-loops";

/** Numbers of a block of rows: few enough for the second-level cache. */
const BLOCK_VALUES = 16_384;
const MOST_BLOCK_ROWS = 1024;
const LEAST_BLOCK_ROWS = 16;

/** Rows that are read together. */
export function blockRowsOf(width: number): number {
  return Math.min(MOST_BLOCK_ROWS, Math.max(LEAST_BLOCK_ROWS, Math.floor(BLOCK_VALUES / width)));
}

/** Room for k centroids in groups of that size, and a block of rows. */
export function createStore(k: number, width: number, groupSize: number): StoredCentroids {
  const groupCount = Math.ceil(k / groupSize);
  const foursAt = k * width;
  const rowsAt = foursAt + groupCount * groupSize * width;
  const squaresAt = rowsAt + blockRowsOf(width) * width;
  const store = new Float64Array(squaresAt + 2 * groupSize);
  return { store, centroids: store.subarray(0, foursAt), fours: store.subarray(foursAt, rowsAt), foursAt, rowsAt, squaresAt, groupSize, groupCount };
}

/** Arranges the centroids in fours; places that are left over hold infinities, which are nearest to nothing. */
export function fillFours({ centroids, fours }: StoredCentroids, width: number): void {
  fours.fill(Infinity);
  for (let at = 0; at < centroids.length; at++) {
    const centroid = Math.floor(at / width);
    fours[(centroid - (centroid % 4)) * width + (at % width) * 4 + (centroid % 4)] = centroids[at]!;
  }
}
