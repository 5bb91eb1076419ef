import { SpecReader } from "../../errors/spec";

/**
 * How a fit ended.
 *
 * - `converged`: the maximum (of the penalised likelihood, where there is a penalty); small gradient, positive-definite Hessian
 *   (with an L1 penalty: the Karush–Kuhn–Tucker conditions, and a positive-definite Hessian of the coefficients that are not 0)
 * - `aliased`: converged, and some columns are determined by earlier ones (or constant): they have coefficient 0 and are listed in `aliased`
 * - `separated`: the features separate the classes, so the likelihood has no maximum; the coefficients are those of the last
 *   iteration and no estimates (`estimator: "firth"` or a `strength` gives some); `separation` holds the proof
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

/** What was maximised: the likelihood (penalised, where a strength was given), or Firth's penalised likelihood. */
export type LogisticEstimator = "maximumLikelihood" | "firth";

/**
 * How the rows of a fit were weighted: not at all, by numbers of equal rows (`frequency`), or by how much of a population
 * each row stands for (`sampling`). The estimates are the same; standard errors are not.
 */
export type WeightKind = "none" | "frequency" | "sampling";

/** Weights of the rows with label 0 and with label 1. */
export interface ClassWeights {
  readonly negative: number;
  readonly positive: number;
}

/** The saved form of a `LogisticRegressionModel`: log-odds = intercept + Σ coefficientⱼ · featureⱼ. */
export interface LogisticRegressionSpec {
  readonly kind: "logisticRegression";
  readonly version: 2;
  readonly featureNames: readonly string[];
  readonly intercept: number;
  readonly coefficients: readonly number[];
  /** Means of the features in the data of the fit: what explanations are measured from. */
  readonly featureMeans: readonly number[];
  readonly estimator: LogisticEstimator;
  readonly strength: number;
  readonly l1Share: number;
  readonly standardize: boolean;
  readonly weightKind: WeightKind;
  /** Null where both classes count alike. */
  readonly classWeights: ClassWeights | null;
  readonly status: LogisticRegressionStatus;
  readonly aliased: readonly AliasedFeature[];
  readonly separation: Separation | null;
  /** Rows of the fit with a weight above 0. */
  readonly rowCount: number;
  /** Σ sample weights; the rows, where there were none. */
  readonly weightSum: number;
  /** Share of label 1 and mean probability of label 1 in the data of the fit, by sample weight; null in saved forms of version 1. */
  readonly baseRate: number | null;
  readonly meanPrediction: number | null;
  readonly iterations: number;
  readonly logLikelihood: number;
  readonly gradientNorm: number;
}

/** What a model consists of: its saved form in typed arrays. */
export interface LogisticRegressionParts
  extends Omit<LogisticRegressionSpec, "kind" | "version" | "coefficients" | "featureMeans" | "separation" | "classWeights" | "baseRate" | "meanPrediction"> {
  readonly coefficients: Float64Array;
  readonly featureMeans: Float64Array;
  readonly separation: Separation | undefined;
  readonly classWeights: ClassWeights | undefined;
  readonly baseRate: number | undefined;
  readonly meanPrediction: number | undefined;
}

export const LOGISTIC_REGRESSION_KIND = "logisticRegression";
export const LOGISTIC_REGRESSION_VERSION = 2;

/** Reads a saved model out of untrusted JSON. */
export function readLogisticRegressionSpec(caller: string, value: unknown): LogisticRegressionParts {
  const reader = SpecReader.open(caller, value, LOGISTIC_REGRESSION_KIND, LOGISTIC_REGRESSION_VERSION, upgrade);
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
  const classWeights = reader.optionalObject("classWeights");
  return {
    featureNames,
    intercept: reader.number("intercept"),
    coefficients: reader.numbers("coefficients", featureNames.length),
    featureMeans: reader.numbers("featureMeans", featureNames.length),
    estimator: reader.oneOf("estimator", ["maximumLikelihood", "firth"]),
    strength: reader.atLeast("strength", 0),
    l1Share: readShare(reader, "l1Share"),
    standardize: reader.boolean("standardize"),
    weightKind: reader.oneOf("weightKind", ["none", "frequency", "sampling"]),
    classWeights: classWeights === undefined ? undefined : { negative: classWeights.atLeast("negative", 0), positive: classWeights.atLeast("positive", 0) },
    status,
    aliased,
    separation: separation === undefined ? undefined : readSeparation(separation),
    rowCount: reader.count("rowCount"),
    weightSum: reader.atLeast("weightSum", 0),
    baseRate: reader.value("baseRate") === null ? undefined : readShare(reader, "baseRate"),
    meanPrediction: reader.value("meanPrediction") === null ? undefined : readShare(reader, "meanPrediction"),
    iterations: reader.count("iterations"),
    logLikelihood: reader.number("logLikelihood"),
    gradientNorm: reader.atLeast("gradientNorm", 0),
  };
}

/** Version 1 knew maximum likelihood and L2 without weights, and did not say how many had label 1. */
function upgrade(reader: SpecReader, version: unknown): Readonly<Record<string, unknown>> | undefined {
  if (version !== 1) return undefined;
  const names = ["featureNames", "intercept", "coefficients", "featureMeans", "strength", "standardize", "status", "aliased", "separation", "rowCount", "iterations", "logLikelihood", "gradientNorm"];
  const kept = Object.fromEntries(names.map((name) => [name, reader.value(name)]));
  return { ...kept, estimator: "maximumLikelihood", l1Share: 0, weightKind: "none", classWeights: null, weightSum: reader.value("rowCount"), baseRate: null, meanPrediction: null };
}

function readShare(reader: SpecReader, name: string): number {
  const value = reader.atLeast(name, 0);
  if (value > 1) throw reader.refuse(name, "a number from 0 to 1");
  return value;
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
