import { kmeansGenerator } from "ml-kmeans";
import { RandomStream, samplePositions } from "../../numeric/random/random-stream";
import { squaredDistance } from "./predict";
import { rowsOf } from "./spec";

/** Greedy k-means++ sees at most this many rows, or this many for each cluster: it reads its rows k · (2 + ln k) times. */
const SAMPLE_ROWS = 1000;
const SAMPLE_ROWS_PER_CLUSTER = 20;

/** Rows whose squared distance is below this count as one row: `ml-kmeans` divides by the sum of such distances. */
const SMALLEST_SQUARED_DISTANCE = 1e-280;

/** Finds the positions of the first `wanted` rows that differ from one another (fewer, where there are fewer). */
export function findDistinctRows(values: Float64Array, width: number, wanted: number): number[] {
  const found: number[] = [];
  for (let x = 0; x < values.length && found.length < wanted; x += width) {
    if (found.every((row) => squaredDistance(values, x, values, row * width, width) >= SMALLEST_SQUARED_DISTANCE)) found.push(x / width);
  }
  return found;
}

/** Proposes start centroids, another set for each restart. */
export interface Seeder {
  /** k centroids, row-major. */
  propose(restart: number): Float64Array;
  /** What one proposal costs, in squared differences. */
  readonly operations: number;
}

/**
 * Start centroids by the greedy k-means++ of `ml-kmeans` (Arthur and Vassilvitskii 2007, with 2 + ⌊ln k⌋ candidates for each centroid)
 * and its first iteration, on all rows or a random sample of them. Each restart has a random stream of its own.
 *
 * The k distinct rows are part of every sample: with fewer than k distinct rows `ml-kmeans` would divide by nearly zero.
 */
export function createSeeder(values: Float64Array, width: number, distinctRows: readonly number[], seed: number): Seeder {
  const k = distinctRows.length;
  const rowCount = values.length / width;
  const sampleRows = Math.max(SAMPLE_ROWS, SAMPLE_ROWS_PER_CLUSTER * k);
  const allRows = rowCount <= sampleRows ? rowsOf(values, width) : undefined;
  const rowAt = (row: number): number[] => Array.from(values.subarray(row * width, (row + 1) * width));

  return {
    propose(restart) {
      const random = new RandomStream(seed, restart);
      const rows = allRows ?? [...Array.from(samplePositions(rowCount, sampleRows, random), rowAt), ...distinctRows.map(rowAt)];
      const step = kmeansGenerator(rows, k, { seed: random.nextUint32() }).next();
      return step.done === true ? Float64Array.from(distinctRows.flatMap(rowAt)) : Float64Array.from(step.value.centroids.flat());
    },
    operations: Math.min(rowCount, sampleRows) * k * width * (3 + Math.floor(Math.log(k))) * 5,
  };
}
