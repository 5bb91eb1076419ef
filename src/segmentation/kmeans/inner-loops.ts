/**
 * Every inner loop of k-means that reads rows: numbers in typed arrays in, results in typed arrays out, nothing checked or allocated.
 *
 * Distances are sums of direct squared differences in column order, never ‖x‖² − 2x·c + ‖c‖², which cancels far from zero.
 * Rows and centroids are taken several at a time, to share loads and to keep independent chains of additions in flight;
 * the bits of each sum are those of the plain loop, so that all functions here agree on which centroid is nearest.
 */

/** Centroids in groups, and what is known about their movements. */
export interface MovingCentroids {
  /** One row for each centroid. */
  readonly centroids: Float64Array;
  /** The same, four at a time: the first column of four centroids, the second column … The last four are filled up with infinities. */
  readonly fours: Float64Array;
  /** Centroids in a group: a multiple of four. */
  readonly groupSize: number;
  readonly groupCount: number;
  /** For each centroid: all its own movements so far, and with each the largest one among the other centroids. */
  readonly drifts: Float64Array;
  /** For each group: the largest movement in it, added up so far. */
  readonly groupDrifts: Float64Array;
  /** Centroids × groups: the distance to the nearest other centroid of the group, or less. */
  readonly groupGaps: Float64Array;
  /** For each centroid: how far it has just moved, or more. */
  readonly movements: Float64Array;
  /** Relative error that distances and bounds are allowed. */
  readonly slack: number;
}

/** What is known about each row. */
export interface RowBounds {
  readonly labels: Int32Array;
  /** While this is above the drift of its centroid, a row stays where it is. */
  readonly thresholds: Float64Array;
  /** Rows × groups: distance to the nearest centroid of the group other than the row's own, or less, plus the drift of the group when that was so. */
  readonly groupBounds: Float64Array;
}

/** Scratch for a block of rows, and what came of it. */
export interface RowBlock {
  /** Rows that may have changed their cluster, and for each its nearest centroid so far with the squared distance. */
  readonly rows: Int32Array;
  readonly nearest: Int32Array;
  readonly squares: Float64Array;
  /** Positions in `rows` of those for which at least one group had to be read. */
  readonly open: Int32Array;
  /** Groups × rows: positions in `rows` of those for which the group has to be read, and how many. */
  readonly waiting: Int32Array;
  readonly waitingCounts: Int32Array;
  /** Squared distances of two rows from one group. */
  readonly sums: Float64Array;
  /** Out: rows that changed their cluster, and the cluster that they left. */
  readonly changed: Int32Array;
  readonly left: Int32Array;
  /** Out: how many changed, and what it all cost in squared differences. */
  readonly counts: Int32Array;
}

/** Absolute error that bounds are allowed: squares next to the smallest doubles have few digits. */
const TINY = 1e-150;

/** What testing one row, and one of its bounds, costs in squared differences. */
const OPERATIONS_PER_TEST = 2;
const OPERATIONS_PER_BOUND = 4;

/**
 * Brings the labels of rows `from` … `to` − 1 up to date, ties to the lowest index, reading only rows whose bounds do not settle it.
 *
 * By the triangle inequality the distance to the own centroid grows at most by its movement, and that to every other shrinks at most by the
 * largest movement among the others. Both, added up (`drifts`), are compared with the difference of the distances: one comparison
 * for each row (Hamerly 2010). Where it fails, the distance to the own centroid is computed and compared with the bounds of
 * groups of centroids (Ding et al. 2015); where that fails, the groups in question are read.
 */
export function reassignRows(values: Float64Array, width: number, from: number, to: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): void {
  const { drifts, groupCount } = moving;
  const { labels, thresholds } = bounds;
  const { rows, counts } = block;
  let rowCount = 0;
  for (let row = from; row < to; row++) {
    if (!(thresholds[row]! > drifts[labels[row]!]!)) rows[rowCount++] = row;
  }
  const openCount = testBounds(values, width, rowCount, moving, bounds, block);
  let operations = (to - from) * OPERATIONS_PER_TEST + rowCount * (width + groupCount * OPERATIONS_PER_BOUND);
  for (let group = 0; group < groupCount; group++) {
    readGroup(values, width, group, moving, bounds, block);
    operations += block.waitingCounts[group]! * moving.groupSize * width;
  }
  counts[0] = relabel(openCount, moving, bounds, block);
  counts[1] = operations;
}

/** Computes the distance of each row from its own centroid, and lines the row up for the groups whose bound is not above it. */
function testBounds(values: Float64Array, width: number, rowCount: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): number {
  const { centroids, drifts, groupCount, groupDrifts, groupGaps, slack } = moving;
  const { labels, thresholds, groupBounds } = bounds;
  const { rows, nearest, squares, open, waiting, waitingCounts } = block;
  waitingCounts.fill(0);
  let openCount = 0;
  for (let position = 0; position < rowCount; position++) {
    const row = rows[position]!;
    const own = labels[row]!;
    const square = squaredDistance(values, row * width, centroids, own * width, width);
    const distance = Math.sqrt(square) * (1 + slack);
    let smallest = Infinity;
    let isOpen = false;
    for (let group = 0; group < groupCount; group++) {
      const at = row * groupCount + group;
      const drift = groupDrifts[group]!;
      const byCentroid = groupGaps[own * groupCount + group]! - distance;
      let bound = groupBounds[at]! - drift;
      if (byCentroid > bound) {
        bound = byCentroid;
        groupBounds[at] = lowered(bound, drift, slack);
      }
      if (bound > distance) {
        if (bound < smallest) smallest = bound;
      } else {
        waiting[group * rows.length + waitingCounts[group]!++] = position;
        isOpen = true;
      }
    }
    if (isOpen) {
      nearest[position] = own;
      squares[position] = square;
      open[openCount++] = position;
    } else thresholds[row] = lowered(smallest - distance, drifts[own]!, slack);
  }
  return openCount;
}

/** Gives rows whose groups were read their labels and thresholds; returns how many labels changed. */
function relabel(openCount: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): number {
  const { drifts, groupCount, groupDrifts, slack } = moving;
  const { labels, thresholds, groupBounds } = bounds;
  const { rows, nearest, squares, open, changed, left } = block;
  let changedCount = 0;
  for (let i = 0; i < openCount; i++) {
    const position = open[i]!;
    const row = rows[position]!;
    const label = nearest[position]!;
    let smallest = Infinity;
    for (let group = 0; group < groupCount; group++) {
      const bound = groupBounds[row * groupCount + group]! - groupDrifts[group]!;
      if (bound < smallest) smallest = bound;
    }
    thresholds[row] = lowered(smallest - Math.sqrt(squares[position]!) * (1 + slack), drifts[label]!, slack);
    if (label === labels[row]) continue;
    changed[changedCount] = row;
    left[changedCount++] = labels[row]!;
    labels[row] = label;
  }
  return changedCount;
}

/** A bound as it is kept: plus the drift up to now, less what rounding may have added to either. */
function lowered(bound: number, drift: number, slack: number): number {
  return bound + drift - slack * (Math.abs(bound) + drift) - TINY;
}

/** Reads one group for all rows that wait for it, two rows and four centroids at a time. */
function readGroup(values: Float64Array, width: number, group: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): void {
  const { fours, groupSize } = moving;
  const { rows, waiting, waitingCounts, sums } = block;
  const start = group * rows.length;
  const end = start + waitingCounts[group]!;
  for (let at = start; at < end; at += 2) {
    const position0 = waiting[at]!;
    const position1 = waiting[at + 1 < end ? at + 1 : at]!;
    const x0 = rows[position0]! * width;
    const offset = rows[position1]! * width - x0;
    let c = group * groupSize * width;
    for (let member = 0; member < groupSize; member += 4) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      let sum4 = 0;
      let sum5 = 0;
      let sum6 = 0;
      let sum7 = 0;
      for (let x = x0; x < x0 + width; x++, c += 4) {
        const a = values[x]!;
        const b = values[x + offset]!;
        const c0 = fours[c]!;
        const c1 = fours[c + 1]!;
        const c2 = fours[c + 2]!;
        const c3 = fours[c + 3]!;
        const difference0 = a - c0;
        const difference1 = a - c1;
        const difference2 = a - c2;
        const difference3 = a - c3;
        const difference4 = b - c0;
        const difference5 = b - c1;
        const difference6 = b - c2;
        const difference7 = b - c3;
        sum0 += difference0 * difference0;
        sum1 += difference1 * difference1;
        sum2 += difference2 * difference2;
        sum3 += difference3 * difference3;
        sum4 += difference4 * difference4;
        sum5 += difference5 * difference5;
        sum6 += difference6 * difference6;
        sum7 += difference7 * difference7;
      }
      sums[member] = sum0;
      sums[member + 1] = sum1;
      sums[member + 2] = sum2;
      sums[member + 3] = sum3;
      sums[groupSize + member] = sum4;
      sums[groupSize + member + 1] = sum5;
      sums[groupSize + member + 2] = sum6;
      sums[groupSize + member + 3] = sum7;
    }
    settle(position0, 0, group, moving, bounds, block);
    if (position1 !== position0) settle(position1, groupSize, group, moving, bounds, block);
  }
}

/** Takes in the squared distances of one row from one group: its nearest centroid so far, and the bound of the group. */
function settle(position: number, first: number, group: number, moving: MovingCentroids, { groupBounds }: RowBounds, { rows, nearest, squares, sums }: RowBlock): void {
  const { groupSize, groupCount, groupDrifts, slack } = moving;
  const row = rows[position]!;
  const own = nearest[position]!;
  const ownSquare = squares[position]!;
  const firstMember = group * groupSize;
  const isInGroup = own >= firstMember && own < firstMember + groupSize;
  if (isInGroup) sums[first + own - firstMember] = Infinity;
  let found = -1;
  let smallest = Infinity;
  let second = Infinity;
  for (let i = 0; i < groupSize; i++) {
    const square = sums[first + i]!;
    if (square < smallest) {
      second = smallest;
      smallest = square;
      found = firstMember + i;
    } else if (square < second) second = square;
  }
  let bound = smallest;
  if (smallest < ownSquare || (smallest === ownSquare && found < own)) {
    nearest[position] = found;
    squares[position] = smallest;
    bound = isInGroup && ownSquare < second ? ownSquare : second;
    if (!isInGroup) {
      const other = Math.floor(own / groupSize);
      const at = row * groupCount + other;
      groupBounds[at] = Math.min(groupBounds[at]!, lowered(Math.sqrt(ownSquare), groupDrifts[other]!, slack));
    }
  }
  groupBounds[row * groupCount + group] = lowered(Math.sqrt(bound), groupDrifts[group]!, slack);
}

/**
 * Gives rows `from` … `to` − 1 to their nearest centroids, ties to the lowest index, and stores the squared distances.
 * A row that is at no finite distance from any centroid (it holds NaN or an infinity, or its squares overflow) gets label −1.
 *
 * @param fours - the centroids as `packFours` arranges them
 */
export function assignNearest(values: Float64Array, width: number, from: number, to: number, fours: Float64Array, labels: Int32Array, squares: Float64Array): void {
  for (let row = from; row < to; row += 2) {
    const x0 = row * width;
    const offset = row + 1 < to ? width : 0;
    let nearest0 = -1;
    let nearest1 = -1;
    let smallest0 = Infinity;
    let smallest1 = Infinity;
    for (let c = 0, centroid = 0; c < fours.length; centroid += 4) {
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      let sum4 = 0;
      let sum5 = 0;
      let sum6 = 0;
      let sum7 = 0;
      for (let x = x0; x < x0 + width; x++, c += 4) {
        const a = values[x]!;
        const b = values[x + offset]!;
        const c0 = fours[c]!;
        const c1 = fours[c + 1]!;
        const c2 = fours[c + 2]!;
        const c3 = fours[c + 3]!;
        const difference0 = a - c0;
        const difference1 = a - c1;
        const difference2 = a - c2;
        const difference3 = a - c3;
        const difference4 = b - c0;
        const difference5 = b - c1;
        const difference6 = b - c2;
        const difference7 = b - c3;
        sum0 += difference0 * difference0;
        sum1 += difference1 * difference1;
        sum2 += difference2 * difference2;
        sum3 += difference3 * difference3;
        sum4 += difference4 * difference4;
        sum5 += difference5 * difference5;
        sum6 += difference6 * difference6;
        sum7 += difference7 * difference7;
      }
      if (sum0 < smallest0) {
        smallest0 = sum0;
        nearest0 = centroid;
      }
      if (sum1 < smallest0) {
        smallest0 = sum1;
        nearest0 = centroid + 1;
      }
      if (sum2 < smallest0) {
        smallest0 = sum2;
        nearest0 = centroid + 2;
      }
      if (sum3 < smallest0) {
        smallest0 = sum3;
        nearest0 = centroid + 3;
      }
      if (sum4 < smallest1) {
        smallest1 = sum4;
        nearest1 = centroid;
      }
      if (sum5 < smallest1) {
        smallest1 = sum5;
        nearest1 = centroid + 1;
      }
      if (sum6 < smallest1) {
        smallest1 = sum6;
        nearest1 = centroid + 2;
      }
      if (sum7 < smallest1) {
        smallest1 = sum7;
        nearest1 = centroid + 3;
      }
    }
    labels[row] = nearest0;
    squares[row] = smallest0;
    if (offset === 0) continue;
    labels[row + 1] = nearest1;
    squares[row + 1] = smallest1;
  }
}

/** Squared distances of rows `from` … `to` − 1 from the centroids of their labels. */
export function squaresToOwn(values: Float64Array, width: number, from: number, to: number, centroids: Float64Array, labels: Int32Array, squares: Float64Array): void {
  for (let row = from; row < to; row++) squares[row] = squaredDistance(values, row * width, centroids, labels[row]! * width, width);
}

/** Fills `out` (rows × centroids, row after row) with Euclidean distances. */
export function fillDistances(values: Float64Array, width: number, rowCount: number, centroids: Float64Array, out: Float64Array): void {
  let at = 0;
  for (let row = 0; row < rowCount; row++) {
    for (let c = 0; c < centroids.length; c += width) out[at++] = Math.sqrt(squaredDistance(values, row * width, centroids, c, width));
  }
}

/** Sum of squared differences of `width` values of `a` from position `i` and of `b` from position `j`. */
export function squaredDistance(a: Float64Array, i: number, b: Float64Array, j: number, width: number): number {
  let sum = 0;
  for (let column = 0; column < width; column++) {
    const difference = a[i + column]! - b[j + column]!;
    sum += difference * difference;
  }
  return sum;
}
