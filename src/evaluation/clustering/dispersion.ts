import type { FeatureMatrix } from "../../data/feature-matrix";
import { columnMomentsSteps } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import type { CodedLabels } from "../coded-labels";

/** How the rows of each cluster lie about its centroid. */
export interface Dispersion {
  /** k × p row-major, relative to the mean of all rows, so that a large common offset costs no digits. */
  readonly centroids: Float64Array;
  /** Sum of squared distances of all rows to the centroids of their clusters. */
  readonly withinSquares: number;
  /** Mean distance of each cluster's rows to its centroid. */
  readonly meanDistances: Float64Array;
}

export function computeDispersion(matrix: FeatureMatrix, clusters: CodedLabels): Dispersion {
  return runToEnd(dispersionSteps(matrix, clusters));
}

/** Values between two yields: about 2 ms. */
const STEP_VALUES = 500_000;

/** {@link computeDispersion} in slices. */
export function* dispersionSteps({ values, rowCount, columnCount }: FeatureMatrix, clusters: CodedLabels): Steps<Dispersion> {
  const { codes, counts } = clusters;
  const moments = yield* columnMomentsSteps(values, rowCount, columnCount);
  // Exact for constant columns, where a mean may be off by its last bit.
  const origin = Float64Array.from(moments, ({ min, max, mean }) => (min === max ? min : mean));
  const centered = (row: number, j: number): number => values[row * columnCount + j]! - origin[j]!;
  const blockRows = Math.max(1, Math.floor(STEP_VALUES / Math.max(1, columnCount)));

  // Means are taken relative to a row of the cluster: equal rows have exactly their place as centroid.
  const firstRows = firstRowsByCode(clusters);
  const centroids = new Float64Array(counts.length * columnCount);
  for (let from = 0; from < rowCount; from += blockRows) {
    const to = Math.min(rowCount, from + blockRows);
    for (let row = from; row < to; row++) {
      const code = codes[row]!;
      const first = firstRows[code]!;
      for (let j = 0; j < columnCount; j++) centroids[code * columnCount + j]! += centered(row, j) - centered(first, j);
    }
    yield { phase: "centroids", done: to, total: rowCount };
  }
  firstRows.forEach((first, code) => {
    for (let j = 0; j < columnCount; j++) {
      const cell = code * columnCount + j;
      centroids[cell] = centered(first, j) + centroids[cell]! / counts[code]!;
    }
  });

  const meanDistances = new Float64Array(counts.length);
  let withinSquares = 0;
  for (let from = 0; from < rowCount; from += blockRows) {
    const to = Math.min(rowCount, from + blockRows);
    for (let row = from; row < to; row++) {
      const code = codes[row]!;
      let squares = 0;
      for (let j = 0; j < columnCount; j++) squares += (centered(row, j) - centroids[code * columnCount + j]!) ** 2;
      withinSquares += squares;
      meanDistances[code]! += Math.sqrt(squares) / counts[code]!;
    }
    yield { phase: "distances to centroids", done: to, total: rowCount };
  }
  return { centroids, withinSquares, meanDistances };
}

function firstRowsByCode({ codes, counts }: CodedLabels): Int32Array {
  const rows = new Int32Array(counts.length);
  for (let row = codes.length - 1; row >= 0; row--) rows[codes[row]!] = row;
  return rows;
}
