import type { FeatureMatrix } from "../../data/feature-matrix";
import { readOptions, SEED } from "../../errors/options";
import { RandomStream, samplePositions } from "../../numeric/random/random-stream";
import { computeMoments, varianceOf } from "../../numeric/statistics/moments";
import { runToEnd, type Steps } from "../../steps/steps";
import { rowsByCode, type CodedLabels } from "../coded-labels";
import { readClusters } from "./clusters";
import { readPoints } from "./points";
import { fillWidthsSteps } from "./silhouette-widths";

/** Options of {@link computeSilhouette}. */
export interface SilhouetteOptions {
  /**
   * With more rows than this, only about so many are evaluated, each still against all rows: the share of each cluster,
   * but at least 30 of it (or all it has). The number of rows makes the figure exact.
   * @defaultValue 5000
   */
  readonly sampleSize?: number | undefined;
  /** Decides which rows are evaluated, where not all are. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** The silhouette of one cluster. */
export interface ClusterSilhouette {
  /** The cluster's number, as in the labels. */
  readonly cluster: number;
  readonly rowCount: number;
  readonly evaluatedRows: number;
  /** Mean width of its evaluated rows. */
  readonly mean: number;
  /** Standard error of `mean` by the sampling of rows; 0 when all of the cluster were evaluated. */
  readonly standardError: number;
}

/** What {@link computeSilhouette} returns. */
export interface Silhouette {
  /** Mean width of all rows; where rows were sampled, its unbiased estimate. */
  readonly mean: number;
  /** Standard error of `mean` by the sampling of rows; 0 when all were evaluated. */
  readonly standardError: number;
  /** In ascending order of the clusters' numbers. */
  readonly byCluster: readonly ClusterSilhouette[];
  readonly rowCount: number;
  /** How many rows were evaluated. */
  readonly evaluatedRows: number;
  /** The positions of the evaluated rows, ascending. */
  readonly rows: Int32Array;
  /** The silhouette width of each of `rows`, from −1 (nearer to another cluster) to 1. */
  readonly widths: Float64Array;
}

/**
 * How much nearer rows are to their own cluster than to the next one: the silhouette (Rousseeuw 1987).
 *
 * A row's width is (b − a) / max(a, b), with a its mean Euclidean distance to the others of its cluster and b the least mean
 * distance to the rows of another. A row alone in its cluster has width 0. Scale the columns first, as for the clustering.
 *
 * Takes time proportional to evaluated rows × rows × columns (half of that when all are evaluated), and memory for a copy of the
 * matrix and one number for each row and cluster. Above `sampleSize` rows the evaluated ones are a random sample of every cluster,
 * each compared with all rows, so their widths are exact; the mean weights each cluster by its size, and `standardError` says
 * how far it may be off.
 *
 * @param labels - the cluster of each row, whole numbers from 0
 * @throws ClienteleError `constantLabels` for one cluster, `tooFewRows` for as many clusters as rows, `invalidInput` for labels
 * that are no whole numbers from 0, `nonFinite` for NaN or infinity (with row and column), `lengthMismatch`, `invalidOption`.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { computeSilhouette } from "clientele/evaluation";
 *
 * const matrix = featureMatrixFromRows([[0], [1], [10], [11]]);
 * const silhouette = computeSilhouette(matrix, [0, 0, 1, 1]);
 * console.log(silhouette.mean.toFixed(4), silhouette.evaluatedRows); // "0.8997" 4
 * ```
 */
export function computeSilhouette(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: SilhouetteOptions): Silhouette {
  return runToEnd(silhouetteSteps(matrix, labels, options));
}

/** {@link computeSilhouette} in slices. */
export function* silhouetteSteps(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: SilhouetteOptions): Steps<Silhouette> {
  const caller = "computeSilhouette";
  const { sampleSize, seed } = readOptions(caller, options, {
    sampleSize: { kind: "integer", min: 1, default: 5000 },
    seed: SEED,
  });
  const clusters = readClusters(caller, matrix, labels);
  const chosen = chooseRows(clusters, sampleSize, seed);
  const rows = Int32Array.from(chosen.flatMap((ofCluster) => [...ofCluster])).sort();
  const widths = new Float64Array(rows.length);
  yield* fillWidthsSteps(readPoints(caller, matrix).points, clusters, rows, widths);
  return summarizeWidths(clusters, rows, widths);
}

/** Enough of a small cluster for its mean to say something. */
const MIN_ROWS_OF_CLUSTER = 30;

/** All rows of each cluster, or a random part of each. */
function chooseRows(clusters: CodedLabels, sampleSize: number, seed: number): Int32Array[] {
  const rowCount = clusters.codes.length;
  const byCluster = rowsByCode(clusters);
  if (rowCount <= sampleSize) return byCluster;
  return byCluster.map((rows, code) => {
    const share = Math.round((sampleSize * rows.length) / rowCount);
    const count = Math.min(rows.length, Math.max(share, MIN_ROWS_OF_CLUSTER));
    return samplePositions(rows.length, count, new RandomStream(seed, code)).map((position) => rows[position]!);
  });
}

/** Stratified mean and its standard error with finite population correction (Cochran 1977, eq. 5.1 and 5.13). */
function summarizeWidths(clusters: CodedLabels, rows: Int32Array, widths: Float64Array): Silhouette {
  const rowCount = clusters.codes.length;
  const byCode = widthsByCode(clusters, rows, widths);
  let mean = 0;
  let variance = 0;
  const byCluster = clusters.values.map((cluster, code): ClusterSilhouette => {
    const size = clusters.counts[code]!;
    const moments = computeMoments(byCode[code]!);
    const ownVariance = moments.count < size ? (1 - moments.count / size) * (varianceOf(moments, 1) / moments.count) : 0;
    mean += (size / rowCount) * moments.mean;
    variance += (size / rowCount) ** 2 * ownVariance;
    return { cluster, rowCount: size, evaluatedRows: moments.count, mean: moments.mean, standardError: Math.sqrt(ownVariance) };
  });
  return { mean, standardError: Math.sqrt(variance), byCluster, rowCount, evaluatedRows: rows.length, rows, widths };
}

function widthsByCode({ codes, counts }: CodedLabels, rows: Int32Array, widths: Float64Array): number[][] {
  const byCode = Array.from(counts, (): number[] => []);
  rows.forEach((row, i) => byCode[codes[row]!]!.push(widths[i]!));
  return byCode;
}
