/**
 * How good predictions and groupings are: scores beside their baselines, curves, calibration, resampling, and measures of clusters.
 *
 * @module evaluation
 */
export { decomposeBrier, type BrierDecomposition, type CorpStep } from "./calibration/brier-decomposition";
export { computeCalibrationError, type CalibrationError, type CalibrationErrorOptions } from "./calibration/calibration-error";
export { computeReliabilityCurve, type ReliabilityBin, type ReliabilityCurveOptions } from "./calibration/reliability-curve";
export { computeAucInterval, type AucInterval, type AucIntervalOptions } from "./classification/auc-interval";
export { compareAucs, type AucComparison } from "./classification/compare-aucs";
export { computeConfusion, computeF1, computeMcc, type Confusion, type ScoreThresholdOptions } from "./classification/confusion";
export { computeKs, computePrecisionRecallCurve, computeRocCurve, type PrecisionRecallCurve, type RocCurve } from "./classification/curves";
export { evaluateBinary, type BinaryEvaluation, type BinaryScores } from "./classification/evaluate-binary";
export {
  computeDecileTable,
  computeGainCurve,
  computeLift,
  type DecileRow,
  type DecileTableOptions,
  type GainCurve,
  type LiftOptions,
} from "./classification/gain";
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
export {
  backtestSplits,
  backtestSplitsSteps,
  type BacktestSplitsOptions,
  type SplitsBacktest,
  type TrainTestRows,
} from "./resampling/backtest-splits";
export {
  bootstrapMetric,
  bootstrapMetricSteps,
  type BootstrapInterval,
  type BootstrapOptions,
  type SampledColumns,
} from "./resampling/bootstrap-metric";
export {
  compareCrossValidated,
  type CompareCrossValidatedOptions,
  type CrossValidatedComparison,
  type FoldDifference,
} from "./resampling/compare-cross-validated";
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
export { rollingSplits, splitByTime, type RollingSplitsOptions, type SplitByTimeOptions } from "./resampling/split-by-time";
export { splitFolds, type SplitFoldsOptions } from "./resampling/split-folds";
export type { TimeSplit } from "./resampling/time-windows";
