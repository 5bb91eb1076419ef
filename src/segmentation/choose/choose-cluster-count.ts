import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount } from "../../errors/check";
import { checkOption, readOptions, SEED } from "../../errors/options";
import { summarizeGap, type Gap } from "../../evaluation/clustering/gap";
import { readPoints } from "../../evaluation/clustering/points";
import { drawReferenceSteps, referenceAxesOf } from "../../evaluation/clustering/reference-data";
import { separationSteps } from "../../evaluation/clustering/separation";
import { silhouetteSteps } from "../../evaluation/clustering/silhouette";
import { stabilitySteps, type Stability } from "../../evaluation/clustering/stability";
import { dataRowsAt } from "../../evaluation/resampling/row-data";
import { RandomStream, samplePositionsSteps } from "../../numeric/random/random-stream";
import { runToEnd, type Steps } from "../../steps/steps";
import { countDistinctRowsSteps } from "../kmeans/distinct-rows";
import { kMeansSteps } from "../kmeans/fit";
import type { KMeansModel } from "../kmeans/model";
import { SliceMeter } from "../kmeans/slice-meter";
import { clusterEvidenceSteps, type ClusterEvidence } from "./evidence";
import { inertiaPathSteps, quickKMeansSteps } from "./quick-k-means";

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
  /** Simulated sets, at most, of each of the two shapes without clusters; 0: `evidence` is `notTested`. @defaultValue 99 */
  readonly simulations?: number | undefined;
  /** The p-value up to which the rows count as clustered. @defaultValue 0.02 */
  readonly level?: number | undefined;
  /** Reference sets of the gap statistic; 0: none. @defaultValue 20 */
  readonly references?: number | undefined;
  /** Resamples by which stability is judged, for each number; 0: none. @defaultValue 20 */
  readonly resamples?: number | undefined;
  /** @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** What was found for one number of clusters. */
export interface ClusterCountCandidate {
  readonly k: number;
  /** Sum of squared distances to the centroids: falls with every further cluster. */
  readonly inertia: number;
  /** Mean silhouette width: from −1 to 1, higher is better. */
  readonly silhouette: number;
  /** Standard error of the silhouette by the sampling of rows; 0 when all rows were evaluated. */
  readonly silhouetteError: number;
  /** Ratio of the variances between and within clusters: higher is better. */
  readonly calinskiHarabasz: number;
  /** Mean overlap of a cluster with the one nearest to it: lower is better. */
  readonly daviesBouldin: number;
  /** How often the clusters are found again in resamples of the rows; undefined without `resamples`. */
  readonly stability: Stability | undefined;
}

/** The number with the widest mean silhouette, its clusters, and the evidence. */
export interface ClusterCountChoice {
  /** The best number from 2 on: what to take if the customers are to be divided in any case. Whether they fall into groups, `evidence` says. */
  readonly k: number;
  readonly model: KMeansModel;
  /** In ascending order of k. */
  readonly candidates: readonly ClusterCountCandidate[];
  /** Whether there are clusters at all. */
  readonly evidence: ClusterEvidence;
  /** The gap statistic from k = 1 to `to`, on the tested rows; undefined without `references`. */
  readonly gap: Gap | undefined;
}

const DEFAULT_TO = 8;

const CHOOSE_OPTIONS = {
  from: { kind: "integer", min: 2, default: 2 },
  to: { kind: "integer", min: 2 },
  restarts: { kind: "integer", min: 1, max: 10_000, default: 10 },
  sampleSize: { kind: "integer", min: 1, default: 2000 },
  simulations: { kind: "integer", min: 0, max: 100_000, default: 99 },
  level: { kind: "number", min: 0, max: 1, open: "both", default: 0.02 },
  references: { kind: "integer", min: 0, max: 100_000, default: 20 },
  resamples: { kind: "integer", min: 0, max: 100_000, default: 20 },
  seed: SEED,
} as const;

/**
 * How many clusters describe the rows best, and whether they fall into clusters at all.
 *
 * Tries each number and takes the one with the widest mean silhouette (Rousseeuw 1987; the smaller number where two are equal).
 * A silhouette only compares groupings, so `evidence` judges the rows against one cloud (k = 1): they are cut in half by 2-means,
 * each half again and once more, and each time the dip (Hartigan and Hartigan 1985) of the projection on the line between the two centroids
 * tells how deep a valley lies in between, among all rows and among as many on either side of the cut as the smaller half has.
 * The deepest valley is compared with that of simulated rows: of a Gaussian cloud with the covariance of the rows, and of a uniform box
 * with the same covariance, since a flat shape is the easiest to cut; the larger p-value counts.
 * Values that occur more than once are drawn from the interval they may have been rounded from.
 *
 * The evidence, the gap (Tibshirani, Walther and Hastie 2001) and the stability (Hennig 2007) are computed on at most 1000 random rows,
 * fewer with more than ten columns (10,000 values, but 250 rows at least), by k-means with little effort. So a cluster of less than about
 * 2 % of the rows can escape the test. Scale the columns first.
 *
 * @throws ClienteleError `tooFewRows` for fewer than three rows or fewer distinct rows than clusters; `invalidOption`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { chooseClusterCount } from "clientele/segmentation";
 *
 * const rows = Array.from({ length: 60 }, (_, i) => [10 * (i % 3) + (i % 7) / 5, (i % 11) / 5]);
 * const choice = chooseClusterCount(featureMatrixFromRows(rows), { to: 5 });
 * console.log(choice.k, choice.candidates.map(({ k }) => k)); // 3 [2, 3, 4, 5]
 * console.log(choice.evidence.status, choice.evidence.pValue); // "clusters" 0.01
 * ```
 */
export function chooseClusterCount(matrix: FeatureMatrix, options?: ChooseClusterCountOptions): ClusterCountChoice {
  return runToEnd(chooseClusterCountSteps(matrix, options));
}

/** {@link chooseClusterCount} in slices. */
export function* chooseClusterCountSteps(matrix: FeatureMatrix, options?: ChooseClusterCountOptions): Steps<ClusterCountChoice> {
  const caller = "chooseClusterCount";
  checkFeatureMatrix(caller, "matrix", matrix);
  const { from, restarts, sampleSize, simulations, level, references, resamples, seed, ...given } = readOptions(caller, options, CHOOSE_OPTIONS);
  checkRowCount(caller, "matrix", matrix.rowCount, 3);
  const to = given.to ?? Math.max(from, Math.min(matrix.rowCount - 1, yield* countDistinctRowsSteps(matrix.values, matrix.columnCount, DEFAULT_TO, new SliceMeter())));
  checkOption(caller, "from", from, { kind: "integer", min: 2, max: matrix.rowCount - 1 }, "rows less one");
  checkOption(caller, "to", to, { kind: "integer", min: from, max: matrix.rowCount - 1 }, "from to rows less one");

  const sample = yield* sampleSteps(matrix, to, seed);
  const candidates: ClusterCountCandidate[] = [];
  let best: { readonly model: KMeansModel; readonly silhouette: number } | undefined;
  for (let k = from; k <= to; k++) {
    const model = yield* kMeansSteps(matrix, { k, restarts, seed });
    const labels = model.predict(matrix);
    const { mean: silhouette, standardError } = yield* silhouetteSteps(matrix, labels, { sampleSize, seed });
    const separation = yield* separationSteps(caller, matrix, labels);
    const stability = resamples === 0 ? undefined : yield* stabilityOfSteps(sample, model, resamples, seed);
    candidates.push({ k, inertia: model.inertia, silhouette, silhouetteError: standardError, ...separation, stability });
    if (best === undefined || silhouette > best.silhouette) best = { model, silhouette };
  }
  const { model } = best!;
  // Neither depends on the unit, so squares need not overflow or vanish.
  const { points, unit } = readPoints(caller, sample);
  const gap = references === 0 ? undefined : yield* gapOfSteps(points, unit, to, references, seed);
  const evidence = yield* clusterEvidenceSteps(points, { simulations, level, seed });
  return { k: model.k, model, candidates, evidence, gap };
}

const SAMPLE_ROWS = 1000;
const SAMPLE_VALUES = 10_000;
const LEAST_SAMPLE_ROWS = 250;
/** Rows for each cluster, so that a sample can show as many clusters as are tried. */
const ROWS_PER_CLUSTER = 20;

/** The rows, or where there are many a random part of them, as described above. */
function* sampleSteps(matrix: FeatureMatrix, to: number, seed: number): Steps<FeatureMatrix> {
  const most = Math.max(ROWS_PER_CLUSTER * to, LEAST_SAMPLE_ROWS, Math.min(SAMPLE_ROWS, Math.floor(SAMPLE_VALUES / matrix.columnCount)));
  if (matrix.rowCount <= most) return matrix;
  return dataRowsAt(matrix, yield* samplePositionsSteps(matrix.rowCount, most, new RandomStream(seed)));
}

/** Starts of k-means for each resample. */
const STABILITY_STARTS = 2;

function* stabilityOfSteps(sample: FeatureMatrix, model: KMeansModel, resamples: number, seed: number): Steps<Stability> {
  return yield* stabilitySteps(sample, model.predict(sample), {
    cluster: function* (task) {
      const again = yield* quickKMeansSteps(task.matrix, task.k, STABILITY_STARTS, new RandomStream(task.seed));
      return again.predict(task.matrix);
    },
    resamples,
    seed,
  });
}

function* gapOfSteps(sample: FeatureMatrix, unit: number, to: number, references: number, seed: number): Steps<Gap> {
  const axes = referenceAxesOf(sample, "principal");
  const observed = yield* inertiaPathSteps(sample, to, new RandomStream(seed));
  const expected: Float64Array[] = [];
  for (let reference = 1; reference <= references; reference++) {
    const random = new RandomStream(seed, reference);
    const drawn = yield* drawReferenceSteps(axes, "box", sample, random);
    expected.push((yield* inertiaPathSteps(drawn, to, random)).map(Math.log));
    yield { phase: "gap statistic", done: reference, total: references };
  }
  return summarizeGap(observed.map(Math.log), expected, 2 * Math.log(unit));
}
