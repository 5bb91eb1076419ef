/**
 * Customer analytics: clean, standardise, segment, predict churn, value, report.
 *
 * This is the table of contents; each group is also a subpath, such as `clientele/segmentation`. Formulas are in `clientele/formula` only.
 *
 * @module clientele
 */

// errors
export {
  ClienteleError,
  type ErrorCode,
  type ErrorDetails,
} from "./errors/error";

// long work in slices
export {
  runCooperatively,
  runToEnd,
} from "./steps/index";
export type {
  CancelSignal, CooperativeOptions, Progress, Steps,
} from "./steps/index";

// tables and matrices
export {
  cellsFromTable,
  featureMatrixFromColumns,
  featureMatrixFromRows,
  featureMatrixFromValues,
  filterRows,
  joinTables,
  labelsFromTable,
  recordsFromTable,
  selectColumns,
  splitTable,
  tableFromColumns,
  tableFromRecords,
} from "./data/index";
export type {
  BooleanColumn, CategoryColumn, CellValue, Column, ColumnType, DeclaredTypes, FeatureMatrix, FeatureMatrixOptions, JoinOptions, JoinResult,
  LabelsOptions, NumberColumn, ReadRow, RowId, SplitOptions, Table, TableFromColumnsOptions, TableFromRecordsOptions, TableRecord, TimestampColumn,
} from "./data/index";

// record schemas
export {
  calendarDateSchema,
  currencySchema,
  customerSchema,
  draftSchema,
  idSchema,
  interactionSchema,
  renameFields,
  textSchema,
  timestampSchema,
  transactionSchema,
  validateRecords,
  validateRecordsSteps,
} from "./schema/index";
export type {
  Customer, CustomerInput, DraftSchemaOptions, DraftedSchema, Interaction, InteractionInput, IssueCount, MessageSource, RecordIssue, RejectedRecord,
  RenamedShape, StandardIssue, StandardResult, StandardSchema, Transaction, TransactionInput, ValidateRecordsOptions, ValidatedRecords,
  ValidationSummary,
} from "./schema/index";

// cleaning
export {
  CleaningModel,
  assertQuality,
  cleanTable,
  cleanTableSteps,
  cleaningFromSpec,
  cleaningSteps,
  draftPlan,
  explainRow,
  fitCleaning,
  listChanges,
  profileTable,
  profileTableSteps,
  undoCleaning,
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
  EncoderModel,
  LogScalerModel,
  MinMaxScalerModel,
  RfmModel,
  RobustScalerModel,
  StandardScalerModel,
  computeRfmHeatMap,
  draftEncoding,
  encoderFromSpec,
  findUnknownCategories,
  fitEncoder,
  fitLogScaler,
  fitMinMaxScaler,
  fitRfm,
  fitRobustScaler,
  fitStandardScaler,
  logScalerFromSpec,
  minMaxScalerFromSpec,
  minMaxScalerSteps,
  rfmFromSpec,
  rfmSteps,
  robustScalerFromSpec,
  robustScalerSteps,
  scoreRfm,
  splitTransactions,
  splitTransactionsSteps,
  standardScalerFromSpec,
  standardScalerSteps,
  summarizeInteractions,
  summarizeInteractionsSteps,
  summarizeTransactions,
  summarizeTransactionsSteps,
  tableFromInteractionSummary,
  tableFromPurchaseSummary,
  tableFromRfmScores,
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
  computeAccuracy,
  computeAdjustedRand,
  computeAuc,
  computeAveragePrecision,
  computeBrier,
  computeCalinskiHarabasz,
  computeClusterJaccard,
  computeDaviesBouldin,
  computeGap,
  computeHopkins,
  computeInertia,
  computeLogLoss,
  computeSilhouette,
  computeStability,
  crossValidate,
  crossValidateSteps,
  evaluateBinary,
  gapSteps,
  hopkinsSteps,
  predictOutOfFold,
  predictOutOfFoldSteps,
  silhouetteSteps,
  splitFolds,
  stabilitySteps,
} from "./evaluation/index";
export type {
  BinaryEvaluation, BinaryScores, ClusterJaccard, ClusterSilhouette, ClusterStability, Clusterer, ClusteringTask, CrossValidation,
  CrossValidationOptions, Gap, GapCandidate, GapOptions, HopkinsOptions, OutOfFoldOptions, OutOfFoldPredictions, Predictor, RowData, Silhouette,
  SilhouetteOptions, SplitFoldsOptions, Stability, StabilityOptions, ThresholdOptions, TrainingPart,
} from "./evaluation/index";

// segments
export {
  KMeansModel,
  chooseClusterCount,
  chooseClusterCountSteps,
  describeSegments,
  describeSegmentsSteps,
  fitKMeans,
  kMeansFromSpec,
  kMeansSteps,
  matchCentroids,
  matchSegments,
  profileSegments,
  profileSegmentsSteps,
  refitKMeans,
  refitKMeansSteps,
  relabelKMeans,
  relabelSegments,
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
  LogisticRegressionModel,
  explainLogistic,
  fitLogisticRegression,
  logisticRegressionFromSpec,
  logisticRegressionSteps,
  topReasons,
} from "./churn/index";
export type {
  AliasedFeature, ExplainLogisticOptions, LogisticExplanation, LogisticRegressionOptions, LogisticRegressionSpec, LogisticRegressionStatus, Reason,
  Separation, TopReasonsOptions,
} from "./churn/index";

// lifetime value
export {
  EmpiricalValueModel,
  backtestEmpiricalValue,
  backtestEmpiricalValueSteps,
  computeLifetimeValue,
  empiricalValueFromSpec,
  empiricalValueSteps,
  fitEmpiricalValue,
} from "./clv/index";
export type {
  EmpiricalGroup, EmpiricalValueBacktest, EmpiricalValueOptions, EmpiricalValueSpec, EmpiricalValues, Horizon, LifetimeValue, LifetimeValueInput,
  LifetimeValuePeriod, PurchaseColumns, RfmScores,
} from "./clv/index";

// scoring
export {
  ClusterPipeline,
  Pipeline,
  ProbabilityPipeline,
  cleaningReader,
  composePipeline,
  encoderReader,
  evaluateFormula,
  formulaFromSpec,
  fullCleaningReader,
  kMeansReader,
  logScalerReader,
  logisticRegressionReader,
  minMaxScalerReader,
  pipelineFromSpec,
  robustScalerReader,
  scoreRecords,
  standardScalerReader,
} from "./scoring/index";
export type {
  CleaningReader, CleaningStage, ClusterModel, EncoderReader, Formula, ModelReader, PartReader, PartSpec, PipelineInput, PipelineModel, PipelineOf,
  PipelineParts, PipelineSpec, PipelineStages, PreparedRows, ProbabilityModel, SavedCleaning, Scaler, ScalerReader, ScoredRecords,
  UnscoredCell, UnscoredReason,
} from "./scoring/index";

// reports
export {
  renderCleaningHtml,
  renderCleaningMarkdown,
  renderHtml,
  renderMarkdown,
} from "./report/index";
export type {
  RenderCleaningOptions, RenderOptions,
} from "./report/index";

// the whole job
export {
  analyzeCustomers,
  analyzeCustomersSteps,
} from "./analysis/index";
export type {
  Actions, Analysis, AnalysisInput, Churn, ChurnInput, ChurnReason, CultivateAction, FeatureEffect, FieldNames, LeftOutFeature, LifetimeValues,
  LifetimeValuesInput, NotRun, Overlap, Part, Quality, RetainAction, RiskDecile, Segments, SegmentsInput, SetAsideRule, TableQuality,
} from "./analysis/index";
