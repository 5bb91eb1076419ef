import { assignNearest } from "./inner-loops";
import { blockRowsOf, createStore, fillFours } from "./stored-centroids";

/** Centroids that are read together. */
const GROUP_SIZE = 8;

/** The nearest centroid of each row, the lowest index of equally near ones; −1 where no distance is finite. */
export function nearestCentroids(values: Float64Array, rowCount: number, width: number, centroids: Float64Array): Int32Array {
  const labels = new Int32Array(rowCount);
  const squares = new Float64Array(rowCount);
  const stored = createStore(centroids.length / width, width, GROUP_SIZE);
  stored.centroids.set(centroids);
  fillFours(stored, width);
  const blockRows = blockRowsOf(width);
  for (let from = 0; from < rowCount; from += blockRows) assignNearest(values, width, from, Math.min(rowCount, from + blockRows), stored, labels, squares);
  return labels;
}
