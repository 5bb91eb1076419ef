/**
 * Every inner loop of k-means that reads rows: numbers in typed arrays in, results in typed arrays out, nothing checked or allocated.
 *
 * Distances are sums of direct squared differences in column order, never ‖x‖² − 2x·c + ‖c‖², which cancels far from zero.
 * The loops take several rows and centroids at a time, but the bits of each sum are those of the plain loop, so that all of them agree
 * on which centroid is nearest.
 *
 * Rows are gathered into the array that holds the centroids: engines look up the length and the place of each typed array again and again,
 * and with one array in place of two, the inner loop takes two thirds of the time. `| 0` spares a test for overflow at each index.
 */

/** Centroids in groups, and room for a block of rows. */
export interface StoredCentroids {
  /** Centroids, the same in fours, rows of a block, squared distances of two rows from all centroids of a group: one after the other. */
  readonly store: Float64Array;
  /** One row for each centroid: the beginning of `store`. */
  readonly centroids: Float64Array;
  /** Centroids four at a time: the first column of four centroids, the second column … The last ones are filled up with infinities. */
  readonly fours: Float64Array;
  /** Where in `store` the fours, the rows and the squared distances begin. */
  readonly foursAt: number;
  readonly rowsAt: number;
  readonly squaresAt: number;
  /** Centroids in a group: a multiple of four. */
  readonly groupSize: number;
  readonly groupCount: number;
}

/** What is known about the movements of centroids. */
export interface MovingCentroids extends StoredCentroids {
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
    readGroup(width, group, moving, bounds, block);
    operations += block.waitingCounts[group]! * moving.groupSize * width;
  }
  counts[0] = relabel(openCount, moving, bounds, block);
  counts[1] = operations;
}

/** Gathers the rows, computes the distance of each from its own centroid, and lines the row up for the groups whose bound is not above it. */
function testBounds(values: Float64Array, width: number, rowCount: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): number {
  const { store, rowsAt, drifts, groupCount, groupDrifts, groupGaps, slack } = moving;
  const { labels, thresholds, groupBounds } = bounds;
  const { rows, nearest, squares, open, waiting, waitingCounts } = block;
  waitingCounts.fill(0);
  let openCount = 0;
  for (let position = 0; position < rowCount; position++) {
    const row = rows[position]!;
    const own = labels[row]!;
    const square = gatherRow(values, row * width, store, rowsAt + position * width, own * width, width);
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

/** Copies a row into the store, and returns its squared distance from the centroid that lies there at `c`. */
function gatherRow(values: Float64Array, x: number, store: Float64Array, to: number, c: number, width: number): number {
  let sum = 0;
  let j = 0;
  for (; j + 2 <= width; j += 2, x = (x + 2) | 0, to = (to + 2) | 0, c = (c + 2) | 0) {
    const value0 = values[x]!;
    const value1 = values[(x + 1) | 0]!;
    const difference0 = value0 - store[c]!;
    const difference1 = value1 - store[(c + 1) | 0]!;
    store[to] = value0;
    store[(to + 1) | 0] = value1;
    sum = sum + difference0 * difference0 + difference1 * difference1;
  }
  if (j < width) {
    const value = values[x]!;
    const difference = value - store[c]!;
    store[to] = value;
    sum += difference * difference;
  }
  return sum;
}

/** Reads one group for all rows that wait for it, two at a time. */
function readGroup(width: number, group: number, moving: MovingCentroids, bounds: RowBounds, block: RowBlock): void {
  const { store, foursAt, rowsAt, squaresAt, groupSize } = moving;
  const { rows, waiting, waitingCounts } = block;
  const fours = foursAt + group * groupSize * width;
  const start = group * rows.length;
  const end = start + waitingCounts[group]!;
  for (let at = start; at < end; at += 2) {
    const position0 = waiting[at]!;
    const position1 = waiting[at + 1 < end ? at + 1 : at]!;
    squaresOfTwo(store, width, rowsAt + position0 * width, rowsAt + position1 * width, fours, groupSize, squaresAt);
    settle(position0, squaresAt, group, moving, bounds, block);
    if (position1 !== position0) settle(position1, squaresAt + groupSize, group, moving, bounds, block);
  }
}

/**
 * Squared distances of two rows of the store from `count` centroids, a multiple of four, that lie in fours at `c`: those of the first row to `out`,
 * those of the second behind them. Two rows and four centroids share their loads, and are eight independent chains of additions.
 */
function squaresOfTwo(store: Float64Array, width: number, x0: number, x1: number, c: number, count: number, out: number): void {
  const offset = (x1 - x0) | 0;
  const end = (x0 + width) | 0;
  const evenEnd = (end - (width & 1)) | 0;
  for (let member = 0; member < count; member += 4) {
    let sum0 = 0;
    let sum1 = 0;
    let sum2 = 0;
    let sum3 = 0;
    let sum4 = 0;
    let sum5 = 0;
    let sum6 = 0;
    let sum7 = 0;
    let x = x0;
    // Each difference is squared at once: more of them alive than registers would send sums to memory.
    for (; x < evenEnd; x = (x + 2) | 0, c = (c + 8) | 0) {
      const a0 = store[x]!;
      const b0 = store[(x + offset) | 0]!;
      let center = store[c]!;
      let difference = a0 - center;
      sum0 += difference * difference;
      difference = b0 - center;
      sum4 += difference * difference;
      center = store[(c + 1) | 0]!;
      difference = a0 - center;
      sum1 += difference * difference;
      difference = b0 - center;
      sum5 += difference * difference;
      center = store[(c + 2) | 0]!;
      difference = a0 - center;
      sum2 += difference * difference;
      difference = b0 - center;
      sum6 += difference * difference;
      center = store[(c + 3) | 0]!;
      difference = a0 - center;
      sum3 += difference * difference;
      difference = b0 - center;
      sum7 += difference * difference;
      const a1 = store[(x + 1) | 0]!;
      const b1 = store[(x + offset + 1) | 0]!;
      center = store[(c + 4) | 0]!;
      difference = a1 - center;
      sum0 += difference * difference;
      difference = b1 - center;
      sum4 += difference * difference;
      center = store[(c + 5) | 0]!;
      difference = a1 - center;
      sum1 += difference * difference;
      difference = b1 - center;
      sum5 += difference * difference;
      center = store[(c + 6) | 0]!;
      difference = a1 - center;
      sum2 += difference * difference;
      difference = b1 - center;
      sum6 += difference * difference;
      center = store[(c + 7) | 0]!;
      difference = a1 - center;
      sum3 += difference * difference;
      difference = b1 - center;
      sum7 += difference * difference;
    }
    if (x < end) {
      const a = store[x]!;
      const b = store[(x + offset) | 0]!;
      sum0 += (a - store[c]!) * (a - store[c]!);
      sum1 += (a - store[c + 1]!) * (a - store[c + 1]!);
      sum2 += (a - store[c + 2]!) * (a - store[c + 2]!);
      sum3 += (a - store[c + 3]!) * (a - store[c + 3]!);
      sum4 += (b - store[c]!) * (b - store[c]!);
      sum5 += (b - store[c + 1]!) * (b - store[c + 1]!);
      sum6 += (b - store[c + 2]!) * (b - store[c + 2]!);
      sum7 += (b - store[c + 3]!) * (b - store[c + 3]!);
      c += 4;
    }
    store[out + member] = sum0;
    store[out + member + 1] = sum1;
    store[out + member + 2] = sum2;
    store[out + member + 3] = sum3;
    store[out + count + member] = sum4;
    store[out + count + member + 1] = sum5;
    store[out + count + member + 2] = sum6;
    store[out + count + member + 3] = sum7;
  }
}

/** Takes in the squared distances (at `first` in the store) of one row from one group: its nearest centroid so far, and the bound of the group. */
function settle(position: number, first: number, group: number, moving: MovingCentroids, { groupBounds }: RowBounds, { rows, nearest, squares }: RowBlock): void {
  const { store, groupSize, groupCount, groupDrifts, slack } = moving;
  const row = rows[position]!;
  const own = nearest[position]!;
  const ownSquare = squares[position]!;
  const firstMember = group * groupSize;
  const isInGroup = own >= firstMember && own < firstMember + groupSize;
  if (isInGroup) store[first + own - firstMember] = Infinity;
  let found = -1;
  let smallest = Infinity;
  for (let i = 0; i < groupSize; i++) {
    const square = store[first + i]!;
    if (square < smallest) {
      smallest = square;
      found = i;
    }
  }
  let bound = smallest;
  if (smallest < ownSquare || (smallest === ownSquare && firstMember + found < own)) {
    nearest[position] = firstMember + found;
    squares[position] = smallest;
    store[first + found] = isInGroup ? ownSquare : Infinity;
    bound = Infinity;
    for (let i = 0; i < groupSize; i++) if (store[first + i]! < bound) bound = store[first + i]!;
    if (!isInGroup) {
      const other = Math.floor(own / groupSize);
      const at = row * groupCount + other;
      groupBounds[at] = Math.min(groupBounds[at]!, lowered(Math.sqrt(ownSquare), groupDrifts[other]!, slack));
    }
  }
  groupBounds[row * groupCount + group] = lowered(Math.sqrt(bound), groupDrifts[group]!, slack);
}

/**
 * Gives rows `from` … `to` − 1 to their nearest centroids, ties to the lowest index, and stores the squared distances; at most as many rows as
 * the store has room for. A row that is at no finite distance from any centroid (it holds NaN or an infinity, or its squares overflow) gets label −1.
 */
export function assignNearest(values: Float64Array, width: number, from: number, to: number, { store, foursAt, rowsAt, squaresAt, groupSize, groupCount }: StoredCentroids, labels: Int32Array, squares: Float64Array): void {
  store.set(values.subarray(from * width, to * width), rowsAt);
  labels.fill(-1, from, to);
  squares.fill(Infinity, from, to);
  for (let row = from; row < to; row += 2) {
    const x = rowsAt + (row - from) * width;
    const isPair = row + 1 < to;
    for (let group = 0; group < groupCount; group++) {
      const first = group * groupSize;
      squaresOfTwo(store, width, x, isPair ? x + width : x, foursAt + first * width, groupSize, squaresAt);
      takeNearest(store, squaresAt, groupSize, first, row, labels, squares);
      if (isPair) takeNearest(store, squaresAt + groupSize, groupSize, first, row + 1, labels, squares);
    }
  }
}

function takeNearest(store: Float64Array, at: number, count: number, first: number, row: number, labels: Int32Array, squares: Float64Array): void {
  let smallest = squares[row]!;
  let found = -1;
  for (let i = 0; i < count; i++) {
    if (store[at + i]! < smallest) {
      smallest = store[at + i]!;
      found = first + i;
    }
  }
  if (found < 0) return;
  labels[row] = found;
  squares[row] = smallest;
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
  let column = 0;
  for (; column + 4 <= width; column += 4, i += 4, j += 4) {
    const difference0 = a[i]! - b[j]!;
    const difference1 = a[(i + 1) | 0]! - b[(j + 1) | 0]!;
    const difference2 = a[(i + 2) | 0]! - b[(j + 2) | 0]!;
    const difference3 = a[(i + 3) | 0]! - b[(j + 3) | 0]!;
    sum = sum + difference0 * difference0 + difference1 * difference1 + difference2 * difference2 + difference3 * difference3;
  }
  for (; column < width; column++, i++, j++) {
    const difference = a[i]! - b[j]!;
    sum += difference * difference;
  }
  return sum;
}
