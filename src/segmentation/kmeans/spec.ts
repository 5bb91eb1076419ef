import { SpecReader } from "../../errors/spec";

/**
 * How a k-means fit ended.
 *
 * - `converged`: no row changed its cluster any more, or the centroids moved less than the tolerance
 * - `iterationLimit`: it was stopped at `maxIterations`; more iterations would still improve it
 */
export type KMeansStatus = "converged" | "iterationLimit";

/**
 * Something about the data that makes the clusters mean less than they seem.
 *
 * `unscaledColumns`: the variance of `columns` is more than 100 times that of the column that varies least
 * (constant columns aside), so those columns alone decide the clusters; standardise first.
 */
export interface KMeansWarning {
  readonly code: "unscaledColumns";
  readonly columns: readonly string[];
  /** Largest variance ÷ smallest variance. */
  readonly varianceRatio: number;
}

/** The saved form of a {@link KMeansModel}: what `JSON.stringify(model)` writes. */
export interface KMeansSpec {
  readonly kind: "kMeans";
  readonly version: 2;
  readonly featureNames: readonly string[];
  /** One row for each cluster, one number for each feature. */
  readonly centroids: readonly (readonly number[])[];
  /** Rows of the fit in each cluster. */
  readonly sizes: readonly number[];
  /** The sum of their weights. */
  readonly weights: readonly number[];
  readonly inertia: number;
  readonly iterations: number;
  readonly status: KMeansStatus;
  readonly warnings: readonly KMeansWarning[];
}

/** Reads a saved k-means model out of untrusted JSON. */
export function readKMeansSpec(caller: string, value: unknown): KMeansSpec {
  const spec = SpecReader.open(caller, value, "kMeans", 2, upgrade);
  const featureNames = spec.texts("featureNames");
  if (featureNames.length === 0) throw spec.refuse("featureNames", "an array of at least one name");
  if (new Set(featureNames).size < featureNames.length) throw spec.refuse("featureNames", "an array of distinct names");
  const centroids = rowsOf(spec.numberRows("centroids", featureNames.length), featureNames.length);
  if (centroids.length === 0) throw spec.refuse("centroids", "an array of at least one row");
  const sizes = Array.from(spec.numbers("sizes", centroids.length));
  if (!sizes.every(isCount)) throw spec.refuse("sizes", "an array of whole numbers of at least 0");
  const weights = Array.from(spec.numbers("weights", centroids.length));
  if (!weights.every((weight) => weight >= 0)) throw spec.refuse("weights", "an array of numbers of at least 0");
  const inertia = spec.atLeast("inertia", 0);
  const iterations = spec.count("iterations");
  const status = spec.oneOf("status", ["converged", "iterationLimit"]);
  const warnings = spec.objects("warnings").map((warning) => ({
    code: warning.oneOf("code", ["unscaledColumns"]),
    columns: warning.texts("columns"),
    varianceRatio: warning.number("varianceRatio"),
  }));
  return { kind: "kMeans", version: 2, featureNames, centroids, sizes, weights, inertia, iterations, status, warnings };
}

/** Version 1 knew no weights: each row counted once. */
function upgrade(spec: SpecReader, version: unknown): Readonly<Record<string, unknown>> | undefined {
  if (version !== 1) return undefined;
  const names = ["featureNames", "centroids", "sizes", "inertia", "iterations", "status", "warnings"];
  return { ...Object.fromEntries(names.map((name) => [name, spec.value(name)])), weights: spec.value("sizes") };
}

/** A row-major array as rows. */
export function rowsOf(values: Float64Array, width: number): number[][] {
  return Array.from({ length: values.length / width }, (_, row) => Array.from(values.subarray(row * width, (row + 1) * width)));
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
