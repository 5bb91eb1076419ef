import type { FeatureMatrix } from "../../data/feature-matrix";
import { ClienteleError } from "../../errors/error";
import { readOptions, SEED } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import { modelPartsSteps } from "./assemble";
import { LogisticRegressionModel } from "./model";
import { readClassWeights, readObservations } from "./observations";
import { solveSteps } from "./solve";
import type { ClassWeights, LogisticEstimator, WeightKind } from "./spec";

/** How rows count, in a fit and everything that is made of fits. */
export interface LogisticWeightOptions {
  /**
   * How much each row counts: numbers of at least 0, none of the others below 1e-15 of the largest.
   * Only their proportions matter to the coefficients. Columns are standardised by them, too.
   *
   * @defaultValue each row counts once
   */
  readonly sampleWeights?: ArrayLike<number> | undefined;
  /**
   * What the sample weights are: numbers of equal rows, or how much of a population each row stands for.
   * The coefficients are the same; the model remembers it for standard errors.
   *
   * @defaultValue "frequency"
   */
  readonly weightKind?: "frequency" | "sampling" | undefined;
  /**
   * Further weights for the rows of each label; `"balanced"` gives both labels half of the weight. The intercept is then corrected
   * by −ln(positive / negative), so that probabilities refer to the data as they are: exact for a model without penalty that describes
   * the data, so compare `meanPrediction` with `baseRate`.
   *
   * @defaultValue both count alike
   */
  readonly classWeights?: "balanced" | ClassWeights | undefined;
}

/** How a fit is computed. */
export interface LogisticLimitOptions {
  /** Most steps. @defaultValue 100 */
  readonly maxIterations?: number | undefined;
  /** Largest gradient component and Newton decrement at the optimum, on standardised columns and per row. @defaultValue 1e-10 */
  readonly tolerance?: number | undefined;
  /** Chooses the rows on which a fit of many rows starts; the solution is the same within the tolerance. @defaultValue 1 */
  readonly seed?: number | undefined;
}

/** Options of {@link fitLogisticRegression}. */
export interface LogisticRegressionOptions extends LogisticWeightOptions, LogisticLimitOptions {
  /**
   * Strength of the penalty: strength · ((1 − l1Share) / 2 · Σ βⱼ² + l1Share · Σ |βⱼ|) is added to the mean negative log-likelihood.
   * scikit-learn's C is 1 / (n · strength); glmnet's lambda is the strength, its alpha the `l1Share`.
   *
   * @defaultValue 0: no penalty
   */
  readonly strength?: number | undefined;
  /** From 0, squares only (ridge), to 1, absolute values only (lasso, which sets coefficients to 0). @defaultValue 0 */
  readonly l1Share?: number | undefined;
  /**
   * Whether the penalised β are those of standardised columns (deviation with 1/n). Without a penalty it changes nothing.
   *
   * @defaultValue true
   */
  readonly standardize?: boolean | undefined;
  /**
   * `"firth"` maximises log-likelihood + ½ log |information|, which has a maximum for separated classes, too, and removes most of the
   * bias of small samples. It takes neither a strength nor class nor sampling weights.
   *
   * @defaultValue "maximumLikelihood"
   */
  readonly estimator?: LogisticEstimator | undefined;
}

/** Defaults and bounds of the options that a fit shares with paths and with the choice of a strength. */
export const SHARED_OPTIONS = {
  sampleWeights: { kind: "list" },
  weightKind: { kind: "oneOf", values: ["frequency", "sampling"], default: "frequency" },
  classWeights: { kind: "custom" },
  l1Share: { kind: "number", min: 0, max: 1, default: 0 },
  standardize: { kind: "boolean", default: true },
  maxIterations: { kind: "integer", min: 1, max: 10000, default: 100 },
  tolerance: { kind: "number", min: 0, max: 0.01, open: "min", default: 1e-10 },
  seed: SEED,
} as const;

/** Defaults and bounds of the other {@link LogisticRegressionOptions}. */
export const ESTIMATOR_OPTIONS = {
  strength: { kind: "number", min: 0, max: 1e12, default: 0 },
  estimator: { kind: "oneOf", values: ["maximumLikelihood", "firth"], default: "maximumLikelihood" },
} as const;

/**
 * Fits the probability of a label by logistic regression: maximum likelihood, with an elastic-net penalty, or Firth's.
 *
 * Minimises −Σ wᵢ log pᵢ / Σ wᵢ + strength · ((1 − l1Share)/2 · Σ βⱼ² + l1Share · Σ |βⱼ|), where pᵢ is the probability given to the observed
 * label of row i. The intercept is never penalised. Newton's method on centred and scaled columns (with L1, coordinate descent on its quadratic
 * model), coefficients returned in the units of the matrix; the time is about rows × columns² / 2 operations for each of 5 to 10 iterations.
 * Where that is more than ten million, the fit starts on a sample of the rows and ends in about five passes over all of
 * rows × columns × 2 operations; the tolerance is the same.
 *
 * Outliers, though they take more iterations (about 40 for one of 1e9 beside values of size 1), cost the other rows no digits: a column
 * whose deviation is theirs is centred and scaled by its bulk meanwhile. The solution is the same, and follows them where they call for it.
 *
 * Collinear columns are no error: without a penalty the later ones (as in R) get coefficient 0 and are listed in `aliased`
 * with the columns that determine them; the predictions are those of maximum likelihood all the same. A penalty makes the
 * solution unique, so with it only constant columns are aliased. Separated classes, for which maximum likelihood has no
 * solution, are proved and reported by the status; see {@link LogisticRegressionStatus}.
 *
 * @param matrix - features: rows × columns
 * @param labels - 0 or 1 for each row
 * @throws ClienteleError `constantLabels` when all labels (of rows with a weight above 0) are equal, `lengthMismatch`, `nonFinite` (with row
 * and column), `invalidInput` for labels other than 0 and 1 and for columns whose deviation lies outside 1e-140 … 1e140, `invalidOption`.
 * @example
 * ```ts
 * import { fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5] });
 * const model = fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1]);
 * console.log(model.status);                       // converged
 * console.log(model.coefficients[0]);              // 1.2140…
 * console.log(model.predictProbability(matrix)[0]); // 0.0458…
 * ```
 */
export function fitLogisticRegression(matrix: FeatureMatrix, labels: ArrayLike<number>, options?: LogisticRegressionOptions): LogisticRegressionModel {
  return runToEnd(logisticRegressionSteps(matrix, labels, options));
}

/**
 * {@link fitLogisticRegression} in slices of about two milliseconds, for `runCooperatively`.
 *
 * @throws ClienteleError as `fitLogisticRegression`, at the first slice.
 */
export function* logisticRegressionSteps(
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  options?: LogisticRegressionOptions,
): Steps<LogisticRegressionModel> {
  const caller = "fitLogisticRegression";
  const { strength, sampleWeights, weightKind, classWeights: wanted, ...others } = readOptions(caller, options, { ...SHARED_OPTIONS, ...ESTIMATOR_OPTIONS });
  const observations = readObservations(caller, matrix, labels, sampleWeights);
  const classWeights = readClassWeights(caller, wanted, observations);
  const kind = sampleWeights === undefined ? "none" : weightKind;
  if (others.estimator === "firth") checkFirth(caller, strength, kind, classWeights);
  const settings = { ...others, classWeights };
  const solution = yield* solveSteps(caller, observations, strength, settings);
  return new LogisticRegressionModel(yield* modelPartsSteps(observations, solution, strength, settings, kind));
}

/** The weight of Firth's penalty is half an observation for each coefficient: it must be known what an observation is. */
function checkFirth(caller: string, strength: number, kind: WeightKind, classWeights: ClassWeights | undefined): void {
  const combined = strength > 0 ? "strength" : classWeights !== undefined ? "classWeights" : kind === "sampling" ? "weightKind" : undefined;
  if (combined === undefined) return;
  const rule = { strength: "no strength", classWeights: "no class weights", weightKind: "frequency weights" }[combined];
  throw new ClienteleError("invalidOption", `estimator "firth" takes ${rule}: it has a penalty of its own, and counts rows`, { caller, parameter: combined, rule });
}
