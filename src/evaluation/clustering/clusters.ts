import { checkRowCount, checkSameLength } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { codeLabels, type CodedLabels } from "../coded-labels";

/** Reads a cluster for each row: at least two clusters, and fewer than rows. */
export function readClusters(caller: string, matrix: FeatureMatrix, labels: ArrayLike<number>): CodedLabels {
  checkFeatureMatrix(caller, "matrix", matrix);
  const clusters = codeLabels(caller, "labels", labels);
  checkSameLength(caller, "labels", labels.length, matrix.rowCount, "the matrix");
  const clusterCount = clusters.counts.length;
  checkRowCount(caller, "labels", labels.length, clusterCount + 1, `rows for ${clusterCount} clusters`);
  if (clusterCount === 1) {
    throw new ClienteleError("constantLabels", "labels must name at least 2 clusters; got 1 (a measure of separation needs something to separate)", {
      caller,
      parameter: "labels",
      rule: "at least 2 clusters",
      value: clusterCount,
    });
  }
  return clusters;
}
