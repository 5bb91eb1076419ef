import type { StoredCentroids } from "./inner-loops";

/** Room for centroids, filled up to a multiple of four. */
export function createStore(k: number, width: number, filledCount = 4 * Math.ceil(k / 4)): StoredCentroids {
  return { centroids: new Float64Array(k * width), fours: new Float64Array(filledCount * width), filledCount };
}

/** Arranges the centroids in fours; places that are left over hold infinities, which are nearest to nothing. */
export function fillFours({ centroids, fours }: StoredCentroids, width: number): void {
  fours.fill(Infinity);
  for (let at = 0; at < centroids.length; at++) {
    const centroid = Math.floor(at / width);
    fours[(centroid - (centroid % 4)) * width + (at % width) * 4 + (centroid % 4)] = centroids[at]!;
  }
}
