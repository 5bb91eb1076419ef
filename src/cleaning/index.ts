/**
 * Finding out what is wrong with customer data, putting it right by a plan, and reporting every change.
 *
 * @module cleaning
 */
export type { CleaningResult } from "./apply";
export type { ConversionRule } from "./convert/convert-column";
export type { NumberFailure } from "./convert/parse-number";
export { fitCleaning } from "./fit";
export type { FittedFill } from "./impute/fitted-fill";
export { cleaningFromSpec, CleaningModel, type CleaningParameters } from "./model";
export type {
  BooleanConversion,
  CategoryConversion,
  CheckedConversion,
  CheckedDuplicateRule,
  CheckedPlan,
  CleaningPlan,
  Conversion,
  DuplicateRule,
  FailurePolicy,
  FillMethod,
  FillRule,
  NumberConversion,
  TimestampConversion,
} from "./plan";
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
export {
  explainRow,
  type CellChanges,
  type CleaningReport,
  type CleaningRule,
  type ConversionSummary,
  type FillSummary,
  type MergedRows,
  type QuarantineReasons,
  type RowEvent,
  type RuleCount,
} from "./report";
export type { CleaningSpec, ConversionSpec } from "./spec";
