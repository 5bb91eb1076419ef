import { sumOf } from "../../numeric/statistics/compensated-sum";
import type { Progress, Steps } from "../../steps/steps";
import { ExactSums } from "./exact-sums";
import { assignNearest, squaresToOwn, type MovingCentroids, type RowBlock, type RowBounds } from "./inner-loops";
import { addMovements, createMovingCentroids, measureGaps, placeCentroids } from "./moving-centroids";
import type { PointSet } from "./point-set";
import { reassignRows } from "./reassign";
import type { SliceMeter } from "./slice-meter";
import type { KMeansStatus } from "./spec";
import { fillFours } from "./stored-centroids";

/** Where a run ended, no cluster being empty. `sizes`, `weights` and `inertia` belong to the nearest-centroid labels of exactly these centroids. */
export interface LloydRun {
  readonly centroids: Float64Array;
  /** Rows in each cluster. */
  readonly sizes: Int32Array;
  /** Sums of their weights. */
  readonly weights: Float64Array;
  readonly inertia: number;
  readonly iterations: number;
  readonly status: KMeansStatus;
}

/** When a run ends that would go on. */
export interface LloydLimits {
  readonly maxIterations: number;
  /** The run has converged when the squared shifts of all centroids together are at most this. */
  readonly squaredTolerance: number;
}

/** A block of rows and their squared distances from all centroids: few enough numbers for the second-level cache. */
const BLOCK_VALUES = 16_384;
const MOST_BLOCK_ROWS = 1024;

/** The diagonal of the box around all rows in units: thresholds are as fine as this, and centroids may move four times as far. */
const UNITS = 2 ** 28;

/** What adding a number to an exact sum costs, in squared differences. */
const OPERATIONS_PER_SUM = 4;

/** Points, room for k clusters of them, and scratch: made once for all runs of a fit. */
export class Lloyd {
  /** The clusters of the rows at the end of the last run, and the squared distances from their centroids. */
  readonly labels: Int32Array;
  readonly squares: Float64Array;
  readonly #points: PointSet;
  readonly #meter: SliceMeter;
  readonly #moving: MovingCentroids;
  readonly #bounds: RowBounds;
  readonly #block: RowBlock;
  readonly #sums: ExactSums;

  constructor(points: PointSet, k: number, meter: SliceMeter) {
    const { rowCount, width } = points;
    this.#points = points;
    this.#meter = meter;
    this.#moving = createMovingCentroids(k, width);
    this.#sums = new ExactSums(k, points.largest, rowCount, points.weights !== undefined);
    this.labels = new Int32Array(rowCount);
    this.squares = new Float64Array(rowCount);
    const { filledCount, groupCount } = this.#moving;
    const fitting = Math.floor(BLOCK_VALUES / (width + filledCount));
    const blockRows = Math.max(1, Math.min(MOST_BLOCK_ROWS, fitting, rowCount, meter.rowsPerSlice(filledCount * width)));
    const driftsAt = 2 * rowCount;
    this.#bounds = {
      state: new Int32Array(driftsAt + k + blockRows + 1),
      driftsAt,
      blockAt: driftsAt + k,
      // Where all rows are equal, or so near to each other that their squares vanish, any unit will do.
      unitsPerDistance: UNITS / Math.max(points.diameter, 1e-200),
      groupBounds: new Float64Array(rowCount * groupCount),
    };
    const groupRows = groupCount === 0 ? 0 : blockRows;
    this.#block = {
      rowCount: blockRows,
      squares: new Float64Array((blockRows + 1) * filledCount),
      nearest: new Int32Array(groupRows),
      nearestSquares: new Float64Array(groupRows),
      open: new Int32Array(groupRows),
      waiting: new Int32Array(groupRows * groupCount),
      waitingCounts: new Int32Array(groupCount),
      changed: new Int32Array(blockRows + 1),
      left: new Int32Array(blockRows + 1),
      counts: new Int32Array(2),
    };
  }

  /**
   * Lloyd's iteration (Lloyd 1982): rows go to their nearest centroids, centroids to the means of their rows, until
   * no row changes its cluster or the centroids stand (nearly) still. With `maxIterations` 0 only the labels are found.
   *
   * Every step is that of the plain iteration, bit for bit: bounds only spare distances that cannot matter, and sums are exact.
   */
  *run(start: Float64Array, { maxIterations, squaredTolerance }: LloydLimits, phase: string): Steps<LloydRun> {
    placeCentroids(this.#moving, this.#bounds, start);
    this.#sums.clear();

    let iterations = 0;
    let converged = false;
    while (!converged && iterations < maxIterations) {
      const progress: Progress = { phase, done: iterations, total: maxIterations };
      iterations++;
      yield* this.#measure(progress);
      const changed = yield* this.#reassign(progress, iterations === 1);
      if (changed === 0) {
        converged = true;
        break;
      }
      if (this.#sums.counts.includes(0)) yield* this.#relocate(progress);
      converged = this.#moveCentroids() <= squaredTolerance;
    }
    return yield* this.#finish(converged, { phase, done: iterations, total: maxIterations });
  }

  /** Prepares the centroids for the inner loops. */
  *#measure(progress: Progress): Steps<void> {
    const { centroids, movements } = this.#moving;
    addMovements(this.#moving, this.#bounds);
    for (let centroid = 0; centroid < movements.length; centroid++) {
      measureGaps(this.#moving, centroid);
      if (this.#meter.spend(centroids.length)) yield progress;
    }
  }

  /** Brings labels and sums up to date; returns how many rows changed their cluster, of the first iteration all. */
  *#reassign(progress: Progress, isFirst: boolean): Steps<number> {
    const { values, weights, rowCount, width } = this.#points;
    const { state } = this.#bounds;
    const { rowCount: blockRows, changed, left, counts } = this.#block;
    let total = 0;
    for (let from = 0; from < rowCount; from += blockRows) {
      const to = Math.min(rowCount, from + blockRows);
      if (isFirst) this.#forget(from, to);
      reassignRows(values, width, from, to, this.#moving, this.#bounds, this.#block);
      const moved = isFirst ? to - from : counts[0]!;
      if (isFirst) for (let row = from; row < to; row++) this.#sums.add(values, weights, row, state[2 * row + 1]!);
      else for (let i = 0; i < moved; i++) this.#sums.move(values, weights, changed[i]!, left[i]!, state[2 * changed[i]! + 1]!);
      total += moved;
      if (this.#meter.spend(counts[1]! + moved * (width + 1) * OPERATIONS_PER_SUM)) yield progress;
    }
    return total;
  }

  /** Nothing is known about the rows: any cluster will do, and no bound holds. */
  #forget(from: number, to: number): void {
    const { state, groupBounds } = this.#bounds;
    const { groupCount } = this.#moving;
    for (let row = from; row < to; row++) {
      state[2 * row] = -1;
      state[2 * row + 1] = 0;
    }
    groupBounds.fill(-Infinity, from * groupCount, to * groupCount);
  }

  /**
   * Gives every empty cluster, in order, the row that is farthest from its centroid and not alone in its cluster
   * (the first of equally far ones). Each such row lowers the inertia, so the iteration cannot cycle.
   */
  *#relocate(progress: Progress): Steps<void> {
    const { values, weights, rowCount } = this.#points;
    const { counts } = this.#sums;
    const { state, groupBounds } = this.#bounds;
    const { groupCount } = this.#moving;
    yield* this.#squaresToOwn(progress);
    for (let empty = counts.indexOf(0); empty >= 0; empty = counts.indexOf(0, empty + 1)) {
      let farthest = -1;
      let largest = -1;
      for (let row = 0; row < rowCount; row++) {
        if (this.squares[row]! > largest && counts[state[2 * row + 1]!]! > 1) {
          farthest = row;
          largest = this.squares[row]!;
        }
      }
      this.#sums.move(values, weights, farthest, state[2 * farthest + 1]!, empty);
      state[2 * farthest] = -1;
      state[2 * farthest + 1] = empty;
      groupBounds.fill(-Infinity, farthest * groupCount, (farthest + 1) * groupCount);
      if (this.#meter.spend(rowCount)) yield progress;
    }
  }

  /** Moves the centroids to the means of their rows; returns the sum of their squared shifts. */
  #moveCentroids(): number {
    const { centroids, movements, slack } = this.#moving;
    const { width } = this.#points;
    let squaredShift = 0;
    for (let cluster = 0; cluster < movements.length; cluster++) {
      let square = 0;
      for (let j = 0; j < width; j++) {
        const mean = this.#sums.mean(cluster, j);
        const shift = mean - centroids[cluster * width + j]!;
        centroids[cluster * width + j] = mean;
        square += shift * shift;
      }
      movements[cluster] = Math.sqrt(square) * (1 + slack);
      squaredShift += square;
    }
    return squaredShift;
  }

  /** One full assignment, whatever the bounds say; a centroid that a run which was stopped left without rows is moved until none is. */
  *#finish(converged: boolean, progress: Progress): Steps<LloydRun> {
    const { weights } = this.#points;
    const { centroids } = this.#moving;
    let sizes = yield* this.#assignAll(progress);
    for (let empty = sizes.indexOf(0); empty >= 0 && this.#moveToFarthestRow(empty); empty = sizes.indexOf(0)) sizes = yield* this.#assignAll(progress);
    return {
      centroids: centroids.slice(),
      sizes,
      weights: weights === undefined ? Float64Array.from(sizes) : weightsOf(this.labels, weights, sizes.length),
      inertia: sumOf(weights === undefined ? this.squares : this.squares.map((square, row) => square * weights[row]!)),
      iterations: progress.done,
      status: converged ? "converged" : "iterationLimit",
    };
  }

  /** Assigns all rows to their nearest centroids, reading all of both; returns the sizes of the clusters. */
  *#assignAll(progress: Progress): Steps<Int32Array> {
    const { values, rowCount, width } = this.#points;
    const { movements, fours } = this.#moving;
    const { rowCount: blockRows, squares: scratch } = this.#block;
    const sizes = new Int32Array(movements.length);
    fillFours(this.#moving, width);
    for (let from = 0; from < rowCount; from += blockRows) {
      const to = Math.min(rowCount, from + blockRows);
      assignNearest(values, width, from, to, this.#moving, scratch, this.labels, this.squares);
      for (let row = from; row < to; row++) sizes[this.labels[row]!]!++;
      if (this.#meter.spend((to - from) * fours.length)) yield progress;
    }
    return sizes;
  }

  *#squaresToOwn(progress: Progress): Steps<void> {
    const { values, rowCount, width } = this.#points;
    const blockRows = this.#block.rowCount;
    for (let from = 0; from < rowCount; from += blockRows) {
      const to = Math.min(rowCount, from + blockRows);
      squaresToOwn(values, width, from, to, this.#moving.centroids, this.#bounds, this.squares);
      if (this.#meter.spend((to - from) * width)) yield progress;
    }
  }

  /**
   * Moves an empty cluster's centroid onto the row that is farthest from its own (the first of equally far ones). That lowers the inertia
   * and moves no other centroid, so doing it again and again ends. False where every row is at distance 0, which k distinct rows rule out
   * (unless squares of their distances are next to 0 as a double).
   */
  #moveToFarthestRow(empty: number): boolean {
    const { values, width } = this.#points;
    let farthest = 0;
    for (let row = 1; row < this.squares.length; row++) if (this.squares[row]! > this.squares[farthest]!) farthest = row;
    if (this.squares[farthest] === 0) return false;
    this.#moving.centroids.set(values.subarray(farthest * width, (farthest + 1) * width), empty * width);
    return true;
  }
}

function weightsOf(labels: Int32Array, weights: Float64Array, k: number): Float64Array {
  const sums = new Float64Array(k);
  for (let row = 0; row < labels.length; row++) sums[labels[row]!]! += weights[row]!;
  return sums;
}
