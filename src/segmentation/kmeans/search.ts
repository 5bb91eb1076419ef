import type { RandomStream } from "../../numeric/random/random-stream";
import type { Progress, Steps } from "../../steps/steps";
import { createPartition, exchangePoints, measureCosts, swapCentroid, takeMeans, type Partition } from "./exchange";
import type { PointSet } from "./point-set";
import type { SliceMeter } from "./slice-meter";

/**
 * What the swaps may cost for each start, in squared differences: so many for each number of the points (which is 30 to 60 looks at each
 * point for k from 10 down to 5), but no more than the second figure. So the effort for each point falls as points become many.
 */
const OPERATIONS_PER_VALUE = 300;
const MOST_OPERATIONS = 4_000_000;

/** What moves of single points may cost after each start. */
const EXCHANGE_OPERATIONS = 8_000_000;

/** Squared differences between two questions whether the slice is over. */
const OPERATIONS_PER_QUESTION = 100_000;

/** Makes clusters of few points better than Lloyd's iteration leaves them: single points change their cluster, centroids their place. */
export class Search {
  readonly #points: PointSet;
  readonly #meter: SliceMeter;
  readonly #newCosts: Float64Array;
  #current: Partition;
  #trial: Partition;
  /** What may still be spent. */
  #left = 0;

  constructor(points: PointSet, k: number, meter: SliceMeter) {
    this.#points = points;
    this.#meter = meter;
    this.#current = createPartition(points, k);
    this.#trial = createPartition(points, k);
    this.#newCosts = new Float64Array(points.rowCount);
  }

  /** Centroids after moves of single points, from clusters of which none is empty. */
  *exchangeSteps(labels: Int32Array, progress: Progress): Steps<Float64Array> {
    this.#left = EXCHANGE_OPERATIONS;
    this.#current.labels.set(labels);
    takeMeans(this.#points, this.#current);
    yield* this.#exchange(this.#current, progress);
    return this.#current.centroids.slice();
  }

  /** Centroids after swaps, each followed by moves of single points and kept if it lowers the inertia; as many as `starts` starts pay for. */
  *swapSteps(centroids: Float64Array, starts: number, random: RandomStream, progress: Progress): Steps<Float64Array> {
    const { rowCount, width } = this.#points;
    this.#left = Math.min(OPERATIONS_PER_VALUE * rowCount * width, MOST_OPERATIONS) * starts;
    this.#current.centroids.set(centroids);
    let inertia = yield* this.#measure(this.#current, progress);
    while (this.#left > 0 && inertia > 0) {
      const isPossible = swapCentroid(this.#points, this.#current, random, this.#newCosts, this.#trial);
      if (this.#spend(2 * rowCount * width)) yield progress;
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
    let unmoved = 0;
    while (this.#left > 0) {
      for (let from = 0; from < rowCount; from += this.#blockRows) {
        const to = Math.min(rowCount, from + this.#blockRows);
        const last = exchangePoints(this.#points, from, to, partition);
        unmoved = last < 0 ? unmoved + to - from : to - 1 - last;
        if (this.#spend((to - from) * partition.centroids.length)) yield progress;
        if (unmoved >= rowCount) return;
      }
    }
  }

  *#measure(partition: Partition, progress: Progress): Steps<number> {
    const { rowCount } = this.#points;
    let inertia = 0;
    for (let from = 0; from < rowCount; from += this.#blockRows) {
      const to = Math.min(rowCount, from + this.#blockRows);
      inertia += measureCosts(this.#points, from, to, partition);
      if (this.#spend((to - from) * partition.centroids.length)) yield progress;
    }
    return inertia;
  }

  get #blockRows(): number {
    return Math.max(1, Math.floor(OPERATIONS_PER_QUESTION / this.#current.centroids.length));
  }

  #spend(operations: number): boolean {
    this.#left -= operations;
    return this.#meter.spend(operations);
  }
}
