/**
 * How good predictions and groupings are: scores beside their baselines, cross-validation, and measures of clusters.
 *
 * @module evaluation
 */
export { evaluateBinary, type BinaryEvaluation, type BinaryScores } from "./classification/evaluate-binary";
export { computeAccuracy, computeBrier, computeLogLoss, type ThresholdOptions } from "./classification/probability-scores";
export { computeAuc, computeAveragePrecision } from "./classification/ranking";
export { computeCalinskiHarabasz, computeDaviesBouldin } from "./clustering/separation";
export {
  computeSilhouette,
  silhouetteSteps,
  type ClusterSilhouette,
  type Silhouette,
  type SilhouetteOptions,
} from "./clustering/silhouette";
export { crossValidate, crossValidateSteps, type CrossValidation, type CrossValidationOptions } from "./resampling/cross-validate";
export {
  predictOutOfFold,
  predictOutOfFoldSteps,
  type OutOfFoldOptions,
  type OutOfFoldPredictions,
  type Predictor,
  type TrainingPart,
} from "./resampling/out-of-fold";
export type { RowData } from "./resampling/row-data";
export { splitFolds, type SplitFoldsOptions } from "./resampling/split-folds";
