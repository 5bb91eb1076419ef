/** What the rows of a tree hold: columns one after another, a class and a weight for each row. */
export interface TreeRows {
  /** The value of row i and feature j is `values[j * rowCount + i]`; NaN is missing, infinities are not allowed. */
  readonly values: Float64Array;
  readonly rowCount: number;
  readonly featureCount: number;
  /** From 0 to `classCount` − 1. */
  readonly classes: Int32Array;
  readonly classCount: number;
  readonly weights: Float64Array;
}

/** The best split of a node so far; a kernel overwrites it where it finds a better one. */
export interface Split {
  /** −1 where none was found. */
  feature: number;
  threshold: number;
  missingLeft: boolean;
  leftCount: number;
  /**
   * Σ (class weight)² ÷ weight of the left side, plus that of the right side: of all splits of a node, the largest one leaves
   * the smallest mean Gini impurity.
   */
  purity: number;
}

/** What a scan needs to work in, and what it may not split off. */
export interface ScanSpace {
  readonly leftWeights: Float64Array;
  readonly rightWeights: Float64Array;
  readonly minLeafRows: number;
}

/**
 * Finds the best threshold of one feature for the rows `order[start]` to before `order[end]`, which stand in its ascending order,
 * missing ones last. Every boundary between two distinct values is tried, with the missing rows on the right and on the left side,
 * and all present rows against all missing ones.
 *
 * A split replaces `best` where it is purer. Of equally pure ones the lowest feature is kept, then missing on the right, then the lowest threshold.
 * Sums of squared class weights are carried along: w added to a class of weight c adds w (2c + w). They are exact for whole weights.
 *
 * @returns false where the feature has one value only, so that nothing could be split
 */
export function scanFeature(rows: TreeRows, feature: number, order: Int32Array, start: number, end: number, nodeWeights: Float64Array, space: ScanSpace, best: Split): boolean {
  const column = feature * rows.rowCount;
  let present = end;
  while (present > start && Number.isNaN(rows.values[column + order[present - 1]!])) present--;
  const varies = present > start && rows.values[column + order[start]!]! < rows.values[column + order[present - 1]!]!;
  if (!varies && (present === start || present === end)) return false;

  scanThresholds(rows, feature, order, start, present, end, nodeWeights, space, best, false);
  if (present < end && varies) scanThresholds(rows, feature, order, start, present, end, nodeWeights, space, best, true);
  return true;
}

function scanThresholds(
  { values, rowCount, classes, classCount, weights }: TreeRows,
  feature: number,
  order: Int32Array,
  start: number,
  present: number,
  end: number,
  nodeWeights: Float64Array,
  { leftWeights, rightWeights, minLeafRows }: ScanSpace,
  best: Split,
  missingLeft: boolean,
): void {
  const column = feature * rowCount;
  leftWeights.fill(0);
  for (let c = 0; c < classCount; c++) rightWeights[c] = nodeWeights[c]!;
  let [leftWeight, rightWeight, leftSquares, rightSquares] = [0, 0, 0, 0];
  if (missingLeft) {
    for (let i = present; i < end; i++) {
      const row = order[i]!;
      leftWeights[classes[row]!]! += weights[row]!;
      rightWeights[classes[row]!]! -= weights[row]!;
    }
  }
  for (let c = 0; c < classCount; c++) {
    leftWeight += leftWeights[c]!;
    rightWeight += rightWeights[c]!;
    leftSquares += leftWeights[c]! * leftWeights[c]!;
    rightSquares += rightWeights[c]! * rightWeights[c]!;
  }
  const missing = end - present;
  let leftCount = missingLeft ? missing : 0;
  let value = values[column + order[start]!]!;
  // With the missing rows on the right there is one boundary more: behind the last value.
  const last = missing > 0 && !missingLeft ? present : present - 1;
  for (let i = start; i < last; i++) {
    const row = order[i]!;
    const c = classes[row]!;
    const weight = weights[row]!;
    leftSquares += weight * (2 * leftWeights[c]! + weight);
    rightSquares -= weight * (2 * rightWeights[c]! - weight);
    leftWeights[c]! += weight;
    rightWeights[c]! -= weight;
    leftWeight += weight;
    rightWeight -= weight;
    leftCount++;
    const next = i + 1 < present ? values[column + order[i + 1]!]! : Infinity;
    if (next === value) continue;
    const below = value;
    value = next;
    if (leftCount < minLeafRows || end - start - leftCount < minLeafRows) continue;
    const purity = leftSquares / leftWeight + rightSquares / rightWeight;
    // Written so that NaN (a side whose weight was rounded away) is never the best.
    if (purity > best.purity || (purity === best.purity && feature < best.feature)) {
      best.feature = feature;
      best.threshold = midpoint(below, next);
      best.missingLeft = missingLeft;
      best.leftCount = leftCount;
      best.purity = purity;
    }
  }
}

/** Halfway between two values; the lower one where rounding would reach the upper one, so that `value <= threshold` always parts them. */
export function midpoint(below: number, above: number): number {
  if (above === Infinity) return Infinity;
  const middle = below / 2 + above / 2;
  return middle >= below && middle < above ? middle : below;
}
