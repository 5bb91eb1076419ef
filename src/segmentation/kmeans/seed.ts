import { kmeansGenerator } from "ml-kmeans";
import { RandomStream } from "../../numeric/random/random-stream";
import type { Steps } from "../../steps/steps";
import { greedyStartSteps } from "./greedy-start";
import { Lloyd, type LloydLimits } from "./lloyd";
import { centredPoints, samplePointsSteps, type PointSet } from "./point-set";
import { Search } from "./search";
import { SLICE_OPERATIONS, type SliceMeter } from "./slice-meter";
import { rowsOf, type KMeansStatus } from "./spec";

/**
 * Starts are looked for among at most this many rows, or this many for each cluster: the rest is left to Lloyd's iteration on all rows.
 * With half as many for each cluster, k = 100 and 200 ended 1 to 6 % higher in inertia.
 */
const SAMPLE_ROWS = 2000;
const SAMPLE_ROWS_PER_CLUSTER = 20;

/** What `ml-kmeans` takes to measure one row against one candidate, in squared differences of the kernel here. */
const PEER_OPERATIONS_PER_ROW = 150;
const PEER_OPERATIONS_PER_VALUE = 2;

/** Centroids to start from. */
export interface Start {
  readonly centroids: Float64Array;
  /** Iterations over all rows that it took to find them; 0 where they come from a sample. */
  readonly iterations: number;
  readonly status: KMeansStatus;
}

/** Proposes starts, another one for each restart, each from a random stream of its own. */
export class Seeder {
  readonly #points: PointSet;
  readonly #k: number;
  readonly #seed: number;
  readonly #limits: LloydLimits;
  readonly #meter: SliceMeter;
  readonly #sampleRows: number;
  /** Where all rows are few enough to be searched. */
  readonly #searcher: Searcher | undefined;

  constructor(points: PointSet, k: number, seed: number, limits: LloydLimits, meter: SliceMeter) {
    this.#points = points;
    this.#k = k;
    this.#seed = seed;
    this.#limits = limits;
    this.#meter = meter;
    this.#sampleRows = Math.max(SAMPLE_ROWS, SAMPLE_ROWS_PER_CLUSTER * k);
    if (points.rowCount <= this.#sampleRows) this.#searcher = new Searcher(points, k, meter);
  }

  /** Greedy k-means++, Lloyd's iteration and moves of single points; on a sample of the rows swaps of centroids, too. */
  *proposeSteps(restart: number, phase: string): Steps<Start> {
    const random = new RandomStream(this.#seed, restart);
    if (this.#searcher !== undefined) return yield* this.#searcher.startSteps(random, this.#limits, phase);
    const searcher = new Searcher(yield* samplePointsSteps(this.#points, this.#sampleRows, random), this.#k, this.#meter);
    const { centroids } = yield* searcher.startSteps(random, this.#limits, phase);
    return { centroids: yield* searcher.swapSteps(centroids, 1, random, phase), iterations: 0, status: "converged" };
  }

  /** The best centroids after swaps on all rows, worth as many starts as there were; the same ones where rows are many. */
  *improveSteps(centroids: Float64Array, starts: number): Steps<Float64Array> {
    if (this.#searcher === undefined) return centroids;
    return yield* this.#searcher.swapSteps(centroids, starts, new RandomStream(this.#seed, starts), "swapping centroids");
  }
}

/** Everything that looks for clusters of few points. */
class Searcher {
  readonly #points: PointSet;
  readonly #centre: Float64Array;
  readonly #k: number;
  readonly #meter: SliceMeter;
  readonly #lloyd: Lloyd;
  readonly #search: Search;
  readonly #rows: number[][] | undefined;

  constructor(original: PointSet, k: number, meter: SliceMeter) {
    const { points, centre } = centredPoints(original);
    this.#points = points;
    this.#centre = centre;
    this.#k = k;
    this.#meter = meter;
    this.#lloyd = new Lloyd(points, k, meter);
    this.#search = new Search(points, k, meter);
    const { values, rowCount, width, weights } = points;
    const peerOperations = rowCount * k * (2 + Math.floor(Math.log(k))) * (PEER_OPERATIONS_PER_ROW + PEER_OPERATIONS_PER_VALUE * width);
    this.#rows = weights === undefined && peerOperations <= SLICE_OPERATIONS ? rowsOf(values, width) : undefined;
  }

  *startSteps(random: RandomStream, limits: LloydLimits, phase: string): Steps<Start> {
    const run = yield* this.#lloyd.run(yield* this.#greedySteps(random), limits, phase);
    const isStopped = run.status === "iterationLimit";
    const centroids = isStopped ? run.centroids : yield* this.#search.exchangeSteps(this.#lloyd.labels, { phase, done: run.iterations, total: limits.maxIterations });
    return { centroids: this.#shifted(centroids, 1), iterations: run.iterations, status: run.status };
  }

  *swapSteps(centroids: Float64Array, starts: number, random: RandomStream, phase: string): Steps<Float64Array> {
    return this.#shifted(yield* this.#search.swapSteps(this.#shifted(centroids, -1), starts, random, { phase, done: 0, total: 1 }), 1);
  }

  /** By `ml-kmeans` where one call of it, which cannot be cut, fits into a slice. It knows no weights. */
  *#greedySteps(random: RandomStream): Steps<Float64Array> {
    if (this.#rows === undefined) return yield* greedyStartSteps(this.#points, this.#k, random, this.#meter);
    const [step] = kmeansGenerator(this.#rows, this.#k, { seed: random.nextUint32() });
    return Float64Array.from(step!.centroids.flat());
  }

  #shifted(centroids: Float64Array, sign: 1 | -1): Float64Array {
    return centroids.map((value, at) => value + sign * this.#centre[at % this.#centre.length]!);
  }
}
