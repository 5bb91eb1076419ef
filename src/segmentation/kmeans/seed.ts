import { kmeansGenerator } from "ml-kmeans";
import { RandomStream } from "../../numeric/random/random-stream";
import type { Progress, Steps } from "../../steps/steps";
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

/** A squared difference of `ml-kmeans` costs about this many of those of the kernel here. */
const OPERATIONS_PER_DIFFERENCE = 8;

/** Centroids to start from. */
export interface Start {
  readonly centroids: Float64Array;
  /** Passes over all rows that it took to find them; 0 where they come from a sample. */
  readonly iterations: number;
  readonly status: KMeansStatus;
}

/** Proposes starts, another one for each restart. */
export class Seeder {
  readonly #points: PointSet;
  readonly #k: number;
  readonly #seed: number;
  readonly #limits: LloydLimits;
  readonly #meter: SliceMeter;
  #searcher: Searcher | undefined;

  constructor(points: PointSet, k: number, seed: number, limits: LloydLimits, meter: SliceMeter) {
    this.#points = points;
    this.#k = k;
    this.#seed = seed;
    this.#limits = limits;
    this.#meter = meter;
  }

  /** Greedy k-means++, Lloyd's iteration and a search, on all rows or a sample of them. Each restart has a random stream of its own. */
  *proposeSteps(restart: number, phase: string): Steps<Start> {
    const random = new RandomStream(this.#seed, restart);
    const sampleRows = Math.max(SAMPLE_ROWS, SAMPLE_ROWS_PER_CLUSTER * this.#k);
    if (this.#points.rowCount > sampleRows) {
      const sample = yield* samplePointsSteps(this.#points, sampleRows, random);
      const { centroids } = yield* new Searcher(sample, this.#k, this.#meter).searchSteps(random, this.#limits, phase);
      return { centroids, iterations: 0, status: "converged" };
    }
    this.#searcher ??= new Searcher(this.#points, this.#k, this.#meter);
    return yield* this.#searcher.searchSteps(random, this.#limits, phase);
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
    const peerOperations = rowCount * k * width * (2 + Math.floor(Math.log(k))) * OPERATIONS_PER_DIFFERENCE;
    this.#rows = weights === undefined && peerOperations <= SLICE_OPERATIONS ? rowsOf(values, width) : undefined;
  }

  *searchSteps(random: RandomStream, limits: LloydLimits, phase: string): Steps<Start> {
    const progress: Progress = { phase, done: 0, total: limits.maxIterations };
    const run = yield* this.#lloyd.run(yield* this.#startSteps(random), limits, phase);
    const centred = run.status === "iterationLimit" ? run.centroids : yield* this.#search.improveSteps(this.#lloyd.labels, random, progress);
    return { centroids: centred.map((value, at) => value + this.#centre[at % this.#centre.length]!), iterations: run.iterations, status: run.status };
  }

  /** By `ml-kmeans` where one call of it, which cannot be cut, fits into a slice. It knows no weights. */
  *#startSteps(random: RandomStream): Steps<Float64Array> {
    if (this.#rows === undefined) return yield* greedyStartSteps(this.#points, this.#k, random, this.#meter);
    const [step] = kmeansGenerator(this.#rows, this.#k, { seed: random.nextUint32() });
    return Float64Array.from(step!.centroids.flat());
  }
}
