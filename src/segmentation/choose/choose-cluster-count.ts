import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { checkOption, readOptions, SEED } from "../../errors/options";
import { silhouetteSteps } from "../../evaluation/clustering/silhouette";
import { runToEnd, type Steps } from "../../steps/steps";
import { countDistinctRowsSteps } from "../kmeans/distinct-rows";
import { SliceMeter } from "../kmeans/slice-meter";
import { kMeansSteps } from "../kmeans/fit";
import type { KMeansModel } from "../kmeans/model";

/** Options of {@link chooseClusterCount}. */
export interface ChooseClusterCountOptions {
  /** The smallest number of clusters that is tried. @defaultValue 2 */
  readonly from?: number | undefined;
  /** The largest; at most one less than the number of rows. @defaultValue 8, or as many as the rows allow */
  readonly to?: number | undefined;
  /** Runs of k-means for each number. @defaultValue 10 */
  readonly restarts?: number | undefined;
  /** Rows whose silhouette is evaluated, against all rows. @defaultValue 2000 */
  readonly sampleSize?: number | undefined;
  /** @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** What was found for one number of clusters. */
export interface ClusterCountCandidate {
  readonly k: number;
  readonly inertia: number;
  /** Mean silhouette width: from −1 to 1, higher is better. */
  readonly silhouette: number;
  /** Standard error of the silhouette by the sampling of rows; 0 when all rows were evaluated. */
  readonly silhouetteError: number;
}

/** The number with the widest mean silhouette, its clusters, and the evidence. */
export interface ClusterCountChoice {
  readonly k: number;
  readonly model: KMeansModel;
  /** In ascending order of k. */
  readonly candidates: readonly ClusterCountCandidate[];
}

const DEFAULT_TO = 8;

const CHOOSE_OPTIONS = {
  from: { kind: "integer", min: 2, default: 2 },
  to: { kind: "integer", min: 2 },
  restarts: { kind: "integer", min: 1, max: 10_000, default: 10 },
  sampleSize: { kind: "integer", min: 1, default: 2000 },
  seed: SEED,
} as const;

/**
 * How many clusters describe the rows best: tries each number, and takes the one with the widest mean silhouette
 * (Rousseeuw 1987; the smaller number where two are equal).
 *
 * A silhouette compares groupings; it does not prove that there are groups. Scale the columns first.
 *
 * @throws ClienteleError `tooFewRows` for fewer than three rows or fewer distinct rows than clusters; `invalidOption`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { chooseClusterCount } from "clientele/segmentation";
 *
 * const matrix = featureMatrixFromRows([[1], [1.2], [0.8], [5], [5.2], [4.8], [9], [9.2], [8.8]]);
 * const choice = chooseClusterCount(matrix, { to: 5 });
 * console.log(choice.k, choice.candidates.map(({ k }) => k)); // 3 [2, 3, 4, 5]
 * ```
 */
export function chooseClusterCount(matrix: FeatureMatrix, options?: ChooseClusterCountOptions): ClusterCountChoice {
  return runToEnd(chooseClusterCountSteps(matrix, options));
}

/** {@link chooseClusterCount} in slices. */
export function* chooseClusterCountSteps(matrix: FeatureMatrix, options?: ChooseClusterCountOptions): Steps<ClusterCountChoice> {
  const caller = "chooseClusterCount";
  checkFeatureMatrix(caller, "matrix", matrix);
  const { from, restarts, sampleSize, seed, ...given } = readOptions(caller, options, CHOOSE_OPTIONS);
  checkRowCount(caller, "matrix", matrix.rowCount, 3);
  const to = given.to ?? Math.max(from, Math.min(matrix.rowCount - 1, yield* countDistinctRowsSteps(matrix.values, matrix.columnCount, DEFAULT_TO, new SliceMeter())));
  checkOption(caller, "from", from, { kind: "integer", min: 2, max: matrix.rowCount - 1 }, "rows less one");
  checkOption(caller, "to", to, { kind: "integer", min: from, max: matrix.rowCount - 1 }, "from to rows less one");
  const candidates: ClusterCountCandidate[] = [];
  let best: { readonly model: KMeansModel; readonly silhouette: number } | undefined;
  for (let k = from; k <= to; k++) {
    const model = yield* kMeansSteps(matrix, { k, restarts, seed });
    const { mean: silhouette, standardError } = yield* silhouetteSteps(matrix, model.predict(matrix), { sampleSize, seed });
    candidates.push({ k, inertia: model.inertia, silhouette, silhouetteError: standardError });
    if (best === undefined || silhouette > best.silhouette) best = { model, silhouette };
  }
  const { model } = best!;
  return { k: model.k, model, candidates };
}
