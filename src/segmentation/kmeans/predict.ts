import { assignNearest } from "./inner-loops";

/** Centroids four at a time, as the inner loops read them; the last four are filled up with infinities, which are nearest to nothing. */
export function packFours(centroids: Float64Array, width: number): Float64Array {
  const count = centroids.length / width;
  const fours = new Float64Array(4 * Math.ceil(count / 4) * width);
  fillFours(centroids, width, fours);
  return fours;
}

/** {@link packFours} into an array that is there. */
export function fillFours(centroids: Float64Array, width: number, fours: Float64Array): void {
  fours.fill(Infinity);
  for (let at = 0; at < centroids.length; at++) {
    const centroid = Math.floor(at / width);
    fours[((centroid - (centroid % 4)) / 4) * 4 * width + (at % width) * 4 + (centroid % 4)] = centroids[at]!;
  }
}

/** The nearest centroid of each row, the lowest index of equally near ones; −1 where no distance is finite. */
export function nearestCentroids(values: Float64Array, rowCount: number, width: number, centroids: Float64Array): Int32Array {
  const labels = new Int32Array(rowCount);
  assignNearest(values, width, 0, rowCount, packFours(centroids, width), labels, new Float64Array(rowCount));
  return labels;
}
