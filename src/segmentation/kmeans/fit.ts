import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { checkOption, readOptions, SEED, type ResolvedOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { canonicalOrder, reorderCentroids } from "./cluster-order";
import { checkSquaresFinite, columnVariancesSteps, finiteMomentsSteps, scaleWarnings } from "./column-scale";
import { countDistinctRowsSteps } from "./distinct-rows";
import { Lloyd, type LloydLimits, type LloydRun } from "./lloyd";
import { KMeansModel } from "./model";
import type { PointSet } from "./point-set";
import { Seeder } from "./seed";
import { SliceMeter } from "./slice-meter";
import { rowsOf, type KMeansStatus } from "./spec";
import { readStart, type StartCentroids } from "./start";
import { readWeights, weightedRows } from "./weights";

/** Options of {@link fitKMeans}. */
export interface KMeansOptions {
  /** Number of clusters: from 1 to the number of distinct rows. */
  readonly k: number;
  /** Decides the random starts; the same seed gives the same clusters. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Runs from different random starts, of which the one with the smallest inertia is kept; each also pays for some swaps of centroids. @defaultValue 10 */
  readonly restarts?: number | undefined;
  /**
   * k centroids to start from, as a matrix or as rows (`model.centroids` of an earlier fit, for example).
   * There is one run then, and the clusters keep this order. @defaultValue random starts
   */
  readonly start?: StartCentroids | undefined;
  /**
   * One number for each row, at least 0: how many rows it stands for. Means, inertia, tolerance and the order of the clusters are weighted; a row of
   * weight 0 takes no part. @defaultValue each row counts once
   */
  readonly weights?: ArrayLike<number> | undefined;
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
  weights: { kind: "list" },
  maxIterations: { kind: "integer", min: 1, default: 300 },
  tolerance: { kind: "number", min: 0, default: 1e-4 },
} as const;

/**
 * Groups rows into k clusters around k centroids so that the squared distances to them (the inertia) are small.
 *
 * Starts: greedy k-means++ (Arthur and Vassilvitskii 2007) on at most max(2000, 20 k) rows, drawn anew for each restart.
 * Iteration: Lloyd (1982) on all rows, with the stopping rule of scikit-learn; an empty cluster gets the row that is farthest
 * from its centroid. Bounds (Hamerly 2010; Ding et al. 2015) spare most distances and change no bit of the result.
 * Search, for up to max(2000, 20 k) rows: single rows move while that lowers the inertia (Hartigan 1975), and centroids of the best run swap their places
 * (Fränti and Kivijärvi 2000), about 300 looks at each row for each restart and 1 / k of that, fewer for more than 13,000 numbers in the matrix.
 * Of more rows, that is done on each restart's sample. With `start` there is the iteration alone.
 *
 * A local optimum is found, as by every k-means. For some hundred rows it is the best known one from nearly every seed.
 *
 * Clusters are numbered from the largest to the smallest, equal ones by their centroids; with `start` they keep its order.
 * Distances are in the units of the columns: standardise first. Columns of very different variance are named in `warnings`.
 *
 * @param matrix - finite numbers; never changed or kept
 * @throws ClienteleError `invalidOption` for k above the number of rows, `tooFewRows` for k above the number of distinct rows,
 * `nonFinite` for NaN or infinity (with row and column), `lengthMismatch` or `featureMismatch` for a `start` that does not fit.
 * @remarks at most restarts · iterations · rows · columns · k operations, mostly a tenth to a half of them; memory for 20 bytes for each row,
 * where k · columns is above 1,024 more, but no more than half of the matrix.
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
  const weights = checked.weights === undefined ? undefined : readWeights(caller, checked.weights, rowCount);
  return fitSteps(caller, matrix, checked, start, weights);
}

function* fitSteps(caller: string, matrix: FeatureMatrix, options: CheckedOptions, start: Float64Array | undefined, allWeights: Float64Array | undefined): Steps<KMeansModel> {
  const { columnCount, names } = matrix;
  const meter = new SliceMeter();
  const moments = yield* finiteMomentsSteps(caller, matrix);
  const { values, weights } = weightedRows(matrix, allWeights);
  const rowCount = values.length / columnCount;
  const largestWeight = weights === undefined ? 1 : weights.reduce((largest, weight) => Math.max(largest, weight), 0);
  checkSquaresFinite(caller, names, moments, largestWeight * rowCount, start);
  checkRowCount(caller, "matrix", yield* countDistinctRowsSteps(values, columnCount, options.k, meter), options.k, "distinct rows (k)");

  const variances = yield* columnVariancesSteps(values, weights, moments);
  const points: PointSet = {
    values,
    rowCount,
    width: columnCount,
    weights,
    largest: Float64Array.of(...moments.map(({ min, max }) => Math.max(-min, max) * largestWeight), largestWeight),
    diameter: Math.hypot(...moments.map(({ min, max }) => max - min)),
  };
  const lloyd = new Lloyd(points, options.k, meter);
  const meanVariance = variances.reduce((sum, variance) => sum + variance, 0) / columnCount;
  const limits: LloydLimits = { maxIterations: options.maxIterations, squaredTolerance: options.tolerance * meanVariance };
  const run =
    start === undefined ? yield* ordered(lloyd, yield* bestRun(lloyd, points, options, limits, meter), limits) : yield* lloyd.run(start, limits, "clustering");
  return new KMeansModel({
    featureNames: names,
    centroids: rowsOf(run.centroids, columnCount),
    sizes: Array.from(run.sizes),
    weights: Array.from(run.weights),
    inertia: run.inertia,
    iterations: run.iterations,
    status: run.status,
    warnings: scaleWarnings(names, variances),
  });
}

/** The run with the smallest inertia, the first of equally good ones. */
function* bestRun(lloyd: Lloyd, points: PointSet, options: CheckedOptions, limits: LloydLimits, meter: SliceMeter): Steps<LloydRun> {
  const { k, seed } = options;
  // One cluster has one optimum: every start leads to it.
  if (k === 1) return yield* lloyd.run(points.values.slice(0, points.width), limits, "clustering");
  const seeder = new Seeder(points, k, seed, limits, meter);
  let best: LloydRun | undefined;
  for (let restart = 0; best === undefined || restart < options.restarts; restart++) {
    const phase = `clustering, start ${restart + 1} of ${options.restarts}`;
    const start = yield* seeder.proposeSteps(restart, phase);
    const run = yield* resumed(lloyd, start.centroids, start, limits, phase);
    if (best === undefined || run.inertia < best.inertia) best = run;
  }
  if (best.status === "iterationLimit") return best;
  const improved = yield* seeder.improveSteps(best.centroids, options.restarts);
  if (improved === best.centroids) return best;
  const run = yield* resumed(lloyd, improved, best, limits, "clustering");
  return run.inertia < best.inertia ? run : best;
}

/** Goes on from centroids that passes over the rows have led to, within what is left of the limit. */
function* resumed(lloyd: Lloyd, centroids: Float64Array, before: { readonly iterations: number; readonly status: KMeansStatus }, limits: LloydLimits, phase: string): Steps<LloydRun> {
  const maxIterations = limits.maxIterations - before.iterations;
  const run = yield* lloyd.run(centroids, { ...limits, maxIterations }, phase);
  return { ...run, iterations: before.iterations + run.iterations, status: maxIterations === 0 ? before.status : run.status };
}

/**
 * The run with its clusters in canonical order. Rows that are equally near to two centroids go to the lower index, so another order
 * may move them: the iteration goes on until order, labels and means agree, within what is left of the limit.
 */
function* ordered(lloyd: Lloyd, best: LloydRun, limits: LloydLimits): Steps<LloydRun> {
  let run = best;
  for (;;) {
    const order = canonicalOrder(run.centroids, run.weights);
    if (order.every((from, to) => from === to)) return run;
    const isLast = run.iterations === limits.maxIterations;
    run = yield* resumed(lloyd, reorderCentroids(run.centroids, order), run, limits, "ordering clusters");
    if (isLast) return run;
  }
}
