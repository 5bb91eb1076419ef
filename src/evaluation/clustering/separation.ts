import type { FeatureMatrix } from "../../data/feature-matrix";
import type { Steps } from "../../steps/steps";
import type { CodedLabels } from "../coded-labels";
import { readClusters } from "./clusters";
import { computeDispersion, dispersionSteps, type Dispersion } from "./dispersion";
import { readPoints } from "./points";

/**
 * How far clusters lie apart in relation to their width: the variance ratio of Caliński and Harabasz (1974).
 *
 * (B / (k − 1)) / (W / (n − k)), with B and W the sums of squares between and within the clusters; higher is better.
 * Infinity when every row lies on its centroid, 0 when all rows are equal.
 *
 * @param labels - the cluster of each row, whole numbers from 0
 * @throws ClienteleError `constantLabels` for one cluster, `tooFewRows` for as many clusters as rows, `invalidInput` for labels
 * that are no whole numbers from 0, `nonFinite` for NaN or infinity (with row and column), `lengthMismatch`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeCalinskiHarabasz } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromRows([[0], [2], [10], [12]]);
 * console.log(computeCalinskiHarabasz(matrix, [0, 0, 1, 1])); // 50
 * ```
 */
export function computeCalinskiHarabasz(matrix: FeatureMatrix, labels: ArrayLike<number>): number {
  const caller = "computeCalinskiHarabasz";
  const clusters = readClusters(caller, matrix, labels);
  return varianceRatio(computeDispersion(readPoints(caller, matrix).points, clusters), clusters);
}

/** Both measures of separation in slices, for labels 0 … k − 1 of more rows than clusters. */
export function* separationSteps(caller: string, matrix: FeatureMatrix, labels: ArrayLike<number>): Steps<{ calinskiHarabasz: number; daviesBouldin: number }> {
  const clusters = readClusters(caller, matrix, labels);
  const dispersion = yield* dispersionSteps(readPoints(caller, matrix).points, clusters);
  return { calinskiHarabasz: varianceRatio(dispersion, clusters), daviesBouldin: meanOverlap(dispersion) };
}

function varianceRatio({ centroids, withinSquares }: Dispersion, { codes, counts }: CodedLabels): number {
  const betweenSquares = sumSquaresBetween(centroids, counts, centroids.length / counts.length);
  if (betweenSquares === 0) return 0;
  return betweenSquares / (counts.length - 1) / (withinSquares / (codes.length - counts.length));
}

/** Squared distances of the centroids to the mean of all rows, each counted once for every row of its cluster. */
function sumSquaresBetween(centroids: Float64Array, counts: Int32Array, columnCount: number): number {
  const rowCount = counts.reduce((sum, count) => sum + count, 0);
  let squares = 0;
  for (let j = 0; j < columnCount; j++) {
    // Near 0, not 0: the centroids are relative to a rounded mean.
    let overall = 0;
    counts.forEach((count, code) => (overall += (count / rowCount) * centroids[code * columnCount + j]!));
    counts.forEach((count, code) => (squares += count * (centroids[code * columnCount + j]! - overall) ** 2));
  }
  return squares;
}

/**
 * How much each cluster overlaps with the one it is hardest to tell from, on average (Davies and Bouldin 1979).
 *
 * The mean over clusters i of max over j of (sᵢ + sⱼ) / dᵢⱼ, with s the mean distance of a cluster's rows to its centroid and
 * d the distance of two centroids; lower is better, 0 is best. Infinity when two centroids coincide
 * (scikit-learn passes over such a pair, as if the two were well apart).
 *
 * @param labels - the cluster of each row, whole numbers from 0
 * @throws ClienteleError `constantLabels` for one cluster, `tooFewRows` for as many clusters as rows, `invalidInput` for labels
 * that are no whole numbers from 0, `nonFinite` for NaN or infinity (with row and column), `lengthMismatch`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeDaviesBouldin } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromRows([[0], [2], [10], [12]]);
 * console.log(computeDaviesBouldin(matrix, [0, 0, 1, 1])); // 0.2
 * ```
 */
export function computeDaviesBouldin(matrix: FeatureMatrix, labels: ArrayLike<number>): number {
  const caller = "computeDaviesBouldin";
  const clusters = readClusters(caller, matrix, labels);
  return meanOverlap(computeDispersion(readPoints(caller, matrix).points, clusters));
}

function meanOverlap({ centroids, meanDistances }: Dispersion): number {
  const clusterCount = meanDistances.length;
  let sum = 0;
  for (let i = 0; i < clusterCount; i++) {
    let worst = 0;
    for (let j = 0; j < clusterCount; j++) {
      if (j === i) continue;
      const distance = centroidDistance(centroids, centroids.length / clusterCount, i, j);
      const overlap = distance === 0 ? Infinity : (meanDistances[i]! + meanDistances[j]!) / distance;
      worst = Math.max(worst, overlap);
    }
    sum += worst;
  }
  return sum / clusterCount;
}

function centroidDistance(centroids: Float64Array, columnCount: number, a: number, b: number): number {
  let squares = 0;
  for (let j = 0; j < columnCount; j++) squares += (centroids[a * columnCount + j]! - centroids[b * columnCount + j]!) ** 2;
  return Math.sqrt(squares);
}
