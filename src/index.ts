/**
 * Customer analytics: clean, standardise, segment, predict churn, value, report.
 *
 * This is the table of contents; each group is also a subpath, such as `clientele/segmentation`. Formulas are in `clientele/formula` only.
 *
 * @module clientele
 */

// errors
export {
  ClienteleError, type ErrorCode, type ErrorDetails,
} from "./errors/error";

// long work in slices
export {
  runCooperatively, runToEnd,
} from "./steps/index";
export type {
  CancelSignal, CooperativeOptions, Progress, Steps,
} from "./steps/index";

// tables and matrices
export {
  cellsFromTable, featureMatrixFromColumns, featureMatrixFromRows, featureMatrixFromValues, filterRows, joinTables, labelsFromTable,
  recordsFromTable, selectColumns, splitTable, tableFromColumns, tableFromRecords,
} from "./data/index";
export type {
  BooleanColumn, CategoryColumn, CellValue, Column, ColumnType, DeclaredTypes, FeatureMatrix, FeatureMatrixOptions, JoinOptions, JoinResult,
  LabelsOptions, NumberColumn, ReadRow, RowId, SplitOptions, Table, TableFromColumnsOptions, TableFromRecordsOptions, TableRecord, TimestampColumn,
} from "./data/index";

// record schemas
export {
  calendarDateSchema, currencySchema, customerSchema, draftSchema, idSchema, interactionSchema, renameFields, textSchema, timestampSchema,
  transactionSchema, validateRecords, validateRecordsSteps,
} from "./schema/index";
export type {
  Customer, CustomerInput, DraftSchemaOptions, DraftedSchema, Interaction, InteractionInput, IssueCount, MessageSource, RecordIssue, RejectedRecord,
  RenamedShape, StandardIssue, StandardResult, StandardSchema, Transaction, TransactionInput, ValidateRecordsOptions, ValidatedRecords,
  ValidationSummary,
} from "./schema/index";

// cleaning
export {
  CleaningModel, assertQuality, cleanTable, cleanTableSteps, cleaningFromSpec, cleaningSteps, draftPlan, explainRow, fitCleaning, listChanges,
  profileTable, profileTableSteps, undoCleaning,
} from "./cleaning/index";
export type {
  BooleanColumnProfile, BooleanConversion, BooleanForm, CategoryColumnProfile, CategoryConversion, CellChanges, ChangeFilter, CheckedConversion,
  CheckedDerivedColumn, CheckedDuplicateRule, CheckedFillRule, CheckedOutlierRule, CheckedPlaceholderRule, CheckedPlan, CheckedRule, CleaningOptions,
  CleaningParameters, CleaningPlan, CleaningReport, CleaningResult, CleaningRule, CleaningSpec, CleaningStep, CleaningTools, ColumnChanges,
  ColumnProfile, Conversion, ConversionRule, ConversionSpec, ConversionSummary, DateForm, DateOrder, DependencyCandidate, DependencyRule,
  DerivedColumn, DraftPlanOptions, DuplicateRule, EmailConversion, FailurePolicy, FieldPolicy, FieldSurvivor, FillMethod, FillRule, FillSummary,
  FillValue, FittedCleaning, FittedDependency, FittedFill, FittedGroup, FittedLimits, FittedRule, FittedSpelling, FixedOutlierRule, FormulaRule,
  GroupValues, IdConversion, LimitStatus, MatchKeyConversion, MergedRows, MonotonicRule, NumberColumnProfile, NumberConversion, NumberFailure,
  NumberForm, NumberNotation, NumberSummary, OneOfRule, OutlierAction, OutlierMethod, OutlierRule, OutlierSide, OutlierSummary, PatternRule,
  PhoneConversion, PhoneResolver, Placeholder, PlaceholderReason, PlaceholderRule, ProfileOptions, QuantileOutlierRule, QuarantineReasons, RangeRule,
  ReferenceRule, RepeatedRows, RequiredRule, RowEvent, Rule, RuleCount, RuleKind, RuleStatus, RuleSummary, SpellingRule, SpellingVariants,
  SpreadMethod, SpreadOutlierRule, SurvivorPolicy, TableProfile, TimeFormat, TimestampColumnProfile, TimestampConversion, UniqueRule, ValueCount,
  ViolationPolicy,
} from "./cleaning/index";

// features
export {
  EncoderModel, LogScalerModel, MinMaxScalerModel, RfmModel, RobustScalerModel, StandardScalerModel, computeRfmHeatMap, draftEncoding,
  encoderFromSpec, findUnknownCategories, fitEncoder, fitLogScaler, fitMinMaxScaler, fitRfm, fitRobustScaler, fitStandardScaler, logScalerFromSpec,
  minMaxScalerFromSpec, minMaxScalerSteps, rfmFromSpec, rfmSteps, robustScalerFromSpec, robustScalerSteps, scoreRfm, splitTransactions,
  splitTransactionsSteps, standardScalerFromSpec, standardScalerSteps, summarizeInteractions, summarizeInteractionsSteps, summarizeTransactions,
  summarizeTransactionsSteps, tableFromInteractionSummary, tableFromPurchaseSummary, tableFromRfmScores,
} from "./features/index";
export type {
  AgeUnit, AsOfInterval, BooleanEncoding, CancelledRows, ColumnEncoding, CountedBy, DraftEncodingOptions, DraftedEncoding, EncodedBoolean,
  EncodedColumn, EncodedLog1p, EncodedNumber, EncodedOneHot, EncodedOrdinal, EncodedTarget, EncoderOptions, EncoderSpec, Encoding,
  FindUnknownCategoriesOptions, FittedEncoder, GapDistribution, HoldoutPurchases, InfrequentLevels, InteractionColumns, InteractionGroup,
  InteractionReport, InteractionSummary, LeftOutColumn, ListedCustomers, Log1pEncoding, LogScalerOptions, LogScalerSpec, MinMaxScalerOptions,
  MinMaxScalerSpec, NumberEncoding, OneHotEncoding, OrdinalEncoding, PurchaseGaps, PurchasePeriod, PurchaseSummary, ReturnPolicy, RfmColumns,
  RfmCuts, RfmCutting, RfmHeatMap, RfmHeatMapCell, RfmHeatMapOptions, RfmOptions, RfmScoring, RfmSegmentBox, RfmSegmentRule, RfmSpec, RfmWeights,
  RobustScalerOptions, RobustScalerSpec, ScoredRfm, SplitTransactionsOptions, StandardScalerOptions, StandardScalerSpec,
  SummarizeInteractionsOptions, SummarizeTransactionsOptions, TargetEncoding, TargetSmoothing, TransactionReport, TransactionSplit,
  UnknownCategories, UnusedScores,
} from "./features/index";

// evaluation
export {
  backtestSplits, backtestSplitsSteps, bootstrapMetric, bootstrapMetricSteps, compareAucs, compareCrossValidated, computeAccuracy,
  computeAdjustedRand, computeAuc, computeAucInterval, computeAveragePrecision, computeBrier, computeCalibrationError, computeCalinskiHarabasz,
  computeClusterJaccard, computeConfusion, computeDaviesBouldin, computeDecileTable, computeF1, computeGainCurve, computeGap, computeHopkins,
  computeInertia, computeKs, computeLift, computeLogLoss, computeMcc, computePrecisionRecallCurve, computeReliabilityCurve, computeRocCurve,
  computeSilhouette, computeStability, crossValidate, crossValidateSteps, decomposeBrier, evaluateBinary, gapSteps, hopkinsSteps, predictOutOfFold,
  predictOutOfFoldSteps, rollingSplits, silhouetteSteps, splitByTime, splitFolds, stabilitySteps,
} from "./evaluation/index";
export type {
  AucComparison, AucInterval, AucIntervalOptions, BacktestSplitsOptions, BinaryEvaluation, BinaryScores, BootstrapInterval, BootstrapOptions,
  BrierDecomposition, CalibrationError, CalibrationErrorOptions, ClusterJaccard, ClusterSilhouette, ClusterStability, Clusterer, ClusteringTask,
  CompareCrossValidatedOptions, Confusion, CorpStep, CrossValidatedComparison, CrossValidation, CrossValidationOptions, DecileRow,
  DecileTableOptions, FoldDifference, GainCurve, Gap, GapCandidate, GapOptions, HopkinsOptions, LiftOptions, OutOfFoldOptions, OutOfFoldPredictions,
  PrecisionRecallCurve, Predictor, ReliabilityBin, ReliabilityCurveOptions, RocCurve, RollingSplitsOptions, RowData, SampledColumns,
  ScoreThresholdOptions, Silhouette, SilhouetteOptions, SplitByTimeOptions, SplitFoldsOptions, SplitsBacktest, Stability, StabilityOptions,
  ThresholdOptions, TimeSplit, TrainTestRows, TrainingPart,
} from "./evaluation/index";

// segments
export {
  KMeansModel, chooseClusterCount, chooseClusterCountSteps, describeSegments, describeSegmentsSteps, fitKMeans, kMeansFromSpec, kMeansSteps,
  matchCentroids, matchSegments, profileSegments, profileSegmentsSteps, refitKMeans, refitKMeansSteps, relabelKMeans, relabelSegments,
} from "./segmentation/index";
export type {
  BooleanProfile, BornSegment, CategoryProfile, CategoryShare, CentroidMatch, ChooseClusterCountOptions, ClusterCountCandidate, ClusterCountChoice,
  ClusterEvidence, ConfidenceInterval, ContinuedCluster, ContinuedSegment, DescribeSegmentsOptions, DescribedSegment, EndedSegment, KMeansOptions,
  KMeansRefit, KMeansSpec, KMeansStatus, KMeansWarning, LabelledRows, MatchCentroidsOptions, MatchSegmentsOptions, MergedSegment, MigrationMatrix,
  MissingInRule, MovedCustomers, NullComparison, NumberProfile, ProfileSegmentsOptions, RefitKMeansOptions, RelabelledKMeans, RuleCondition,
  SegmentChurn, SegmentDescription, SegmentMark, SegmentMatch, SegmentPart, SegmentProfile, SegmentProfiles, SegmentRule, SegmentValue, SplitSegment,
  StableIds, StartCentroids, TypicalMember,
} from "./segmentation/index";

// churn
export {
  IsotonicModel, LogisticRegressionModel, PlattModel, TemperatureModel, assertNoLeakage, assignRiskBands, bestFeatureBaseline, buildSnapshot,
  buildSnapshotSteps, chooseStrength, chooseStrengthSteps, chooseThreshold, compareModels, compareModelsSteps, compareWithBaselines,
  compareWithBaselinesSteps, computePartialDependence, computePermutationImportance, computeRiskPercentiles, decideOutOfFold, decideOutOfFoldSteps,
  describeReasons, diagnoseColumns, diagnoseColumnsSteps, explainLogistic, findLeakage, findLeakageSteps, fitIsotonic, fitLogisticPath,
  fitLogisticRegression, fitPlatt, fitTemperature, inferCoefficients, inferCoefficientsSteps, isotonicFromSpec, isotonicSteps, labelChurn,
  labelChurnSteps, logisticPathSteps, logisticRegressionFromSpec, logisticRegressionSteps, partialDependenceSteps, permutationImportanceSteps,
  plattFromSpec, plattSteps, priorBaseline, recencyBaseline, temperatureFromSpec, temperatureSteps, topReasons, withCalibration,
} from "./churn/index";
export type {
  AliasedFeature, AssertNoLeakageOptions, BaselineComparison, BaselineFit, BestFeatureOptions, Bounds, BuildSnapshotOptions, Calibration,
  CalibrationOptions, CapacityRule, ChooseStrengthOptions, ChosenStrength, ChurnSnapshot, ClassWeights, CoefficientEstimate, CoefficientInference,
  ColumnAuc, ColumnDiagnoses, ColumnDiagnosis, ColumnEstimate, ColumnLeakage, CompareModelsOptions, CompareWithBaselinesOptions,
  ComparedWithBaselines, CopyEvidence, CostRule, CovarianceKind, DecideOutOfFoldOptions, DescribedReason, ExcludedCustomers, ExplainLogisticOptions,
  FeatureImportance, FindLeakageOptions, GoodnessOfFit, IdEvidence, ImportanceScore, InferenceOptions, IsotonicSpec, KnownAt, LabelChurnOptions,
  LabelledChurn, LabelledSnapshot, LeadDifference, LeadMetric, LeakageCutoff, LeakageReason, LeakageReport, LeakageVerdict, LikelihoodRatio,
  LogisticEstimator, LogisticExplanation, LogisticLimitOptions, LogisticPath, LogisticPathOptions, LogisticRegressionOptions, LogisticRegressionSpec,
  LogisticRegressionStatus, LogisticWeightOptions, MissingEvidence, ModelComparison, NotEnoughData, OutOfFoldDecisions, PartialDependence,
  PartialDependenceOptions, PermutationImportance, PermutationImportanceOptions, PlattSpec, PlattStatus, ProfitRule, Reason, RecencyBaselineOptions,
  RiskBands, RiskLimits, RiskPercentileOptions, ScoreScale, Separation, Shortage, Snapshot, SnapshotOptions, TemperatureSpec, TemperatureStatus,
  ThresholdChoice, ThresholdCurve, ThresholdPoint, ThresholdRule, TopReasonsOptions, WeightKind, WithCalibrationOptions,
} from "./churn/index";

// lifetime value
export {
  BgBbModel, BgNbdModel, EmpiricalValueModel, GammaGammaModel, MbgNbdModel, ParetoNbdModel, ShiftedBetaGeometricModel, backtestEmpiricalValue,
  backtestEmpiricalValueSteps, bgBbFromSpec, bgBbSteps, bgNbdFromSpec, bgNbdSteps, bootstrapIntervalsSteps, compareTransactionModels,
  compareTransactionModelsSteps, computeAlivePath, computeBootstrapIntervals, computeDeltaIntervals, computeFrequencyRecency, computeHistoricValue,
  computeKaplanMeier, computeLifetimeValue, computeParameterIntervals, computeValueByFormula, empiricalValueFromSpec, empiricalValueSteps,
  estimateLifetimeValue, estimateLifetimeValueSteps, fitBgBb, fitBgNbd, fitEmpiricalValue, fitGammaGamma, fitMbgNbd, fitParetoNbd,
  fitShiftedBetaGeometric, gammaGammaFromSpec, gammaGammaSteps, mbgNbdFromSpec, mbgNbdSteps, measureSpendCorrelation, paretoNbdFromSpec,
  paretoNbdSteps, shiftedBetaGeometricFromSpec, shiftedBetaGeometricSteps, survivalAt, tableFromLifetimeValues,
} from "./clv/index";
export type {
  AlivePath, AlivePathOptions, BetaGeometricParameter, BgBbParameter, BgBbSpec, BgNbdSpec, BootstrapIntervalOptions, CohortSurvivors,
  CompareTransactionModelsOptions, ConfidenceOptions, DeltaIntervalOptions, DiscountOptions, DiscountRateInput, EmpiricalGroup,
  EmpiricalValueBacktest, EmpiricalValueOptions, EmpiricalValueSpec, EmpiricalValues, EstimateSpec, EstimateStatus, EstimatedModel, ExpectedTracking,
  FittedModel, FittedTransactionModel, FrequencyBin, FrequencyRecency, FrequencyRecencyOptions, GammaGammaOptions, GammaGammaParameter,
  GammaGammaSpec, HistoricValue, HistoricValueOptions, Horizon, KaplanMeier, KaplanMeierOptions, LifetimeOptions, LifetimeValue,
  LifetimeValueEstimate, LifetimeValueInput, LifetimeValueOptions, LifetimeValuePeriod, LifetimeValueReport, LifetimeValueWarning, Lifetimes,
  MbgNbdSpec, ModelOnHoldout, NonPositivePolicy, PairedDifference, ParetoNbdParameter, ParetoNbdSpec, PredictionErrors, PredictionIntervals,
  PurchaseColumns, PurchaseHistories, PurchaseInterval, PurchasePredictor, PurchaseTracking, RatePeriod, RetentionPredictor, RfmScores,
  ShiftedBetaGeometricParameter, ShiftedBetaGeometricSpec, SpendColumns, SpendCorrelation, SpendCorrelationOptions, SpendPredictor,
  TransactionFitOptions, TransactionFits, TransactionModel, TransactionModelComparison, ValueByFormula, ValueByFormulaInput, ValueHorizon,
  ValuePeriodsInput, WeightedHistories, WeightedSpend,
} from "./clv/index";

// scoring
export {
  ClusterPipeline, Pipeline, ProbabilityPipeline, cleaningReader, composePipeline, encoderReader, evaluateFormula, formulaFromSpec,
  fullCleaningReader, isotonicReader, kMeansReader, logScalerReader, logisticRegressionReader, minMaxScalerReader, pipelineFromSpec, plattReader,
  robustScalerReader, scoreRecords, standardScalerReader, temperatureReader,
} from "./scoring/index";
export type {
  Calibrator, CalibratorReader, CleaningReader, CleaningStage, ClusterModel, EncoderReader, Formula, ModelReader, PartReader, PartSpec,
  PipelineInput, PipelineModel, PipelineOf, PipelineParts, PipelineSpec, PipelineStages, PreparedRows, ProbabilityModel, SavedCleaning, Scaler,
  ScalerReader, ScoredRecords, UnscoredCell, UnscoredReason,
} from "./scoring/index";

// reports
export {
  renderCleaningHtml, renderCleaningMarkdown, renderHtml, renderMarkdown,
} from "./report/index";
export type {
  RenderCleaningOptions, RenderOptions,
} from "./report/index";

// the whole job
export {
  analyzeCustomers, analyzeCustomersSteps,
} from "./analysis/index";
export type {
  Actions, Analysis, AnalysisInput, Churn, ChurnInput, ChurnLead, ChurnReason, CultivateAction, FeatureEffect, FieldNames, LeftOutFeature, LifetimeValues,
  LifetimeValuesInput, ModelledValues, NotRun, Overlap, Part, Quality, RetainAction, RiskDecile, Segments, SegmentsInput, SetAsideRule, TableQuality,
} from "./analysis/index";
