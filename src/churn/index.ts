/**
 * Who is about to leave, with what probability, and why.
 *
 * @module churn
 */
export {
  bestFeatureBaseline,
  priorBaseline,
  recencyBaseline,
  type BaselineFit,
  type BestFeatureOptions,
  type RecencyBaselineOptions,
} from "./baselines/baselines";
export {
  compareWithBaselines,
  compareWithBaselinesSteps,
  type BaselineComparison,
  type ComparedWithBaselines,
  type CompareWithBaselinesOptions,
  type LeadDifference,
  type LeadMetric,
  type NotEnoughData,
} from "./baselines/compare";
export type { Shortage } from "./baselines/enough-data";
export type { CalibrationOptions } from "./calibrate/calibration-inputs";
export { fitIsotonic, isotonicSteps } from "./calibrate/isotonic/fit";
export { isotonicFromSpec, IsotonicModel } from "./calibrate/isotonic/model";
export type { IsotonicSpec } from "./calibrate/isotonic/spec";
export { fitPlatt, plattSteps } from "./calibrate/platt/fit";
export { plattFromSpec, PlattModel } from "./calibrate/platt/model";
export type { PlattSpec, PlattStatus } from "./calibrate/platt/spec";
export type { ScoreScale } from "./calibrate/score-scale";
export { fitTemperature, temperatureSteps } from "./calibrate/temperature/fit";
export { temperatureFromSpec, TemperatureModel } from "./calibrate/temperature/model";
export type { TemperatureSpec, TemperatureStatus } from "./calibrate/temperature/spec";
export { withCalibration, type Calibration, type WithCalibrationOptions } from "./calibrate/with-calibration";
export { assignRiskBands, type RiskBands, type RiskLimits } from "./decide/bands";
export {
  decideOutOfFold,
  decideOutOfFoldSteps,
  type DecideOutOfFoldOptions,
  type OutOfFoldDecisions,
} from "./decide/decide-out-of-fold";
export { computeRiskPercentiles, type RiskPercentileOptions } from "./decide/percentiles";
export { chooseThreshold, type ThresholdChoice, type ThresholdCurve, type ThresholdPoint } from "./decide/threshold";
export type { CapacityRule, CostRule, ProfitRule, ThresholdRule } from "./decide/threshold-rule";
export { explainLogistic, type ExplainLogisticOptions, type LogisticExplanation } from "./explain/contributions";
export { describeReasons, type DescribedReason } from "./explain/describe-reasons";
export {
  computePartialDependence,
  partialDependenceSteps,
  type PartialDependence,
  type PartialDependenceOptions,
} from "./explain/partial-dependence";
export {
  computePermutationImportance,
  permutationImportanceSteps,
  type FeatureImportance,
  type ImportanceScore,
  type PermutationImportance,
  type PermutationImportanceOptions,
} from "./explain/permutation-importance";
export { topReasons, type Reason, type TopReasonsOptions } from "./explain/top-reasons";
export { compareModels, compareModelsSteps, type CompareModelsOptions, type ModelComparison } from "./inference/compare-models";
export type { CovarianceKind } from "./inference/covariance";
export type { GoodnessOfFit, LikelihoodRatio } from "./inference/goodness-of-fit";
export {
  inferCoefficients,
  inferCoefficientsSteps,
  type Bounds,
  type CoefficientEstimate,
  type CoefficientInference,
  type ColumnEstimate,
  type InferenceOptions,
} from "./inference/infer";
export {
  labelChurn,
  labelChurnSteps,
  type ChurnSnapshot,
  type ExcludedCustomers,
  type LabelChurnOptions,
  type LabelledChurn,
  type SnapshotOptions,
} from "./labels/label";
export {
  buildSnapshot,
  buildSnapshotSteps,
  type BuildSnapshotOptions,
  type LabelledSnapshot,
  type Snapshot,
} from "./labels/snapshot";
export type { CopyEvidence, IdEvidence, MissingEvidence } from "./leakage/evidence";
export { findLeakage, findLeakageSteps, type FindLeakageOptions } from "./leakage/find";
export type { KnownAt, LeakageCutoff } from "./leakage/known-at";
export {
  assertNoLeakage,
  type AssertNoLeakageOptions,
  type ColumnLeakage,
  type LeakageReason,
  type LeakageReport,
  type LeakageVerdict,
} from "./leakage/report";
export type { ColumnAuc } from "./leakage/single-column";
export { chooseStrength, chooseStrengthSteps, type ChooseStrengthOptions, type ChosenStrength } from "./logistic-regression/choose-strength";
export { diagnoseColumns, diagnoseColumnsSteps, type ColumnDiagnoses, type ColumnDiagnosis } from "./logistic-regression/diagnose-columns";
export {
  fitLogisticRegression,
  logisticRegressionSteps,
  type LogisticLimitOptions,
  type LogisticRegressionOptions,
  type LogisticWeightOptions,
} from "./logistic-regression/fit";
export { logisticRegressionFromSpec, LogisticRegressionModel } from "./logistic-regression/model";
export { fitLogisticPath, logisticPathSteps, type LogisticPath, type LogisticPathOptions } from "./logistic-regression/path";
export type {
  AliasedFeature, ClassWeights, LogisticEstimator, LogisticRegressionSpec, LogisticRegressionStatus, Separation, WeightKind,
} from "./logistic-regression/spec";
