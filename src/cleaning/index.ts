/**
 * Finding out what is wrong with customer data, putting it right by a plan, and reporting every change.
 *
 * @module cleaning
 */
export type { CleaningRule, CleaningStep } from "./cleaning-rule";
export type { CellChanges, ColumnChanges } from "./column-changes";
export type { ConversionRule } from "./convert/convert-column";
export type { NumberFailure } from "./convert/parse-number";
export type {
  BooleanConversion,
  CategoryConversion,
  CheckedConversion,
  Conversion,
  EmailConversion,
  FailurePolicy,
  IdConversion,
  MatchKeyConversion,
  NumberConversion,
  PhoneConversion,
  TimeFormat,
  TimestampConversion,
} from "./convert/plan";
export type { ConversionSpec } from "./convert/spec";
export type { CleaningTools, PhoneResolver } from "./convert/tools";
export type { CheckedDuplicateRule, DuplicateRule, FieldPolicy, FieldSurvivor, SurvivorPolicy } from "./deduplicate/plan";
export type { CheckedDerivedColumn, DerivedColumn } from "./derive/plan";
export { explainRow, listChanges, type ChangeFilter, type RowEvent } from "./explain";
export { cleaningSteps, cleanTable, cleanTableSteps, fitCleaning, type FittedCleaning } from "./fit";
export type { FillValue, FittedFill, FittedGroup } from "./impute/fitted-fill";
export type { CheckedFillRule, CheckedPlaceholderRule, FillMethod, FillRule, PlaceholderRule } from "./impute/plan";
export type { FillSummary } from "./impute/summary";
export { cleaningFromSpec, CleaningModel, type CleaningParameters } from "./model";
export type { CleaningOptions } from "./options";
export type { FittedLimits, LimitStatus } from "./outliers/fitted-limits";
export type { CheckedOutlierRule, FixedOutlierRule, OutlierAction, OutlierMethod, OutlierRule, OutlierSide, QuantileOutlierRule, SpreadMethod, SpreadOutlierRule } from "./outliers/plan";
export type { OutlierSummary } from "./outliers/summary";
export type { CheckedPlan, CleaningPlan } from "./plan";
export type { CleaningReport, ConversionSummary, MergedRows, RepeatedRows, RuleCount } from "./report";
export type { CleaningResult } from "./result";
export type { CheckedRule } from "./rules/checked-rule";
export type { FittedDependency, FittedRule, FittedSpelling, GroupValues } from "./rules/fitted-rules";
export type {
  DependencyRule,
  FormulaRule,
  MonotonicRule,
  OneOfRule,
  PatternRule,
  RangeRule,
  ReferenceRule,
  RequiredRule,
  Rule,
  RuleKind,
  SpellingRule,
  UniqueRule,
  ViolationPolicy,
} from "./rules/plan";
export { assertQuality, type RuleStatus, type RuleSummary } from "./rules/quality-gate";
export type { CleaningSpec } from "./spec";
export { undoCleaning } from "./undo";
export type { QuarantineReasons } from "./working-table";
export { draftPlan, type DraftPlanOptions } from "./profile/draft-plan";
export {
  profileTable,
  profileTableSteps,
  type BooleanColumnProfile,
  type BooleanForm,
  type CategoryColumnProfile,
  type ColumnProfile,
  type DateForm,
  type DateOrder,
  type DependencyCandidate,
  type NumberColumnProfile,
  type NumberForm,
  type NumberNotation,
  type NumberSummary,
  type Placeholder,
  type PlaceholderReason,
  type ProfileOptions,
  type SpellingVariants,
  type TableProfile,
  type TimestampColumnProfile,
  type ValueCount,
} from "./profile/profile-table";
