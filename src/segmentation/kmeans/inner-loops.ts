/**
 * Every inner loop of k-means that reads rows: numbers in typed arrays in, results in typed arrays out, nothing checked or allocated.
 *
 * Distances are sums of direct squared differences in column order, never ‖x‖² − 2x·c + ‖c‖², which cancels far from zero.
 * The loops take several rows and centroids at a time, but the bits of each sum are those of the plain loop, so that all of them agree
 * on which centroid is nearest.
 *
 * `| 0` and `Math.imul` spare tests for overflow at each index.
 */

/** Centroids, and room for a block of rows. */
export interface StoredCentroids {
  readonly centroids: Float64Array;
  /** Centroids four at a time: the first column of four centroids, the second column … The last ones are filled up with infinities. */
  readonly fours: Float64Array;
  /** Centroids with those that fill up the fours. */
  readonly filledCount: number;
}

/** Centroids and what is known about their movements. Without groups (`groupCount` 0) no bound is kept for any. */
export interface MovingCentroids extends StoredCentroids {
  /** Centroids in a group: a multiple of four. */
  readonly groupSize: number;
  readonly groupCount: number;
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
  /**
   * For each row its threshold and its cluster; then for each centroid its drift: all its own movements so far, and with each
   * the largest one among the other centroids; then room for the places of a block of rows in `state`. While its threshold is above the
   * drift of its centroid, a row stays where it is.
   *
   * One array of whole numbers, as the test of it all is what each row costs in each iteration: engines look up
   * the length and the place of each array again and again, and a comparison of fractions would be a branch that nobody can predict.
   */
  readonly state: Int32Array;
  readonly driftsAt: number;
  readonly blockAt: number;
  /** Thresholds and drifts are distances times this, rounded down and up. */
  readonly unitsPerDistance: number;
  /** Rows × groups: distance to the nearest centroid of the group other than the row's own, or less, plus the drift of the group when that was so. */
  readonly groupBounds: Float64Array;
}

/** Scratch for a block of rows, and what came of it. */
export interface RowBlock {
  readonly rowCount: number;
  /** Squared distances of rows from all centroids, or of two rows from those of a group. */
  readonly squares: Float64Array;
  /** With groups, of rows that may have changed their cluster: the nearest centroid so far with the squared distance. */
  readonly nearest: Int32Array;
  readonly nearestSquares: Float64Array;
  /** Positions in the block of those for which at least one group had to be read. */
  readonly open: Int32Array;
  /** Groups × rows: positions of those for which the group has to be read, and how many. */
  readonly waiting: Int32Array;
  readonly waitingCounts: Int32Array;
  /** Out: rows that changed their cluster, and the cluster that they left. */
  readonly changed: Int32Array;
  readonly left: Int32Array;
  /** Out: how many changed, and what it all cost in squared differences. */
  readonly counts: Int32Array;
}

/** No threshold is larger, and no drift may become so: their sum is a 32-bit number. */
export const MOST_UNITS = 2 ** 30 - 1;

/** Absolute error that bounds are allowed: squares next to the smallest doubles have few digits. */
export const TINY = 1e-150;

/** 64 bytes. */
const VALUES_PER_CACHE_LINE = 8;

/** Lists the rows whose threshold is not above the drift of their centroid; returns how many. */
export function findCandidates(from: number, to: number, { state, driftsAt, blockAt }: RowBounds): number {
  let next = blockAt | 0;
  const end = to << 1;
  for (let at = from << 1; at < end; at = (at + 2) | 0) {
    state[next] = at;
    // The sign of threshold − drift − 1: no branch, as nothing predicts which rows fail.
    next = (next + ((state[at]! - state[(driftsAt + state[(at + 1) | 0]!) | 0]! - 1) >>> 31)) | 0;
  }
  return next - blockAt;
}

/** Reads something of each cache line of the rows, so that the processor waits for many of them at once and not for one after the other. */
export function touchRows(values: Float64Array, width: number, rowCount: number, { state, blockAt }: RowBounds, { squares }: RowBlock): void {
  let sum = 0;
  for (let position = 0; position < rowCount; position++) {
    const x = Math.imul(state[(blockAt + position) | 0]! >> 1, width);
    for (let j = 0; j < width; j = (j + VALUES_PER_CACHE_LINE) | 0) sum += values[(x + j) | 0]!;
    sum += values[(x + width - 1) | 0]!;
  }
  // What nobody uses is not read. The squared distances come later.
  squares[0] = sum;
}

/** Squared distances of the listed rows from all centroids. */
export function squaresOfRows(values: Float64Array, width: number, rowCount: number, { fours, filledCount }: MovingCentroids, { state, blockAt }: RowBounds, { squares }: RowBlock): void {
  for (let position = 0; position < rowCount; position += 2) {
    const x0 = Math.imul(state[blockAt + position]! >> 1, width);
    const x1 = position + 1 < rowCount ? Math.imul(state[blockAt + position + 1]! >> 1, width) : x0;
    squaresOfTwo(values, width, x0, x1, fours, 0, filledCount, squares, position * filledCount);
  }
}

/** Gives the listed rows the nearest of all centroids and new thresholds; returns how many clusters changed. */
export function choose(rowCount: number, { filledCount, slack }: MovingCentroids, { state, driftsAt, blockAt, unitsPerDistance }: RowBounds, { squares, changed, left }: RowBlock): number {
  let changedCount = 0;
  for (let position = 0; position < rowCount; position++) {
    const at = state[(blockAt + position) | 0]!;
    const own = state[(at + 1) | 0]!;
    const first = Math.imul(position, filledCount);
    // The own one first: mostly it is the nearest, and then one comparison is enough for most others.
    let nearest = own;
    let smallest = squares[first + own]!;
    let second = Infinity;
    squares[first + own] = Infinity;
    for (let i = 0; i < filledCount; i++) {
      const square = squares[(first + i) | 0]!;
      if (square >= second) continue;
      if (square < smallest || (square === smallest && i < nearest)) {
        second = smallest;
        smallest = square;
        nearest = i;
      } else second = square;
    }
    state[at] = thresholdOf(Math.sqrt(second), Math.sqrt(smallest), slack, unitsPerDistance) + state[(driftsAt + nearest) | 0]!;
    state[(at + 1) | 0] = nearest;
    changed[changedCount] = at >> 1;
    left[changedCount] = own;
    changedCount = (changedCount + Number(nearest !== own)) | 0;
  }
  return changedCount;
}

/** How far the nearest other centroid is beyond the own one, in units and less what rounding may have added. */
export function thresholdOf(other: number, own: number, slack: number, unitsPerDistance: number): number {
  return Math.floor(Math.min(MOST_UNITS, (other * (1 - slack) - own * (1 + slack) - TINY) * unitsPerDistance));
}

/**
 * Squared distances of two rows (at `x0` and `x1`) from `count` centroids, a multiple of four, that lie in fours at `c`: those of the first row to
 * `out`, those of the second behind them. Two rows and four centroids share their loads, and are eight independent chains of additions.
 */
export function squaresOfTwo(values: Float64Array, width: number, x0: number, x1: number, fours: Float64Array, c: number, count: number, squares: Float64Array, out: number): void {
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
      const a0 = values[x]!;
      const b0 = values[(x + offset) | 0]!;
      let center = fours[c]!;
      let difference = a0 - center;
      sum0 += difference * difference;
      difference = b0 - center;
      sum4 += difference * difference;
      center = fours[(c + 1) | 0]!;
      difference = a0 - center;
      sum1 += difference * difference;
      difference = b0 - center;
      sum5 += difference * difference;
      center = fours[(c + 2) | 0]!;
      difference = a0 - center;
      sum2 += difference * difference;
      difference = b0 - center;
      sum6 += difference * difference;
      center = fours[(c + 3) | 0]!;
      difference = a0 - center;
      sum3 += difference * difference;
      difference = b0 - center;
      sum7 += difference * difference;
      const a1 = values[(x + 1) | 0]!;
      const b1 = values[(x + offset + 1) | 0]!;
      center = fours[(c + 4) | 0]!;
      difference = a1 - center;
      sum0 += difference * difference;
      difference = b1 - center;
      sum4 += difference * difference;
      center = fours[(c + 5) | 0]!;
      difference = a1 - center;
      sum1 += difference * difference;
      difference = b1 - center;
      sum5 += difference * difference;
      center = fours[(c + 6) | 0]!;
      difference = a1 - center;
      sum2 += difference * difference;
      difference = b1 - center;
      sum6 += difference * difference;
      center = fours[(c + 7) | 0]!;
      difference = a1 - center;
      sum3 += difference * difference;
      difference = b1 - center;
      sum7 += difference * difference;
    }
    if (x < end) {
      const a = values[x]!;
      const b = values[(x + offset) | 0]!;
      sum0 += (a - fours[c]!) * (a - fours[c]!);
      sum1 += (a - fours[c + 1]!) * (a - fours[c + 1]!);
      sum2 += (a - fours[c + 2]!) * (a - fours[c + 2]!);
      sum3 += (a - fours[c + 3]!) * (a - fours[c + 3]!);
      sum4 += (b - fours[c]!) * (b - fours[c]!);
      sum5 += (b - fours[c + 1]!) * (b - fours[c + 1]!);
      sum6 += (b - fours[c + 2]!) * (b - fours[c + 2]!);
      sum7 += (b - fours[c + 3]!) * (b - fours[c + 3]!);
      c += 4;
    }
    squares[out + member] = sum0;
    squares[out + member + 1] = sum1;
    squares[out + member + 2] = sum2;
    squares[out + member + 3] = sum3;
    squares[out + count + member] = sum4;
    squares[out + count + member + 1] = sum5;
    squares[out + count + member + 2] = sum6;
    squares[out + count + member + 3] = sum7;
  }
}

/**
 * Gives rows `from` … `to` − 1 to their nearest centroids, ties to the lowest index, and stores the squared distances.
 * A row that is at no finite distance from any centroid (it holds NaN or an infinity, or its squares overflow) gets label −1.
 *
 * @param scratch - room for two rows of squared distances
 */
export function assignNearest(values: Float64Array, width: number, from: number, to: number, { fours, filledCount }: StoredCentroids, scratch: Float64Array, labels: Int32Array, squares: Float64Array): void {
  for (let row = from; row < to; row += 2) {
    const isPair = row + 1 < to;
    squaresOfTwo(values, width, row * width, (isPair ? row + 1 : row) * width, fours, 0, filledCount, scratch, 0);
    takeNearest(scratch, 0, filledCount, row, labels, squares);
    if (isPair) takeNearest(scratch, filledCount, filledCount, row + 1, labels, squares);
  }
}

function takeNearest(scratch: Float64Array, at: number, count: number, row: number, labels: Int32Array, squares: Float64Array): void {
  let smallest = Infinity;
  let found = -1;
  for (let i = 0; i < count; i++) {
    if (scratch[at + i]! < smallest) {
      smallest = scratch[at + i]!;
      found = i;
    }
  }
  labels[row] = found;
  squares[row] = smallest;
}

/** Squared distances of rows `from` … `to` − 1 from the centroids of their clusters. */
export function squaresToOwn(values: Float64Array, width: number, from: number, to: number, centroids: Float64Array, { state }: RowBounds, squares: Float64Array): void {
  for (let row = from; row < to; row++) squares[row] = squaredDistance(values, row * width, centroids, state[2 * row + 1]! * width, width);
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
