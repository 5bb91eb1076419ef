/**
 * From saved models to scores, in a browser or anywhere else: readers of saved forms and pipelines, without any code that fits.
 *
 * @module scoring
 */
export { bgBbFromSpec, type BgBbModel } from "./bg-bb";
export { bgNbdFromSpec, type BgNbdModel } from "./bg-nbd";
export { cleaningFromSpec, cleaningReader, type CleaningModel } from "./cleaning";
export { ClusterPipeline, type ClusterModel } from "./cluster-pipeline";
export { composePipeline, type PipelineParts } from "./compose";
export { empiricalValueFromSpec, type EmpiricalValueModel } from "./empirical-value";
export { encoderFromSpec, encoderReader, type EncoderModel } from "./encoder";
export { evaluateFormula, formulaFromSpec, type Formula } from "./formula";
export { pipelineFromSpec } from "./from-spec";
export { fullCleaningReader } from "./full-cleaning";
export { isotonicFromSpec, isotonicReader, type IsotonicModel } from "./isotonic";
export { gammaGammaFromSpec, type GammaGammaModel } from "./gamma-gamma";
export { kMeansFromSpec, kMeansReader, type KMeansModel } from "./k-means";
export { logScalerFromSpec, logScalerReader, type LogScalerModel } from "./log-scaler";
export { logisticRegressionFromSpec, logisticRegressionReader, type LogisticRegressionModel } from "./logistic-regression";
export { mbgNbdFromSpec, type MbgNbdModel } from "./mbg-nbd";
export { minMaxScalerFromSpec, minMaxScalerReader, type MinMaxScalerModel } from "./min-max-scaler";
export { paretoNbdFromSpec, type ParetoNbdModel } from "./pareto-nbd";
export type {
  Calibrator,
  CalibratorReader,
  CleaningReader,
  CleaningStage,
  EncoderReader,
  ModelReader,
  PartReader,
  PartSpec,
  PipelineModel,
  PipelineOf,
  PipelineStages,
  SavedCleaning,
  Scaler,
  ScalerReader,
} from "./part";
export { Pipeline, type PipelineInput, type PipelineSpec } from "./pipeline";
export { plattFromSpec, plattReader, type PlattModel } from "./platt";
export type { PreparedRows } from "./prepare";
export { ProbabilityPipeline, type ProbabilityModel } from "./probability-pipeline";
export { rfmFromSpec, type RfmModel } from "./rfm";
export { robustScalerFromSpec, robustScalerReader, type RobustScalerModel } from "./robust-scaler";
export { scoreRecords, type ScoredRecords } from "./score-records";
export { shiftedBetaGeometricFromSpec, type ShiftedBetaGeometricModel } from "./shifted-beta-geometric";
export { standardScalerFromSpec, standardScalerReader, type StandardScalerModel } from "./standard-scaler";
export { temperatureFromSpec, temperatureReader, type TemperatureModel } from "./temperature";
export type { UnscoredCell, UnscoredReason } from "./unencodable-cells";
