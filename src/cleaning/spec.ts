import { ClienteleError } from "../errors/error";
import { SpecReader } from "../errors/spec";
import { readConversion, writeConversion, type ConversionSpec } from "./convert/spec";
import { readDuplicateRule, writeDuplicateRule, type DuplicateSpec } from "./deduplicate/spec";
import { readDerivedColumn, writeDerivedColumn, type DerivedColumnSpec } from "./derive/spec";
import { readFill, readPlaceholder, writeFill, writePlaceholder, type FillSpec, type PlaceholderSpec } from "./impute/spec";
import type { CleaningParameters } from "./model";
import { readOutlier, writeOutlier, type OutlierSpec } from "./outliers/spec";
import { REPEATED_ROWS, type CheckedPlan } from "./plan";
import { findPlanConflict } from "./plan-conflicts";
import { readRule, writeRule, type RuleSpec } from "./rules/spec";
import { upgradeCleaningSpec } from "./spec-upgrade";

/** The saved form of a {@link CleaningModel}: the plan, and for each part of it what the fit found. */
export interface CleaningSpec {
  readonly kind: "cleaning";
  readonly version: 2;
  readonly convert: readonly ConversionSpec[];
  readonly placeholders: readonly PlaceholderSpec[];
  readonly rules: readonly RuleSpec[];
  /** One rule or none. */
  readonly duplicates: readonly DuplicateSpec[];
  readonly repeatedRows: CheckedPlan["repeatedRows"];
  readonly outliers: readonly OutlierSpec[];
  readonly missing: readonly FillSpec[];
  readonly derive: readonly DerivedColumnSpec[];
}

const KIND = "cleaning";
const VERSION = 2;

export function writeCleaningSpec({ plan, rules, limits, fills }: CleaningParameters): CleaningSpec {
  return {
    kind: KIND,
    version: VERSION,
    convert: plan.convert.map(writeConversion),
    placeholders: plan.placeholders.map(writePlaceholder),
    rules: rules.map(writeRule),
    duplicates: plan.duplicates === undefined ? [] : [writeDuplicateRule(plan.duplicates)],
    repeatedRows: plan.repeatedRows,
    outliers: plan.outliers.map((rule, i) => writeOutlier(rule, limits[i]!)),
    missing: plan.missing.map((rule, i) => writeFill(rule, fills[i]!)),
    derive: plan.derive.map(writeDerivedColumn),
  };
}

/** Reads a saved form that may come from anywhere. */
export function readCleaningSpec(caller: string, value: unknown): CleaningParameters {
  const reader = SpecReader.open(caller, value, KIND, VERSION, upgradeCleaningSpec);
  const rules = reader.objects("rules").map(readRule);
  const duplicates = reader.objects("duplicates").map(readDuplicateRule);
  if (duplicates.length > 1) throw reader.refuse("duplicates", "one rule or none");
  const outliers = reader.objects("outliers").map(readOutlier);
  const fills = reader.objects("missing").map(readFill);
  const plan: CheckedPlan = {
    convert: reader.objects("convert").map(readConversion),
    placeholders: reader.objects("placeholders").map(readPlaceholder),
    rules: rules.map(({ rule }) => rule),
    duplicates: duplicates[0],
    repeatedRows: reader.oneOf("repeatedRows", REPEATED_ROWS),
    outliers: outliers.map(({ rule }) => rule),
    missing: fills.map(({ rule }) => rule),
    derive: reader.objects("derive").map(readDerivedColumn),
  };
  const conflict = findPlanConflict(plan);
  if (conflict !== undefined) {
    const { parameter, rule, column } = conflict;
    throw new ClienteleError("invalidSpec", `${parameter} must be ${rule}`, { caller, parameter, rule, column });
  }
  return { plan, rules, limits: outliers.map(({ limits }) => limits), fills: fills.map(({ fill }) => fill) };
}
