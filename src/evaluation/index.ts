/**
 * How good predictions and groupings are: scores beside their baselines, cross-validation, and measures of clusters.
 *
 * @module evaluation
 */
export { evaluateBinary, type BinaryEvaluation, type BinaryScores } from "./classification/evaluate-binary";
export { computeAccuracy, computeBrier, computeLogLoss, type ThresholdOptions } from "./classification/probability-scores";
export { computeAuc, computeAveragePrecision } from "./classification/ranking";
export { computeAdjustedRand, computeClusterJaccard, type ClusterJaccard } from "./clustering/agreement";
export type { Clusterer, ClusteringTask } from "./clustering/clusterer";
export { computeGap, gapSteps, type Gap, type GapCandidate, type GapOptions } from "./clustering/gap";
export { computeHopkins, hopkinsSteps, type HopkinsOptions } from "./clustering/hopkins";
export { computeInertia } from "./clustering/inertia";
export { computeCalinskiHarabasz, computeDaviesBouldin } from "./clustering/separation";
export {
  computeSilhouette,
  silhouetteSteps,
  type ClusterSilhouette,
  type Silhouette,
  type SilhouetteOptions,
} from "./clustering/silhouette";
export {
  computeStability,
  stabilitySteps,
  type ClusterStability,
  type Stability,
  type StabilityOptions,
} from "./clustering/stability";
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
