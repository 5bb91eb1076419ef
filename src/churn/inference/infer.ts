import type { FeatureMatrix } from "../../data/feature-matrix";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { LEVEL } from "../../evaluation/classification/binary-inputs";
import { logTwoSidedTail } from "../../numeric/special/chi-square";
import { normalQuantile } from "../../numeric/special/normal-quantile";
import { runToEnd, type Steps } from "../../steps/steps";
import type { LogisticRegressionModel } from "../logistic-regression/model";
import { covarianceMatrixOf, covarianceVectorsSteps, type CovarianceKind } from "./covariance";
import { checkLikelihoodFit, fittedDataSteps, type FittedData } from "./fitted-data";
import { goodnessSteps, type GoodnessOfFit } from "./goodness-of-fit";
import { likelihoodSteps, profileSteps, type Likelihood } from "./profile";

/** Options of {@link inferCoefficients}. */
export interface InferenceOptions {
  /** The sample weights of the fit. @defaultValue none */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /** What the sample weights are: numbers of equal rows, or how much of a population each row stands for. @defaultValue that of the fit */
  readonly weightKind?: "frequency" | "sampling" | undefined;
  /**
   * Where the standard errors come from. `"model"`: from Fisher's information, right if the model describes the data. `"HC0"` and `"HC1"`: from the
   * scores of the rows (sandwich), right in large samples also if it does not; HC1 multiplies the variances by n / (n − k), where k counts the
   * coefficients and the intercept. Rows must be independent in any case: several of one customer are not.
   *
   * @defaultValue `"model"`; `"HC0"` with sampling or class weights, which the model's own errors do not fit
   */
  readonly covariance?: CovarianceKind | undefined;
  /** Confidence of the intervals. @defaultValue 0.95 */
  readonly level?: number | undefined;
  /**
   * `"wald"`: estimate ± quantile · standard error. `"profile"`: the values that a likelihood-ratio test does not refuse (Venzon and Moolgavkar 1988), better
   * in small samples and for rare levels, and slower: about ten passes over the rows for each bound. With `"profile"` z and p are those of that test, too.
   *
   * @defaultValue `"wald"`; `"profile"` for a fit by Firth
   */
  readonly intervals?: "wald" | "profile" | undefined;
}

/** Defaults and bounds of {@link InferenceOptions}. */
export const INFERENCE_OPTIONS = {
  sampleWeights: { kind: "list" },
  weightKind: { kind: "oneOf", values: ["frequency", "sampling"] },
  covariance: { kind: "oneOf", values: ["model", "HC0", "HC1"] },
  level: LEVEL,
  intervals: { kind: "oneOf", values: ["wald", "profile"] },
} as const;

/** Two ends of an interval. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** What is known of one coefficient, in the units of the matrix. */
export interface CoefficientEstimate {
  readonly estimate: number;
  readonly standardError: number;
  /** Estimate ÷ standard error; with profile intervals the root of the likelihood-ratio statistic, with the sign of the estimate. */
  readonly z: number;
  /** Probability of a |z| at least as large if the coefficient were 0: normal, two-sided. 0 where it is below 5e-324; see `logP`. */
  readonly p: number;
  /** Natural logarithm of p, finite however small p is. */
  readonly logP: number;
  readonly interval: Bounds;
  /**
   * exp(estimate): by how much the odds are multiplied for one unit more of the column (of the intercept: the odds where every feature is 0).
   * Infinite above 1.8e308.
   */
  readonly oddsRatio: number;
  readonly oddsRatioInterval: Bounds;
}

/** The coefficient of a column. */
export interface ColumnEstimate extends CoefficientEstimate {
  readonly column: string;
}

/** What {@link inferCoefficients} finds. */
export interface CoefficientInference extends GoodnessOfFit {
  readonly covariance: CovarianceKind;
  readonly intervals: "wald" | "profile";
  readonly level: number;
  readonly intercept: CoefficientEstimate;
  /** Of every column that is not aliased, in the order of the matrix. */
  readonly coefficients: readonly ColumnEstimate[];
  /** Columns without a coefficient of their own: see `aliased` of the model. */
  readonly aliased: readonly string[];
  /** Covariances of the intercept and the coefficients, row after row, in the units of the matrix. */
  readonly covarianceMatrix: Float64Array;
  /**
   * Largest ÷ smallest singular value of the columns of the information's root, each of length one: of the digits of the data, standard errors lose about its
   * logarithm.
   */
  readonly conditionNumber: number;
}

/**
 * How sure the coefficients of a fit are: standard errors, z, p, intervals and odds ratios, and how well the model fits.
 *
 * Computed on demand, from the model and the data it was fitted on: one pass over the rows for the model's own errors, one more for robust ones.
 * They hold for a model that was chosen before its data were looked at. A fit by Firth gets intervals and p from its penalised likelihood
 * (Heinze and Schemper 2002, as the R package logistf); its standard errors are those of Fisher's information at the estimate.
 *
 * With class weights the intercept is that of the model, and the weights are taken as given.
 *
 * @param matrix - the data of the fit: what a fit on other data would have to find at its maximum, a score of 0, is checked
 * @throws ClienteleError `unsupported`, with the reason, for penalised and separated fits, those that did not converge, and columns too nearly collinear;
 * `invalidInput` where √(sᵀ I⁻¹ s), the distance in standard errors from the model to the maximum on these data, exceeds 1e-4 (s is the score,
 * I the information); `invalidOption` for the model's errors with sampling or class weights, for profile intervals without the model's errors, and for robust ones by Firth;
 * else as `fitLogisticRegression`.
 * @example
 * ```ts
 * import { fitLogisticRegression, inferCoefficients } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5, 2, 3] });
 * const labels = [0, 0, 1, 0, 1, 1, 0, 1];
 * const model = fitLogisticRegression(matrix, labels);
 * const { coefficients, aic } = inferCoefficients(model, matrix, labels);
 * console.log(coefficients[0]?.standardError, coefficients[0]?.p); // 1.0973… 0.1579…
 * console.log(aic); // 10.5866…
 * const profile = inferCoefficients(model, matrix, labels, { intervals: "profile" });
 * console.log(profile.coefficients[0]?.interval); // { lower: 0.0870…, upper: 4.8781… }
 * ```
 */
export function inferCoefficients(model: LogisticRegressionModel, matrix: FeatureMatrix, labels: ArrayLike<number>, options?: InferenceOptions): CoefficientInference {
  return runToEnd(inferCoefficientsSteps(model, matrix, labels, options));
}

/**
 * {@link inferCoefficients} in slices of about two milliseconds, for `runCooperatively`.
 *
 * @throws ClienteleError as `inferCoefficients`, at the first slices.
 */
export function* inferCoefficientsSteps(
  model: LogisticRegressionModel,
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  options?: InferenceOptions,
): Steps<CoefficientInference> {
  const caller = "inferCoefficients";
  const { sampleWeights, weightKind, covariance: wanted, level, intervals: wantedIntervals } = readOptions(caller, options, INFERENCE_OPTIONS);
  checkLikelihoodFit(caller, "model", model);
  const isFirth = model.estimator === "firth";
  const fitted = yield* fittedDataSteps(caller, "model", model, { matrix, labels, sampleWeights, weightKind });
  const isSample = fitted.weightKind === "sampling" || model.classWeights !== undefined;
  const covariance = wanted ?? (isSample ? "HC0" : "model");
  const intervals = wantedIntervals ?? (isFirth ? "profile" : "wald");
  checkCombination(caller, covariance, intervals, isSample, isFirth);

  const { columns } = fitted.prepared.rows.data;
  const estimates = [model.intercept, ...Array.from(columns, (column) => model.coefficients[column]!)];
  const vectors = yield* covarianceVectorsSteps(fitted, covariance);
  const covarianceMatrix = covarianceMatrixOf(vectors);
  const standardErrors = vectors.map((vector) => Math.hypot(...vector));
  const quantile = normalQuantile((1 + level) / 2);
  const likelihood = isFirth || intervals === "profile" ? yield* topSteps(caller, fitted, model) : undefined;
  const described =
    likelihood !== undefined && intervals === "profile"
      ? yield* profileEstimatesSteps(caller, likelihood, fitted, estimates, standardErrors, quantile)
      : estimates.map((estimate, k) => waldEstimate(estimate, standardErrors[k]!, quantile));
  const [intercept, ...coefficients] = described;
  return {
    covariance,
    intervals,
    level,
    intercept: intercept!,
    coefficients: coefficients.map((coefficient, j) => ({ column: model.featureNames[columns[j]!]!, ...coefficient })),
    aliased: model.aliased.map(({ column }) => column),
    covarianceMatrix,
    conditionNumber: fitted.information.conditionNumber,
    ...(yield* goodnessSteps(fitted, isSample, isFirth ? likelihood : undefined)),
  };
}

function checkCombination(caller: string, covariance: CovarianceKind, intervals: "wald" | "profile", isSample: boolean, isFirth: boolean): void {
  const refuse = (parameter: string, rule: string): ClienteleError => new ClienteleError("invalidOption", `${parameter} must be ${rule}`, { caller, parameter, rule });
  if (isSample && covariance === "model") throw refuse("covariance", '"HC0" or "HC1" with sampling or class weights: the model\'s own errors take every weight for a number of rows');
  if (isFirth && covariance !== "model") throw refuse("covariance", '"model" for a fit by Firth');
  if (covariance !== "model" && intervals === "profile") throw refuse("intervals", '"wald" with robust errors or weights that are no numbers of rows: a profile needs the likelihood');
}

function* topSteps(caller: string, fitted: FittedData, { estimator }: LogisticRegressionModel): Steps<Likelihood> {
  const likelihood = yield* likelihoodSteps(fitted, estimator, "profile");
  if (likelihood === undefined) throw notFound(caller, "the maximum of the likelihood");
  return likelihood;
}

function notFound(caller: string, what: string): ClienteleError {
  return new ClienteleError("unsupported", `${what} is not found to the accuracy that a profile needs; take intervals "wald", and see diagnoseColumns`, { caller, parameter: "intervals" });
}

function* profileEstimatesSteps(
  caller: string,
  likelihood: Likelihood,
  { prepared }: FittedData,
  estimates: readonly number[],
  standardErrors: readonly number[],
  quantile: number,
): Steps<CoefficientEstimate[]> {
  const described: CoefficientEstimate[] = [];
  for (let k = 0; k < estimates.length; k++) {
    const estimate = estimates[k]!;
    const standardError = standardErrors[k]!;
    const profile = yield* profileSteps(likelihood, prepared.rows.data, k, estimate, standardError, quantile);
    if (profile === undefined) throw notFound(caller, "the likelihood without one of the coefficients");
    const { statistic, lower, upper } = profile;
    described.push(describe(estimate, standardError, Math.sign(estimate) * Math.sqrt(statistic), { lower, upper }));
  }
  return described;
}

function waldEstimate(estimate: number, standardError: number, quantile: number): CoefficientEstimate {
  const margin = quantile * standardError;
  return describe(estimate, standardError, estimate / standardError, { lower: estimate - margin, upper: estimate + margin });
}

function describe(estimate: number, standardError: number, z: number, interval: Bounds): CoefficientEstimate {
  const logP = logTwoSidedTail(z);
  return {
    estimate,
    standardError,
    z,
    p: Math.exp(logP),
    logP,
    interval,
    oddsRatio: Math.exp(estimate),
    oddsRatioInterval: { lower: Math.exp(interval.lower), upper: Math.exp(interval.upper) },
  };
}
