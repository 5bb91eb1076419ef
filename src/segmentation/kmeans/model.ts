import { checkFeatureMatrix, checkFeatures, nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { ClienteleError } from "../../errors/error";
import { fillDistances } from "./inner-loops";
import { nearestCentroids } from "./predict";
import { readKMeansSpec, type KMeansSpec, type KMeansStatus, type KMeansWarning } from "./spec";

/**
 * Clusters found by k-means: `fitKMeans` makes it, `kMeansFromSpec` reads a saved one.
 *
 * Everything in it is in the units of the matrix that was clustered; of standardised columns, in standard deviations.
 */
export class KMeansModel {
  /** Number of clusters. */
  readonly k: number;
  readonly featureNames: readonly string[];
  /** One row for each cluster, one number for each feature: the (weighted) mean of the cluster's rows. */
  readonly centroids: readonly (readonly number[])[];
  /** Rows of the fit in each cluster: at least one. */
  readonly sizes: readonly number[];
  /** The sum of their weights; of a fit without weights the same as `sizes`. */
  readonly weights: readonly number[];
  /** (Weighted) sum of squared Euclidean distances of the rows of the fit to their centroids: what k-means makes small. */
  readonly inertia: number;
  /** Iterations of Lloyd over all rows in the run that was kept. */
  readonly iterations: number;
  readonly status: KMeansStatus;
  readonly warnings: readonly KMeansWarning[];
  /** The centroids in one row-major array, for the kernels. */
  readonly #centroids: Float64Array;

  constructor(spec: Omit<KMeansSpec, "kind" | "version">) {
    this.k = spec.centroids.length;
    this.featureNames = [...spec.featureNames];
    this.centroids = spec.centroids.map((centroid) => [...centroid]);
    this.sizes = [...spec.sizes];
    this.weights = [...spec.weights];
    this.inertia = spec.inertia;
    this.iterations = spec.iterations;
    this.status = spec.status;
    this.warnings = spec.warnings.map((warning) => ({ ...warning, columns: [...warning.columns] }));
    this.#centroids = Float64Array.from(spec.centroids.flat());
  }

  /**
   * The cluster of each row: the index of its nearest centroid, the lowest one of equally near ones.
   *
   * On the matrix of the fit it gives exactly the clusters that `sizes` and `inertia` describe. Each row is answered for itself,
   * in k · columns operations.
   *
   * @param matrix - the columns of the fit, in the same order and units
   * @returns one number from 0 to k − 1 for each row
   * @throws ClienteleError `featureMismatch` for other columns, `nonFinite` for NaN or infinity (with row and column).
   * @example
   * ```ts
   * import { featureMatrixFromRows } from "clientele/data";
   * import { fitKMeans } from "clientele/segmentation";
   *
   * const model = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [11]]), { k: 2 });
   * console.log(model.predict(featureMatrixFromRows([[0], [20]]))); // Int32Array [0, 1]
   * ```
   */
  predict(matrix: FeatureMatrix): Int32Array {
    const caller = "KMeansModel.predict";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const labels = nearestCentroids(matrix.values, matrix.rowCount, matrix.columnCount, this.#centroids);
    const unassigned = labels.indexOf(-1);
    if (unassigned >= 0) throw nonFiniteCell(caller, matrix) ?? tooFar(caller, unassigned);
    return labels;
  }

  /**
   * How far each row is from each centroid: `rowCount` × `k` Euclidean distances, row after row.
   *
   * The distance of row i from centroid c is at `i * model.k + c`.
   *
   * @param matrix - the columns of the fit, in the same order and units
   * @throws ClienteleError `featureMismatch` for other columns, `nonFinite` for NaN or infinity (with row and column).
   * @example
   * ```ts
   * import { featureMatrixFromRows } from "clientele/data";
   * import { fitKMeans } from "clientele/segmentation";
   *
   * const model = fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12]]), { k: 2 });
   * console.log(model.distances(featureMatrixFromRows([[5]]))); // Float64Array [3, 6]
   * ```
   */
  distances(matrix: FeatureMatrix): Float64Array {
    const caller = "KMeansModel.distances";
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const distances = new Float64Array(matrix.rowCount * this.k);
    fillDistances(matrix.values, matrix.columnCount, matrix.rowCount, this.#centroids, distances);
    const unusable = distances.findIndex((distance) => !Number.isFinite(distance));
    if (unusable >= 0) throw nonFiniteCell(caller, matrix) ?? tooFar(caller, Math.floor(unusable / this.k));
    return distances;
  }

  /** The saved form, for `JSON.stringify(model)`. */
  toJSON(): KMeansSpec {
    return {
      kind: "kMeans",
      version: 2,
      featureNames: [...this.featureNames],
      centroids: this.centroids.map((centroid) => [...centroid]),
      sizes: [...this.sizes],
      weights: [...this.weights],
      inertia: this.inertia,
      iterations: this.iterations,
      status: this.status,
      warnings: this.warnings.map((warning) => ({ ...warning, columns: [...warning.columns] })),
    };
  }
}

function tooFar(caller: string, row: number): ClienteleError {
  const rule = "near enough to the centroids for a squared distance below 1.8e308";
  return new ClienteleError("nonFinite", `row ${row} must be ${rule}`, { caller, parameter: "matrix", row, rule });
}

/**
 * Reads a saved k-means model: the way back from `JSON.parse(JSON.stringify(model))`.
 *
 * @param value - parsed JSON; it is not trusted
 * @throws ClienteleError `invalidSpec` naming the field that is wrong.
 * @example
 * ```ts
 * import { featureMatrixFromRows } from "clientele/data";
 * import { fitKMeans, kMeansFromSpec } from "clientele/segmentation";
 *
 * const saved = JSON.stringify(fitKMeans(featureMatrixFromRows([[1], [2], [3], [10], [12]]), { k: 2 }));
 * const model = kMeansFromSpec(JSON.parse(saved));
 * console.log(model.centroids); // [[2], [11]]
 * ```
 */
export function kMeansFromSpec(value: unknown): KMeansModel {
  return new KMeansModel(readKMeansSpec("kMeansFromSpec", value));
}
