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
  StandardScalerModel,
  draftEncoding,
  encoderFromSpec,
  findUnknownCategories,
  fitEncoder,
  fitStandardScaler,
  standardScalerFromSpec,
  standardScalerSteps,
  summarizeTransactions,
  summarizeTransactionsSteps,
  tableFromPurchaseSummary,
} from "./features/index";
export type {
  BooleanEncoding, ColumnEncoding, DraftEncodingOptions, DraftedEncoding, EncodedBoolean, EncodedColumn, EncodedNumber, EncodedOneHot, EncoderSpec,
  Encoding, FindUnknownCategoriesOptions, FittedEncoder, LeftOutColumn, NumberEncoding, OneHotEncoding, PurchaseSummary, StandardScalerOptions,
  StandardScalerSpec, SummarizeTransactionsOptions, TransactionReport, UnknownCategories,
} from "./features/index";

// evaluation
export {
  computeAccuracy,
  computeAuc,
  computeAveragePrecision,
  computeBrier,
  computeCalinskiHarabasz,
  computeDaviesBouldin,
  computeLogLoss,
  computeSilhouette,
  crossValidate,
  crossValidateSteps,
  evaluateBinary,
  predictOutOfFold,
  predictOutOfFoldSteps,
  silhouetteSteps,
  splitFolds,
} from "./evaluation/index";
export type {
  BinaryEvaluation, BinaryScores, ClusterSilhouette, CrossValidation, CrossValidationOptions, OutOfFoldOptions, OutOfFoldPredictions, Predictor,
  RowData, Silhouette, SilhouetteOptions, SplitFoldsOptions, ThresholdOptions, TrainingPart,
} from "./evaluation/index";

// segments
export {
  KMeansModel,
  chooseClusterCount,
  chooseClusterCountSteps,
  fitKMeans,
  kMeansFromSpec,
  kMeansSteps,
  profileSegments,
} from "./segmentation/index";
export type {
  BooleanProfile, CategoryProfile, ChooseClusterCountOptions, ClusterCountCandidate, ClusterCountChoice, KMeansOptions, KMeansSpec, KMeansStatus,
  KMeansWarning, NumberProfile, ProfileSegmentsOptions, SegmentMark, SegmentProfile, SegmentProfiles, SegmentValue, StartCentroids,
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
  logisticRegressionReader,
  pipelineFromSpec,
  scoreRecords,
  standardScalerReader,
} from "./scoring/index";
export type {
  CleaningReader, CleaningStage, ClusterModel, EncoderReader, Formula, ModelReader, PartReader, PartSpec, PipelineInput, PipelineModel, PipelineOf,
  PipelineParts, PipelineSpec, PipelineStages, PreparedRows, ProbabilityModel, SavedCleaning, ScalerReader, ScoredRecords, UnscoredCell, UnscoredReason,
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
