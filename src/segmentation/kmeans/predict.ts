import { assignNearest } from "./inner-loops";
import { createStore, fillFours } from "./stored-centroids";

/** The nearest centroid of each row, the lowest index of equally near ones; −1 where no distance is finite. */
export function nearestCentroids(values: Float64Array, rowCount: number, width: number, centroids: Float64Array): Int32Array {
  const labels = new Int32Array(rowCount);
  const stored = createStore(centroids.length / width, width);
  stored.centroids.set(centroids);
  fillFours(stored, width);
  assignNearest(values, width, 0, rowCount, stored, new Float64Array(2 * stored.filledCount), labels, new Float64Array(rowCount));
  return labels;
}
