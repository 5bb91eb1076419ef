import type { RandomStream } from "../../numeric/random/random-stream";
import type { Progress, Steps } from "../../steps/steps";
import { createPartition, exchangePoints, measureCosts, swapCentroid, takeMeans, type Partition } from "./exchange";
import type { PointSet } from "./point-set";
import type { SliceMeter } from "./slice-meter";

/**
 * What the search after one start may cost: so many squared differences for each number of the points, which is 30 to 60 looks at each point
 * for k from 10 down to 5, but no more than this. So the effort for each point falls as points become many, and at last none is made.
 */
const OPERATIONS_PER_VALUE = 300;
const MOST_OPERATIONS = 4_000_000;

/** Points between two questions whether the slice is over, in squared differences. */
const OPERATIONS_PER_QUESTION = 100_000;

/** Looks for better clusters of few points than a start and Lloyd's iteration have led to: single points change their cluster, centroids their place. */
export class Search {
  readonly #points: PointSet;
  readonly #meter: SliceMeter;
  readonly #newCosts: Float64Array;
  #current: Partition;
  #trial: Partition;
  #left = 0;

  constructor(points: PointSet, k: number, meter: SliceMeter) {
    this.#points = points;
    this.#meter = meter;
    this.#current = createPartition(points, k);
    this.#trial = createPartition(points, k);
    this.#newCosts = new Float64Array(points.rowCount);
  }

  /** Centroids of inertia no larger than that of the given clusters, of which none is empty. */
  *improveSteps(labels: Int32Array, random: RandomStream, progress: Progress): Steps<Float64Array> {
    const { rowCount, width } = this.#points;
    this.#left = Math.min(OPERATIONS_PER_VALUE * rowCount * width, MOST_OPERATIONS);
    this.#current.labels.set(labels);
    takeMeans(this.#points, this.#current);
    yield* this.#exchange(this.#current, progress);
    let inertia = yield* this.#measure(this.#current, progress);
    while (this.#left > 0 && inertia > 0) {
      const isPossible = swapCentroid(this.#points, this.#current, random, this.#newCosts, this.#trial);
      if (this.#spend(rowCount * width * 2)) yield progress;
      if (!isPossible) continue;
      yield* this.#exchange(this.#trial, progress);
      const found = yield* this.#measure(this.#trial, progress);
      if (found >= inertia) continue;
      inertia = found;
      [this.#current, this.#trial] = [this.#trial, this.#current];
    }
    return this.#current.centroids.slice();
  }

  /** Goes round the points until none moves, or the search has cost enough. */
  *#exchange(partition: Partition, progress: Progress): Steps<void> {
    const { rowCount } = this.#points;
    const operationsPerRow = partition.centroids.length;
    const blockRows = Math.max(1, Math.floor(OPERATIONS_PER_QUESTION / operationsPerRow));
    let unmoved = 0;
    while (this.#left > 0) {
      for (let from = 0; from < rowCount; from += blockRows) {
        const to = Math.min(rowCount, from + blockRows);
        const last = exchangePoints(this.#points, from, to, partition);
        unmoved = last < 0 ? unmoved + to - from : to - 1 - last;
        if (this.#spend((to - from) * operationsPerRow)) yield progress;
        if (unmoved >= rowCount) return;
      }
    }
  }

  *#measure(partition: Partition, progress: Progress): Steps<number> {
    const { rowCount } = this.#points;
    const operationsPerRow = partition.centroids.length;
    const blockRows = Math.max(1, Math.floor(OPERATIONS_PER_QUESTION / operationsPerRow));
    let inertia = 0;
    for (let from = 0; from < rowCount; from += blockRows) {
      const to = Math.min(rowCount, from + blockRows);
      inertia += measureCosts(this.#points, from, to, partition);
      if (this.#spend((to - from) * operationsPerRow)) yield progress;
    }
    return inertia;
  }

  #spend(operations: number): boolean {
    this.#left -= operations;
    return this.#meter.spend(operations);
  }
}
