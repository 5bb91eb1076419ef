import type { FeatureMatrix } from "../../data/feature-matrix";
import { computeColumnMoments } from "../../numeric/statistics/moments";
import type { CodedLabels } from "../coded-labels";

/** How the rows of each cluster lie about its centroid. */
interface Dispersion {
  /** k × p row-major, relative to the mean of all rows, so that a large common offset costs no digits. */
  readonly centroids: Float64Array;
  /** Sum of squared distances of all rows to the centroids of their clusters. */
  readonly withinSquares: number;
  /** Mean distance of each cluster's rows to its centroid. */
  readonly meanDistances: Float64Array;
}

export function computeDispersion({ values, rowCount, columnCount }: FeatureMatrix, clusters: CodedLabels): Dispersion {
  const { codes, counts } = clusters;
  // Exact for constant columns, where a mean may be off by its last bit.
  const origin = Float64Array.from(computeColumnMoments(values, rowCount, columnCount), ({ min, max, mean }) => (min === max ? min : mean));
  const centered = (row: number, j: number): number => values[row * columnCount + j]! - origin[j]!;

  // Means are taken relative to a row of the cluster: equal rows have exactly their place as centroid.
  const firstRows = firstRowsByCode(clusters);
  const centroids = new Float64Array(counts.length * columnCount);
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row]!;
    const first = firstRows[code]!;
    for (let j = 0; j < columnCount; j++) centroids[code * columnCount + j]! += centered(row, j) - centered(first, j);
  }
  firstRows.forEach((first, code) => {
    for (let j = 0; j < columnCount; j++) {
      const cell = code * columnCount + j;
      centroids[cell] = centered(first, j) + centroids[cell]! / counts[code]!;
    }
  });

  const meanDistances = new Float64Array(counts.length);
  let withinSquares = 0;
  for (let row = 0; row < rowCount; row++) {
    const code = codes[row]!;
    let squares = 0;
    for (let j = 0; j < columnCount; j++) squares += (centered(row, j) - centroids[code * columnCount + j]!) ** 2;
    withinSquares += squares;
    meanDistances[code]! += Math.sqrt(squares) / counts[code]!;
  }
  return { centroids, withinSquares, meanDistances };
}

function firstRowsByCode({ codes, counts }: CodedLabels): Int32Array {
  const rows = new Int32Array(counts.length);
  for (let row = codes.length - 1; row >= 0; row--) rows[codes[row]!] = row;
  return rows;
}
