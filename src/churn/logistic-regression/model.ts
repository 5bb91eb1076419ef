import { checkFeatureMatrix, checkFeatures, nonFiniteCell, type FeatureMatrix } from "../../data/feature-matrix";
import { ClienteleError } from "../../errors/error";
import { fillLogits, toProbabilities } from "./predict";
import {
  LOGISTIC_REGRESSION_KIND,
  LOGISTIC_REGRESSION_VERSION,
  readLogisticRegressionSpec,
  type AliasedFeature,
  type ClassWeights,
  type LogisticEstimator,
  type LogisticRegressionParts,
  type LogisticRegressionSpec,
  type LogisticRegressionStatus,
  type Separation,
  type WeightKind,
} from "./spec";

/**
 * A fitted logistic regression: the probability of label 1 is 1 / (1 + exp(−(intercept + Σ coefficientⱼ · featureⱼ))).
 *
 * Made by `fitLogisticRegression` or, from its saved form, by `logisticRegressionFromSpec`.
 */
export class LogisticRegressionModel {
  /** The columns of the fit, in order; `predictProbability` refuses others. */
  readonly featureNames: readonly string[];
  /** Log-odds where every feature is 0. */
  readonly intercept: number;
  /** Change of the log-odds for one unit of each feature, in the units of the matrix; 0 for aliased columns. */
  readonly coefficients: readonly number[];
  /** Means of the features in the data of the fit, by sample weight. */
  readonly featureMeans: readonly number[];
  readonly estimator: LogisticEstimator;
  /** Strength of the penalty of the fit; 0 without one. */
  readonly strength: number;
  /** Share of the penalty that is on absolute values: 0 is L2 (ridge), 1 is L1 (lasso). */
  readonly l1Share: number;
  /** Whether the penalty was on the coefficients of standardised features. */
  readonly standardize: boolean;
  /** How the rows were weighted. */
  readonly weightKind: WeightKind;
  /** The weights of the classes, which the intercept no longer shows; undefined where both counted alike. */
  readonly classWeights: ClassWeights | undefined;
  readonly status: LogisticRegressionStatus;
  /** Columns that earlier ones determine, and constant ones. */
  readonly aliased: readonly AliasedFeature[];
  /** The proof, where the status is `separated`. */
  readonly separation: Separation | undefined;
  /** Rows of the fit with a weight above 0. */
  readonly rowCount: number;
  /** Σ sample weights; the rows, where there were none. */
  readonly weightSum: number;
  /** Share of label 1 in the data of the fit, by sample weight; undefined for a model that an earlier version saved. */
  readonly baseRate: number | undefined;
  /**
   * Mean of the probabilities that the model gives to the data of the fit, by sample weight. At the optimum it is the base rate, except
   * with class weights (the intercept is corrected for them, which is exact only for a model without penalty that describes the data)
   * and for Firth's estimate; undefined for a model that an earlier version saved.
   */
  readonly meanPrediction: number | undefined;
  /** Steps taken: of Newton's method, or gradients of all rows where it started on a sample. */
  readonly iterations: number;
  /** Σ sample weight · log of the probability given to the observed label, without any penalty. */
  readonly logLikelihood: number;
  /** Largest absolute component of the gradient of what was minimised, on standardised columns and per row; of the least subgradient with L1. */
  readonly gradientNorm: number;
  /** The coefficients once more, for the kernel. */
  readonly #coefficients: Float64Array;

  constructor(parts: LogisticRegressionParts) {
    this.#coefficients = parts.coefficients.slice();
    this.featureNames = [...parts.featureNames];
    this.intercept = parts.intercept;
    this.coefficients = Array.from(parts.coefficients);
    this.featureMeans = Array.from(parts.featureMeans);
    this.estimator = parts.estimator;
    this.strength = parts.strength;
    this.l1Share = parts.l1Share;
    this.standardize = parts.standardize;
    this.weightKind = parts.weightKind;
    this.classWeights = parts.classWeights;
    this.status = parts.status;
    this.aliased = parts.aliased;
    this.separation = parts.separation;
    this.rowCount = parts.rowCount;
    this.weightSum = parts.weightSum;
    this.baseRate = parts.baseRate;
    this.meanPrediction = parts.meanPrediction;
    this.iterations = parts.iterations;
    this.logLikelihood = parts.logLikelihood;
    this.gradientNorm = parts.gradientNorm;
  }

  /**
   * The log-odds of label 1, one for each row.
   *
   * @throws ClienteleError `featureMismatch` for other columns than those of the fit, `nonFinite` where values are so large that the sum overflows.
   */
  predictLogit(matrix: FeatureMatrix): Float64Array {
    return this.#logits("LogisticRegressionModel.predictLogit", matrix);
  }

  /**
   * The probability of label 1, one for each row.
   *
   * @throws ClienteleError `featureMismatch` for other columns than those of the fit, `nonFinite` where values are so large that the sum overflows.
   */
  predictProbability(matrix: FeatureMatrix): Float64Array {
    const probabilities = this.#logits("LogisticRegressionModel.predictProbability", matrix);
    toProbabilities(probabilities);
    return probabilities;
  }

  /** The saved form. */
  toJSON(): LogisticRegressionSpec {
    return {
      kind: LOGISTIC_REGRESSION_KIND,
      version: LOGISTIC_REGRESSION_VERSION,
      featureNames: [...this.featureNames],
      intercept: this.intercept,
      coefficients: [...this.coefficients],
      featureMeans: [...this.featureMeans],
      estimator: this.estimator,
      strength: this.strength,
      l1Share: this.l1Share,
      standardize: this.standardize,
      weightKind: this.weightKind,
      classWeights: this.classWeights === undefined ? null : { ...this.classWeights },
      status: this.status,
      aliased: this.aliased.map((feature) => ({ ...feature, dependsOn: feature.dependsOn.map((term) => ({ ...term })) })),
      separation: this.separation === undefined ? null : { ...this.separation, columns: this.separation.columns.map((term) => ({ ...term })) },
      rowCount: this.rowCount,
      weightSum: this.weightSum,
      baseRate: this.baseRate ?? null,
      meanPrediction: this.meanPrediction ?? null,
      iterations: this.iterations,
      logLikelihood: this.logLikelihood,
      gradientNorm: this.gradientNorm,
    };
  }

  #logits(caller: string, matrix: FeatureMatrix): Float64Array {
    checkFeatureMatrix(caller, "matrix", matrix);
    checkFeatures(caller, matrix, this.featureNames);
    const logits = new Float64Array(matrix.rowCount);
    fillLogits(matrix.values, this.#coefficients, this.intercept, logits);
    const row = logits.findIndex((logit) => !Number.isFinite(logit));
    if (row >= 0) {
      throw nonFiniteCell(caller, matrix) ?? new ClienteleError("nonFinite", `row ${row} holds values so large that its log-odds overflow`, { caller, parameter: "matrix", row });
    }
    return logits;
  }
}

/**
 * Gives a saved model back its class: for scoring where nothing is fitted.
 *
 * @param value - parsed JSON, trusted in nothing
 * @throws ClienteleError `invalidSpec`, with the field, for anything but a saved logistic regression.
 * @example
 * ```ts
 * import { fitLogisticRegression, logisticRegressionFromSpec } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5] });
 * const text = JSON.stringify(fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1]));
 * const model = logisticRegressionFromSpec(JSON.parse(text));
 * console.log(model.predictProbability(matrix)[5]); // 0.9541…
 * ```
 */
export function logisticRegressionFromSpec(value: unknown): LogisticRegressionModel {
  return new LogisticRegressionModel(readLogisticRegressionSpec("logisticRegressionFromSpec", value));
}
