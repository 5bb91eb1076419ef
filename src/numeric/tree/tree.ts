/**
 * A binary tree in flat arrays, one entry for each node; node 0 is the root, and every parent stands before its children.
 *
 * A row goes left where its value of `feature` is at most `threshold`, a missing value (NaN) where `missingLeft` says.
 */
export interface ClassificationTree {
  readonly featureCount: number;
  readonly classCount: number;
  /** The feature that a node splits by; −1 for a leaf. */
  readonly feature: Int32Array;
  /** Finite, or ∞ where only missing values go right. */
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** 0 for the root. */
  readonly depth: Int32Array;
  /** Rows of the fit (of weight above 0) in each node. */
  readonly rowCount: Int32Array;
  /** Gini impurity: 1 − Σ share². */
  readonly impurity: Float64Array;
  /** Sum of the weights of each class: `classCount` numbers for each node. */
  readonly classWeights: Float64Array;
}

export const LEAF = -1;

/** The class with the largest weight in a node, the lowest of equal ones. */
export function heaviestClass({ classCount, classWeights }: ClassificationTree, node: number): number {
  const first = node * classCount;
  let best = 0;
  for (let c = 1; c < classCount; c++) if (classWeights[first + c]! > classWeights[first + best]!) best = c;
  return best;
}
