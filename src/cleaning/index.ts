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
export type { DerivedColumn } from "./derive/plan";
export { explainRow, listChanges, type ChangeFilter, type RowEvent } from "./explain";
export { cleaningSteps, cleanTable, cleanTableSteps, fitCleaning, type FittedCleaning } from "./fit";
export type { FittedFill, FittedGroup } from "./impute/fitted-fill";
export type { CheckedFillRule, FillMethod, FillRule, PlaceholderRule } from "./impute/plan";
export type { FillSummary } from "./impute/summary";
export { cleaningFromSpec, CleaningModel, type CleaningParameters } from "./model";
export type { CleaningOptions } from "./options";
export type { FittedLimits, LimitStatus } from "./outliers/fitted-limits";
export type { OutlierAction, OutlierMethod, OutlierRule } from "./outliers/plan";
export type { OutlierSummary } from "./outliers/summary";
export type { CheckedPlan, CleaningPlan } from "./plan";
export type { CleaningReport, ConversionSummary, MergedRows, RepeatedRows, RuleCount } from "./report";
export type { CleaningResult } from "./result";
export type { FittedDependency, FittedRule, FittedSpelling } from "./rules/fitted-rules";
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
  type BooleanColumnProfile,
  type CategoryColumnProfile,
  type ColumnProfile,
  type NumberColumnProfile,
  type ProfileOptions,
  type TableProfile,
  type TimestampColumnProfile,
  type ValueCount,
} from "./profile/profile-table";
