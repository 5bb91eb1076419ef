import { SpecReader } from "../../errors/spec";

/**
 * How a fit ended.
 *
 * - `converged`: the maximum (of the penalised likelihood, where a strength was given); small gradient, positive-definite Hessian
 * - `aliased`: converged, and some columns are determined by earlier ones (or constant): they have coefficient 0 and are listed in `aliased`
 * - `separated`: the features separate the classes, so the likelihood has no maximum; the coefficients are those of the last
 *   iteration and no estimates (give a `strength` to get some); `separation` holds the proof
 * - `iterationLimit`: stopped without reaching the tolerance, by `maxIterations` or because rounding allowed no further progress
 */
export type LogisticRegressionStatus = "converged" | "aliased" | "separated" | "iterationLimit";

/** A column that tells nothing new: column = constant + Σ coefficient · column. */
export interface AliasedFeature {
  readonly column: string;
  readonly constant: number;
  /** The earlier columns that determine it; none for a constant column. */
  readonly dependsOn: readonly { readonly column: string; readonly coefficient: number }[];
}

/**
 * The proof of separation: intercept + Σ coefficient · column is ≥ 0 on every row with label 1, ≤ 0 on every row with label 0,
 * and not zero on `separatedRows` rows. Where one column separates by itself this is exact; elsewhere it holds up to the rounding of each
 * row's own sum, 8 (columns + 5) · 2⁻⁵² of the sizes added up in it (columns centred): an overlap below that passes for a touching boundary.
 * Other such combinations may exist beside this one.
 */
export interface Separation {
  /** `complete`: the combination is zero on no row. `quasi`: some rows of both, or of one, class lie on the boundary. */
  readonly kind: "complete" | "quasi";
  readonly intercept: number;
  /** The columns that carry the separation. */
  readonly columns: readonly { readonly column: string; readonly coefficient: number }[];
  readonly separatedRows: number;
}

/** The saved form of a `LogisticRegressionModel`: log-odds = intercept + Σ coefficientⱼ · featureⱼ. */
export interface LogisticRegressionSpec {
  readonly kind: "logisticRegression";
  readonly version: 1;
  readonly featureNames: readonly string[];
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** Means of the features in the data of the fit: what explanations are measured from. */
  readonly featureMeans: readonly number[];
  readonly strength: number;
  readonly standardize: boolean;
  readonly status: LogisticRegressionStatus;
  readonly aliased: readonly AliasedFeature[];
  readonly separation: Separation | null;
  readonly rowCount: number;
  readonly iterations: number;
  readonly logLikelihood: number;
  readonly gradientNorm: number;
}

/** What a model consists of: its saved form in typed arrays. */
export interface LogisticRegressionParts extends Omit<LogisticRegressionSpec, "kind" | "version" | "coefficients" | "featureMeans" | "separation"> {
  readonly coefficients: Float64Array;
  readonly featureMeans: Float64Array;
  readonly separation: Separation | undefined;
}

export const LOGISTIC_REGRESSION_KIND = "logisticRegression";
export const LOGISTIC_REGRESSION_VERSION = 1;

/** Reads a saved model out of untrusted JSON. */
export function readLogisticRegressionSpec(caller: string, value: unknown): LogisticRegressionParts {
  const reader = SpecReader.open(caller, value, LOGISTIC_REGRESSION_KIND, LOGISTIC_REGRESSION_VERSION);
  const featureNames = reader.texts("featureNames");
  if (new Set(featureNames).size !== featureNames.length) throw reader.refuse("featureNames", "distinct names");
  const status = reader.oneOf("status", ["converged", "aliased", "separated", "iterationLimit"]);
  const separation = reader.optionalObject("separation");
  if ((status === "separated") !== (separation !== undefined)) throw reader.refuse("separation", `given for the status "separated" and for no other`);
  const aliased = reader.objects("aliased").map((feature) => ({
    column: feature.text("column"),
    constant: feature.number("constant"),
    dependsOn: readTerms(feature, "dependsOn"),
  }));
  if (!aliased.every(({ column }) => featureNames.includes(column))) throw reader.refuse("aliased", "columns of featureNames");
  return {
    featureNames,
    intercept: reader.number("intercept"),
    coefficients: reader.numbers("coefficients", featureNames.length),
    featureMeans: reader.numbers("featureMeans", featureNames.length),
    strength: reader.atLeast("strength", 0),
    standardize: reader.boolean("standardize"),
    status,
    aliased,
    separation: separation === undefined ? undefined : readSeparation(separation),
    rowCount: reader.count("rowCount"),
    iterations: reader.count("iterations"),
    logLikelihood: reader.number("logLikelihood"),
    gradientNorm: reader.atLeast("gradientNorm", 0),
  };
}

function readSeparation(reader: SpecReader): Separation {
  return {
    kind: reader.oneOf("kind", ["complete", "quasi"]),
    intercept: reader.number("intercept"),
    columns: readTerms(reader, "columns"),
    separatedRows: reader.count("separatedRows"),
  };
}

function readTerms(reader: SpecReader, name: string): { column: string; coefficient: number }[] {
  return reader.objects(name).map((term) => ({ column: term.text("column"), coefficient: term.number("coefficient") }));
}
