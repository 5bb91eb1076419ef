import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions, SEED, type ResolvedOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { canonicalOrder, reorderCentroids } from "./cluster-order";
import { checkSquaresFinite, finiteMomentsSteps, meanVarianceOf, originOf, scaleWarnings } from "./column-scale";
import { countDistinctRowsSteps } from "./distinct-rows";
import { lloydSteps, type LloydProblem, type LloydRun } from "./lloyd";
import { KMeansModel } from "./model";
import { createSeeder } from "./seed";
import { SliceMeter } from "./slice-meter";
import { rowsOf } from "./spec";
import { readStart, type StartCentroids } from "./start";

/** Options of {@link fitKMeans}. */
export interface KMeansOptions {
  /** Number of clusters: from 1 to the number of distinct rows. */
  readonly k: number;
  /** Decides the random starts; the same seed gives the same clusters. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Runs from different random starts, of which the one with the smallest inertia is kept. @defaultValue 10 */
  readonly restarts?: number | undefined;
  /**
   * k centroids to start from, as a matrix or as rows (`model.centroids` of an earlier fit, for example).
   * There is one run then, and the clusters keep this order. @defaultValue random starts
   */
  readonly start?: StartCentroids | undefined;
  /** Iterations of each run at most. @defaultValue 300 */
  readonly maxIterations?: number | undefined;
  /**
   * A run has converged when its centroids' squared shifts add up to at most this share of the columns' mean variance.
   * 0: only when no row changes its cluster any more. @defaultValue 1e-4
   */
  readonly tolerance?: number | undefined;
}

export const K_MEANS_OPTIONS = {
  k: { kind: "integer", min: 1, required: true },
  seed: SEED,
  restarts: { kind: "integer", min: 1, max: 10_000, default: 10 },
  start: { kind: "custom" },
  maxIterations: { kind: "integer", min: 1, default: 300 },
  tolerance: { kind: "number", min: 0, default: 1e-4 },
} as const;

/**
 * Groups rows into k clusters around k centroids so that the squared distances to them (the inertia) are small.
 *
 * Starts: greedy k-means++ of `ml-kmeans` on at most max(1000, 20 k) rows, drawn anew for each restart (Arthur and Vassilvitskii 2007).
 * Iteration: Lloyd (1982) on all rows, with the stopping rule of scikit-learn; an empty cluster gets the row that is farthest
 * from its centroid. A local optimum is found, as by every k-means; `restarts` makes it likely to be the best one.
 *
 * Clusters are numbered from the largest to the smallest, equal ones by their centroids; with `start` they keep its order.
 * Distances are in the units of the columns: standardise first. Columns of very different variance are named in `warnings`.
 *
 * @param matrix - finite numbers; never changed or kept
 * @throws ClienteleError `invalidOption` for k above the number of rows, `tooFewRows` for k above the number of distinct rows,
 * `nonFinite` for NaN or infinity (with row and column), `lengthMismatch` or `featureMismatch` for a `start` that does not fit.
 * @remarks restarts · iterations · rows · columns · k operations; memory for 12 bytes for each row.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { fitKMeans } from "clientele/segmentation";
 *
 * const matrix = featureMatrixFromRows([[1, 1], [1, 2], [2, 1], [2, 2], [9, 9], [9, 10]], ["visits", "orders"]);
 * const model = fitKMeans(matrix, { k: 2 });
 * console.log(model.centroids); // [[1.5, 1.5], [9, 9.5]]
 * console.log(model.sizes); // [4, 2]
 * console.log(model.inertia); // 2.5
 * ```
 */
export function fitKMeans(matrix: FeatureMatrix, options: KMeansOptions): KMeansModel {
  return runToEnd(checkedSteps("fitKMeans", matrix, options));
}

/**
 * {@link fitKMeans} in slices of about two milliseconds, for `runCooperatively`: the same model, to the bit.
 *
 * Proposing the centroids of a random start is one slice, however long: it is one call into `ml-kmeans`, of
 * sample · columns · k · (2 + ln k) squared differences (about 10 ms for k = 8 and 20 columns, 0.1 s for k = 50, half a second and more for k = 200).
 * A `start` of your own spares it.
 *
 * Wrong options are refused at once, wrong numbers in the matrix at the first slices.
 *
 * @throws ClienteleError as {@link fitKMeans}.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { kMeansSteps } from "clientele/segmentation";
 * import { runCooperatively } from "clientele/steps";
 *
 * const matrix = featureMatrixFromRows([[1], [2], [3], [10], [12]]);
 * const model = await runCooperatively(kMeansSteps(matrix, { k: 2 }));
 * console.log(model.centroids); // [[2], [11]]
 * ```
 */
export function kMeansSteps(matrix: FeatureMatrix, options: KMeansOptions): Steps<KMeansModel> {
  return checkedSteps("kMeansSteps", matrix, options);
}

type CheckedOptions = ResolvedOptions<KMeansOptions, typeof K_MEANS_OPTIONS>;

function checkedSteps(caller: string, matrix: FeatureMatrix, options: KMeansOptions): Steps<KMeansModel> {
  checkFeatureMatrix(caller, "matrix", matrix);
  const checked = readOptions(caller, options, K_MEANS_OPTIONS);
  const { rowCount, columnCount, names } = matrix;
  checkRowCount(caller, "matrix", rowCount, 1);
  if (columnCount === 0) throw new ClienteleError("invalidInput", "matrix must have at least one column", { caller, parameter: "matrix", rule: "at least one column" });
  checkOption(caller, "k", checked.k, { ...K_MEANS_OPTIONS.k, max: rowCount }, "rows");
  const start = checked.start === undefined ? undefined : readStart(caller, checked.start, names, checked.k);
  return fitSteps(caller, matrix, checked, start);
}

function* fitSteps(caller: string, matrix: FeatureMatrix, options: CheckedOptions, start: Float64Array | undefined): Steps<KMeansModel> {
  const { values, rowCount, columnCount, names } = matrix;
  const meter = new SliceMeter();
  const moments = yield* finiteMomentsSteps(caller, matrix);
  checkSquaresFinite(caller, names, moments, start);
  checkRowCount(caller, "matrix", yield* countDistinctRowsSteps(values, columnCount, options.k, meter), options.k, "distinct rows (k)");

  const problem: LloydProblem = {
    values,
    rowCount,
    width: columnCount,
    origin: Float64Array.from(moments, originOf),
    squaredTolerance: options.tolerance * meanVarianceOf(moments),
    meter,
    labels: new Int32Array(rowCount),
    squaredDistances: new Float64Array(rowCount),
  };
  const run =
    start === undefined
      ? yield* ordered(problem, yield* bestRun(problem, options), options.maxIterations)
      : yield* lloydSteps(problem, start, options.maxIterations, "clustering");
  return new KMeansModel({
    featureNames: names,
    centroids: rowsOf(run.centroids, columnCount),
    sizes: Array.from(run.sizes),
    inertia: run.inertia,
    iterations: run.iterations,
    status: run.status,
    warnings: scaleWarnings(names, moments),
  });
}

/** The run with the smallest inertia, the first of equally good ones. */
function* bestRun(problem: LloydProblem, options: CheckedOptions): Steps<LloydRun> {
  const { k, maxIterations, seed } = options;
  // One cluster has one optimum: every start leads to it.
  const restarts = k === 1 ? 1 : options.restarts;
  const seeder = createSeeder(problem.values, problem.width, k, seed);
  let best: LloydRun | undefined;
  for (let restart = 0; best === undefined || restart < restarts; restart++) {
    const phase = `clustering, start ${restart + 1} of ${restarts}`;
    const start = yield* seeder.proposeSteps(restart);
    if (problem.meter.spend(seeder.operations)) yield { phase, done: 0, total: maxIterations };
    const run = yield* lloydSteps(problem, start, maxIterations, phase);
    if (best === undefined || run.inertia < best.inertia) best = run;
  }
  return best;
}

/**
 * The run with its clusters in canonical order. Rows that are equally near to two centroids go to the lower index, so another order
 * may move them: the iteration goes on until order, labels and means agree, within what is left of `maxIterations`.
 */
function* ordered(problem: LloydProblem, best: LloydRun, maxIterations: number): Steps<LloydRun> {
  let run = best;
  for (;;) {
    const order = canonicalOrder(run.centroids, run.sizes);
    if (order.every((from, to) => from === to)) return run;
    const left = maxIterations - run.iterations;
    const next: LloydRun = yield* lloydSteps(problem, reorderCentroids(run.centroids, order), left, "ordering clusters");
    run = { ...next, iterations: run.iterations + next.iterations, status: left === 0 ? run.status : next.status };
    if (left === 0) return run;
  }
}
