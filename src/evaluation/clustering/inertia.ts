import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount, checkSameLength } from "../../errors/check";
import { codeLabels } from "../coded-labels";
import { computeDispersion } from "./dispersion";
import { readPoints } from "./points";

/**
 * How far the rows lie from the centroids of their clusters: the sum of squared Euclidean distances, which k-means makes small.
 *
 * It falls with every further cluster, groups or none, so a bend in its curve is no test (see `computeGap`).
 * Takes any number of clusters, 1 included; the centroid is the mean of a cluster's rows.
 *
 * @param labels - the cluster of each row, whole numbers from 0
 * @returns in squared units of the columns; 0 when every row lies on its centroid
 * @throws ClienteleError `tooFewRows` without rows, `invalidInput` for labels that are no whole numbers from 0, `nonFinite` for NaN or
 * infinity (with row and column), `lengthMismatch`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeInertia } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromRows([[0], [2], [10], [12]]);
 * console.log(computeInertia(matrix, [0, 0, 0, 0]), computeInertia(matrix, [0, 0, 1, 1])); // 104 4
 * ```
 */
export function computeInertia(matrix: FeatureMatrix, labels: ArrayLike<number>): number {
  const caller = "computeInertia";
  checkFeatureMatrix(caller, "matrix", matrix);
  const clusters = codeLabels(caller, "labels", labels);
  checkSameLength(caller, "labels", labels.length, matrix.rowCount, "the matrix");
  checkRowCount(caller, "matrix", matrix.rowCount, 1);
  const { points, unit } = readPoints(caller, matrix);
  return computeDispersion(points, clusters).withinSquares * unit * unit;
}
