import { checkFinite, checkSameLength, checkShape } from "../../errors/check";
import { readOptions } from "../../errors/options";
import { checkFeatureMatrix, checkFeatures, type FeatureMatrix } from "../../data/feature-matrix";
import type { RowId } from "../../data/table";
import type { LogisticRegressionModel } from "../logistic-regression/model";

/** Options of {@link explainLogistic}. */
export interface ExplainLogisticOptions {
  /**
   * The customer to compare with: one value for each feature.
   *
   * @defaultValue the means of the features in the data of the fit
   */
  readonly reference?: ArrayLike<number> | undefined;
}

/** Log-odds taken apart: the log-odds of row i are `baseline` + Σⱼ `contributions[i * featureNames.length + j]`. */
export interface LogisticExplanation {
  readonly featureNames: readonly string[];
  readonly rowCount: number;
  readonly rowIds: ArrayLike<RowId>;
  /** Whom customers are compared with: the value of each feature. */
  readonly reference: readonly number[];
  /** `mean`: the mean customer of the fit; `given`: one of the caller's. */
  readonly comparedWith: "mean" | "given";
  /** Log-odds of the reference. */
  readonly baseline: number;
  /** Row-major: what the difference of each feature from the reference adds to the log-odds. */
  readonly contributions: Float64Array;
}

const EXPLAIN_LOGISTIC_OPTIONS = { reference: { kind: "list" } } as const;

/**
 * Takes each customer's log-odds apart into what every feature adds, compared with a reference customer.
 *
 * Exact, not approximate: contribution = coefficient · (value − reference value), and baseline + contributions = log-odds.
 * They are statements about the model, not about causes. The contributions are the Shapley values of the log-odds
 * for independent features (Štrumbelj and Kononenko 2014).
 *
 * @throws ClienteleError `featureMismatch` for other columns than those of the fit, `lengthMismatch` or `nonFinite` for a wrong reference.
 * @example
 * ```ts
 * import { explainLogistic, fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const matrix = featureMatrixFromColumns({ calls: [0, 1, 2, 3, 4, 5] });
 * const model = fitLogisticRegression(matrix, [0, 0, 1, 0, 1, 1]);
 * const { baseline, contributions } = explainLogistic(model, matrix);
 * console.log(baseline + contributions.at(5)!);  // 3.035…
 * console.log(model.predictLogit(matrix)[5]);    // 3.035…
 * ```
 */
export function explainLogistic(model: LogisticRegressionModel, matrix: FeatureMatrix, options?: ExplainLogisticOptions): LogisticExplanation {
  const caller = "explainLogistic";
  checkShape(caller, "model", model, "a LogisticRegressionModel", ({ featureNames, coefficients }) => Array.isArray(featureNames) && Array.isArray(coefficients));
  checkFeatureMatrix(caller, "matrix", matrix);
  const { reference: given } = readOptions(caller, options, EXPLAIN_LOGISTIC_OPTIONS);
  const reference = given ?? model.featureMeans;
  const { featureNames, coefficients, intercept } = model;
  checkFeatures(caller, matrix, featureNames);
  checkSameLength(caller, "reference", reference.length, featureNames.length, "the model's features");
  checkFinite(caller, "reference", reference);

  const columnCount = featureNames.length;
  const contributions = new Float64Array(matrix.rowCount * columnCount);
  for (let i = 0; i < matrix.rowCount; i++) {
    const start = i * columnCount;
    for (let j = 0; j < columnCount; j++) contributions[start + j] = coefficients[j]! * (matrix.values[start + j]! - reference[j]!);
  }
  let baseline = intercept;
  for (let j = 0; j < columnCount; j++) baseline += coefficients[j]! * reference[j]!;
  return { featureNames, rowCount: matrix.rowCount, rowIds: matrix.rowIds, reference: Array.from(reference), comparedWith: given === undefined ? "mean" : "given", baseline, contributions };
}
