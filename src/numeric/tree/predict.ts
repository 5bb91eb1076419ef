import type { ClassificationTree } from "./tree";

/**
 * The leaf of each row. The value of row i and feature j is `values[i * rowStride + j * featureStride]`:
 * strides (features, 1) read a row-major matrix, (1, rows) columns one after another.
 */
export function findLeaves(tree: ClassificationTree, values: Float64Array, rowCount: number, rowStride: number, featureStride: number, leaves: Int32Array): void {
  const { feature, threshold, left, right, missingLeft } = tree;
  for (let row = 0; row < rowCount; row++) {
    let node = 0;
    for (let split = feature[0]!; split >= 0; split = feature[node]!) {
      const value = values[row * rowStride + split * featureStride]!;
      const goesLeft = value !== value ? missingLeft[node] === 1 : value <= threshold[node]!;
      node = goesLeft ? left[node]! : right[node]!;
    }
    leaves[row] = node;
  }
}
