import { checkFeatureMatrix, checkFeatures, type FeatureMatrix } from "../../data/feature-matrix";
import { readOptions, SEED } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { kMeansSteps } from "../kmeans/fit";
import type { KMeansModel } from "../kmeans/model";
import { squaredDistance } from "../kmeans/inner-loops";
import { CONFIDENCE, confidenceOf } from "../profile/interval";
import { checkModel } from "./match-centroids";
import { movedOf, type MovedCustomers } from "./migration";

/** Options of {@link refitKMeans}. */
export interface RefitKMeansOptions {
  /** Iterations at most. @defaultValue 300 */
  readonly maxIterations?: number | undefined;
  /** As that of `fitKMeans`. @defaultValue 1e-4 */
  readonly tolerance?: number | undefined;
  /** Random starts of a fit from scratch, to see what keeping the segments costs; 0 for none. @defaultValue 0 */
  readonly compareRestarts?: number | undefined;
  /** Of the fit from scratch. @defaultValue 1 */
  readonly seed?: number | undefined;
  /** Confidence of the interval. @defaultValue 0.95 */
  readonly confidence?: number | undefined;
}

/** What {@link refitKMeans} returns. */
export interface KMeansRefit {
  /** The new clusters, with the numbers of the old ones. */
  readonly model: KMeansModel;
  /** Rows that the old model puts into another cluster than the new one. */
  readonly moved: MovedCustomers;
  /** How far each centroid moved, in the units of the matrix. */
  readonly shifts: readonly number[];
  /** Inertia of the old centroids on the new rows: what the refit improved on. */
  readonly previousInertia: number;
  /** Inertia of a fit from scratch with `compareRestarts` starts; `null` without. Much below that of `model`, the old segments no longer fit the data. */
  readonly freshInertia: number | null;
}

const REFIT_K_MEANS_OPTIONS = {
  maxIterations: { kind: "integer", min: 1, default: 300 },
  tolerance: { kind: "number", min: 0, default: 1e-4 },
  compareRestarts: { kind: "integer", min: 0, max: 10_000, default: 0 },
  seed: SEED,
  confidence: CONFIDENCE,
} as const;

/**
 * Fits k-means again to newer data without losing the segments: it starts from the centroids of the last fit, so cluster 2 stays cluster 2,
 * and says which share of the rows moved.
 *
 * The rows need not be those of the last fit, but the columns must be, in the same units (scaled by the same scaler).
 *
 * @param matrix - the newer data
 * @param previous - the model whose segments are to be kept
 * @throws ClienteleError `featureMismatch` for other columns, and as `fitKMeans`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { fitKMeans, refitKMeans } from "clientele/segmentation";
 *
 * const march = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12]]), { k: 2 });
 * const { model, moved, shifts } = refitKMeans(featureMatrixFromRows([[1], [2], [7], [10], [12], [14]]), march);
 * console.log(model.centroids, shifts); // [[1.5], [10.75]] [0.5, 0.25]
 * console.log(moved.count); // 0
 * ```
 */
export function refitKMeans(matrix: FeatureMatrix, previous: KMeansModel, options?: RefitKMeansOptions): KMeansRefit {
  return runToEnd(checkedSteps("refitKMeans", matrix, previous, options));
}

/**
 * {@link refitKMeans} in slices, for `runCooperatively`: the same result. Two predictions for all rows are not cut.
 *
 * @throws ClienteleError as {@link refitKMeans}; wrong arguments are refused at once.
 */
export function refitKMeansSteps(matrix: FeatureMatrix, previous: KMeansModel, options?: RefitKMeansOptions): Steps<KMeansRefit> {
  return checkedSteps("refitKMeansSteps", matrix, previous, options);
}

function checkedSteps(caller: string, matrix: FeatureMatrix, previous: KMeansModel, options: RefitKMeansOptions | undefined): Steps<KMeansRefit> {
  checkFeatureMatrix(caller, "matrix", matrix);
  checkModel(caller, "previous", previous);
  const { maxIterations, tolerance, compareRestarts, seed, confidence } = readOptions(caller, options, REFIT_K_MEANS_OPTIONS);
  checkFeatures(caller, matrix, previous.featureNames);
  const { k } = previous;
  const refit = kMeansSteps(matrix, { k, start: previous.centroids, maxIterations, tolerance });
  const fresh = compareRestarts === 0 ? undefined : kMeansSteps(matrix, { k, seed, restarts: compareRestarts, maxIterations, tolerance });
  return refitSteps(matrix, previous, refit, fresh, confidence);
}

function* refitSteps(matrix: FeatureMatrix, previous: KMeansModel, refit: Steps<KMeansModel>, fresh: Steps<KMeansModel> | undefined, level: number): Steps<KMeansRefit> {
  const model = yield* refit;
  const freshInertia = fresh === undefined ? null : (yield* fresh).inertia;
  const before = previous.predict(matrix);
  const after = model.predict(matrix);
  let count = 0;
  let previousInertia = 0;
  const width = matrix.columnCount;
  const centroids = Float64Array.from(previous.centroids.flat());
  for (let row = 0; row < after.length; row++) {
    if (before[row] !== after[row]) count++;
    previousInertia += squaredDistance(matrix.values, row * width, centroids, before[row]! * width, width);
  }
  const later = Float64Array.from(model.centroids.flat());
  return {
    model,
    moved: movedOf(count, after.length, confidenceOf(level)),
    shifts: model.centroids.map((_, cluster) => Math.sqrt(squaredDistance(centroids, cluster * width, later, cluster * width, width))),
    previousInertia,
    freshInertia,
  };
}
