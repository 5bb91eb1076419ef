import { checkFeatureMatrix, type FeatureMatrix } from "../../data/feature-matrix";
import { describeFeature, describeNames } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { readOptions } from "../../errors/options";
import { runToEnd, type Steps } from "../../steps/steps";
import type { LogisticRegressionModel } from "../logistic-regression/model";
import { checkLikelihoodFit, fittedDataSteps } from "./fitted-data";
import { goodnessSteps, likelihoodRatioOf, type GoodnessOfFit, type LikelihoodRatio } from "./goodness-of-fit";

/** Options of {@link compareModels}. */
export interface CompareModelsOptions {
  /** The sample weights of both fits: numbers of equal rows. @defaultValue none */
  readonly sampleWeights?: ArrayLike<number> | undefined;
}

/** Defaults and bounds of {@link CompareModelsOptions}. */
export const COMPARE_MODELS_OPTIONS = { sampleWeights: { kind: "list" } } as const;

/** What {@link compareModels} finds. */
export interface ModelComparison extends LikelihoodRatio {
  /** The columns that only the large model has, aliased ones included. */
  readonly addedColumns: readonly string[];
  readonly small: GoodnessOfFit;
  readonly large: GoodnessOfFit;
}

/**
 * Do more columns fit better than chance would have it? The likelihood-ratio test of two models fitted to the same rows, one with all columns of the other and more.
 *
 * The statistic is compared with chi-square, which holds in large samples, and for columns that were not chosen by looking at these data. AIC and BIC of both
 * models are in `small` and `large`.
 *
 * @param small - the model with fewer columns
 * @param large - the model with all of these and others
 * @param matrix - the data of both fits: the columns of `large`, in its order
 * @throws ClienteleError `featureMismatch` where the small model has columns that the large one has not; `unsupported` for models that
 * {@link inferCoefficients} refuses, for fits by Firth, whose penalties differ, with sampling or class weights, which are no likelihood, and where both have as many
 * coefficients; `invalidInput` where the data are not those of both fits.
 * @example
 * ```ts
 * import { compareModels, fitLogisticRegression } from "clientele/churn";
 * import { featureMatrixFromColumns } from "clientele/data";
 *
 * const months = [2, 30, 5, 48, 12, 7, 60, 3, 24, 9, 36, 1];
 * const calls = [4, 0, 1, 1, 3, 2, 0, 1, 2, 5, 1, 2];
 * const left = [1, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 0];
 * const matrix = featureMatrixFromColumns({ months, calls });
 * const small = fitLogisticRegression(featureMatrixFromColumns({ months }), left);
 * const large = fitLogisticRegression(matrix, left);
 * const { addedColumns, degreesOfFreedom, p } = compareModels(small, large, matrix, left);
 * console.log(addedColumns, degreesOfFreedom, p); // ["calls"] 1 0.1918…
 * ```
 */
export function compareModels(
  small: LogisticRegressionModel,
  large: LogisticRegressionModel,
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  options?: CompareModelsOptions,
): ModelComparison {
  return runToEnd(compareModelsSteps(small, large, matrix, labels, options));
}

/**
 * {@link compareModels} in slices of about two milliseconds, for `runCooperatively`.
 *
 * @throws ClienteleError as `compareModels`, at the first slices.
 */
export function* compareModelsSteps(
  small: LogisticRegressionModel,
  large: LogisticRegressionModel,
  matrix: FeatureMatrix,
  labels: ArrayLike<number>,
  options?: CompareModelsOptions,
): Steps<ModelComparison> {
  const caller = "compareModels";
  const { sampleWeights } = readOptions(caller, options, COMPARE_MODELS_OPTIONS);
  for (const [parameter, model] of [["small", small], ["large", large]] as const) {
    checkLikelihoodFit(caller, parameter, model);
    checkComparable(caller, parameter, model);
  }
  checkFeatureMatrix(caller, "matrix", matrix);
  checkNested(caller, small, large);
  const rows = { labels, sampleWeights, weightKind: undefined };
  const ofLarge = yield* goodnessSteps(yield* fittedDataSteps(caller, "large", large, { matrix, ...rows }), false, undefined);
  const ofSmall = yield* goodnessSteps(yield* fittedDataSteps(caller, "small", small, { matrix: columnsOf(matrix, small.featureNames), ...rows }), false, undefined);
  const degreesOfFreedom = ofLarge.parameterCount - ofSmall.parameterCount;
  if (degreesOfFreedom <= 0) {
    const rule = "a model with more coefficients than small";
    throw new ClienteleError("unsupported", `large must be ${rule}; both have ${ofSmall.parameterCount} (aliased columns have none)`, { caller, parameter: "large", rule });
  }
  const known = new Set(small.featureNames);
  return {
    ...likelihoodRatioOf(2 * (ofLarge.logLikelihood! - ofSmall.logLikelihood!), degreesOfFreedom),
    addedColumns: large.featureNames.filter((name) => !known.has(name)),
    small: ofSmall,
    large: ofLarge,
  };
}

function checkComparable(caller: string, parameter: string, { estimator, weightKind, classWeights }: LogisticRegressionModel): void {
  const reason =
    estimator === "firth"
      ? "a fit by Firth has a penalty that depends on its columns; p of inferCoefficients tests them by its penalised likelihood"
      : weightKind === "sampling"
        ? "with sampling weights there is no likelihood"
        : classWeights !== undefined
          ? "with class weights there is no likelihood"
          : undefined;
  if (reason === undefined) return;
  const rule = "fitted by maximum likelihood, without sampling or class weights";
  throw new ClienteleError("unsupported", `${parameter} must be ${rule}: ${reason}`, { caller, parameter, rule });
}

function checkNested(caller: string, small: LogisticRegressionModel, large: LogisticRegressionModel): void {
  const known = new Set(large.featureNames);
  const missing = small.featureNames.filter((name) => !known.has(name));
  if (missing.length === 0) return;
  const rule = "a model with all columns of small";
  const names = describeNames(missing.map(describeFeature));
  throw new ClienteleError("featureMismatch", `large must be ${rule}; it has no ${names}`, { caller, parameter: "large", column: describeFeature(missing[0]!), rule });
}

/** Some columns of a matrix that has them all. */
function columnsOf(matrix: FeatureMatrix, names: readonly string[]): FeatureMatrix {
  const { rowCount, columnCount } = matrix;
  const positions = Int32Array.from(names, (name) => matrix.names.indexOf(name));
  const values = new Float64Array(rowCount * names.length);
  for (let i = 0; i < rowCount; i++) {
    for (let j = 0; j < positions.length; j++) values[i * names.length + j] = matrix.values[i * columnCount + positions[j]!]!;
  }
  return { ...matrix, columnCount: names.length, names: [...names], values };
}
