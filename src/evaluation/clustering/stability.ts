import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { checkRowCount, checkSameLength } from "../../errors/check";
import { readOptions, SEED } from "../../errors/options";
import { RandomStream } from "../../numeric/random/random-stream";
import { computeMoments, standardDeviationOf } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { codeLabels, type CodedLabels } from "../coded-labels";
import { dataRowsAt } from "../resampling/row-data";
import { adjustedRandOf, clusterJaccardOf } from "./agreement";
import { groupSteps, type Clusterer } from "./clusterer";

/** Options of {@link computeStability}. */
export interface StabilityOptions {
  /** Groups the rows of a resample in the way that `labels` were made; `k` is the number of clusters in `labels`. */
  readonly cluster: Clusterer;
  /** How many resamples. @defaultValue 100 */
  readonly resamples?: number | undefined;
  /** Decides the resamples. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** How often one cluster is found again. */
export interface ClusterStability {
  /** The cluster's number, as in the labels. */
  readonly cluster: number;
  readonly rowCount: number;
  /**
   * Mean Jaccard coefficient with the cluster of a resample that is most like it. Hennig's reading: below 0.5 the cluster dissolves,
   * from 0.6 it is a pattern, from 0.75 a stable cluster, from 0.85 a very stable one.
   */
  readonly jaccard: number;
  /** Share of the resamples with a coefficient of at least 0.75. */
  readonly recovered: number;
  /** Share of the resamples with a coefficient of at most 0.5. */
  readonly dissolved: number;
  /** Resamples that hold a row of the cluster; the others say nothing of it. */
  readonly resamples: number;
}

/** What {@link computeStability} returns. */
export interface Stability {
  /** Mean adjusted Rand index of the groups of the resamples with those of `labels`. */
  readonly adjustedRand: number;
  /** Standard deviation of the index over the resamples (1/(B − 1)); NaN for one. */
  readonly adjustedRandDeviation: number;
  /** In ascending order of the clusters' numbers. */
  readonly byCluster: readonly ClusterStability[];
  readonly resamples: number;
}

const RECOVERED = 0.75;
const DISSOLVED = 0.5;

/**
 * Whether the clusters would come out again with other customers from where these came from: the bootstrap of Hennig (2007).
 *
 * A resample are n rows drawn with replacement, each drawn row taken once (about 63 % of the rows; the default of R's
 * `fpc::clusterboot`, since repeated rows would look like clusters). Its rows are grouped anew and compared with their `labels`:
 * the adjusted Rand index of both groupings, and for each cluster, cut to the rows of the resample, the largest Jaccard coefficient
 * with a new cluster. Drawing goes on beyond n rows until there are as many different ones as clusters.
 *
 * Stable clusters need not be groups of customers: two halves of one cloud can be stable too.
 *
 * @param labels - the cluster of each row, whole numbers from 0
 * @throws ClienteleError `lengthMismatch`, `tooFewRows` for fewer than two rows, `invalidInput` for labels that are no whole numbers from 0,
 * `invalidOption`; whatever `cluster` throws.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeStability } from "clientele/evaluation";
 * import { fitKMeans } from "clientele/segmentation";
 *
 * const matrix = featureMatrixFromRows([[1], [2], [3], [4], [31], [32], [33], [34]]);
 * const labels = fitKMeans(matrix, { k: 2 }).predict(matrix);
 * const stability = computeStability(matrix, labels, {
 *   cluster: ({ matrix, k, seed }) => fitKMeans(matrix, { k, seed }).predict(matrix),
 *   resamples: 20,
 * });
 * console.log(stability.adjustedRand); // 1
 * console.log(stability.byCluster.map(({ jaccard }) => jaccard)); // [1, 1]
 * ```
 */
export function computeStability(matrix: FeatureMatrix, labels: ArrayLike<number>, options: StabilityOptions): Stability {
  return runToEnd(stabilitySteps(matrix, labels, options));
}

/** {@link computeStability} in slices: passes on the progress of a `cluster` that is a generator, and reports after each resample. */
export function* stabilitySteps(matrix: FeatureMatrix, labels: ArrayLike<number>, options: StabilityOptions): Steps<Stability> {
  const caller = "computeStability";
  checkFeatureMatrix(caller, "matrix", matrix);
  const { cluster, resamples, seed } = readOptions(caller, options, STABILITY_OPTIONS);
  const clusters = codeLabels(caller, "labels", labels);
  checkSameLength(caller, "labels", labels.length, matrix.rowCount, "the matrix");
  checkRowCount(caller, "matrix", matrix.rowCount, 2);
  const k = clusters.counts.length;
  const indices = new Float64Array(resamples);
  const coefficients = clusters.values.map((): number[] => []);
  for (let resample = 0; resample < resamples; resample++) {
    const random = new RandomStream(seed, resample);
    const rows = drawResample(matrix.rowCount, Math.max(2, k), random);
    const before = codeLabels(caller, "labels", rows.map((row) => clusters.codes[row]!));
    const after = yield* groupSteps(caller, cluster, { matrix: dataRowsAt(matrix, rows), k, seed: random.nextUint32() });
    indices[resample] = adjustedRandOf(before, after);
    for (const found of clusterJaccardOf(before, after)) coefficients[found.cluster]!.push(found.jaccard);
    yield { phase: "stability", done: resample + 1, total: resamples };
  }
  const moments = computeMoments(indices);
  return {
    adjustedRand: moments.mean,
    adjustedRandDeviation: standardDeviationOf(moments, 1),
    byCluster: coefficients.map((ofCluster, code) => summarizeCluster(clusters, code, ofCluster)),
    resamples,
  };
}

const STABILITY_OPTIONS = {
  cluster: { kind: "function", required: true },
  resamples: { kind: "integer", min: 1, max: 100_000, default: 100 },
  seed: SEED,
} as const;

/** The different rows among `rowCount` drawn with replacement, ascending: at least `least` of them. */
function drawResample(rowCount: number, least: number, random: RandomStream): Int32Array {
  const isDrawn = new Uint8Array(rowCount);
  let different = 0;
  for (let draw = 0; draw < rowCount || different < least; draw++) {
    const row = random.nextInteger(rowCount);
    different += 1 - isDrawn[row]!;
    isDrawn[row] = 1;
  }
  const rows = new Int32Array(different);
  let found = 0;
  isDrawn.forEach((drawn, row) => {
    if (drawn === 1) rows[found++] = row;
  });
  return rows;
}

function summarizeCluster({ values, counts }: CodedLabels, code: number, coefficients: readonly number[]): ClusterStability {
  const { mean, count } = computeMoments(coefficients);
  const shareOf = (isWanted: (jaccard: number) => boolean): number => coefficients.filter(isWanted).length / count;
  return {
    cluster: values[code]!,
    rowCount: counts[code]!,
    jaccard: count === 0 ? NaN : mean,
    recovered: shareOf((jaccard) => jaccard >= RECOVERED),
    dissolved: shareOf((jaccard) => jaccard <= DISSOLVED),
    resamples: count,
  };
}
