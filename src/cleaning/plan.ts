import { checkObject } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { readOptions, type OptionTable } from "../errors/options";
import { checkConversion } from "./convert/check";
import type { CheckedConversion, Conversion } from "./convert/plan";
import { checkDuplicateRule, type CheckedDuplicateRule, type DuplicateRule } from "./deduplicate/plan";
import { checkDerivedColumn, type CheckedDerivedColumn, type DerivedColumn } from "./derive/plan";
import { checkFillRule, checkPlaceholderRule, type CheckedFillRule, type CheckedPlaceholderRule, type FillRule, type PlaceholderRule } from "./impute/plan";
import { checkOutlierRule, type CheckedOutlierRule, type OutlierRule } from "./outliers/plan";
import { findPlanConflict } from "./plan-conflicts";
import { checkRule, type CheckedRule } from "./rules/checked-rule";
import type { Rule } from "./rules/plan";

/**
 * What is done to a table before it is analysed, as plain JSON: it can be stored, compared and edited.
 *
 * The order is fixed: conversions and placeholders; repairs and rules that look at one row; duplicates; rules that compare rows; outliers;
 * missing values; derived columns. Where a later step changes what an earlier one reads, the steps are done again until nothing changes.
 */
export interface CleaningPlan {
  /** How columns are read. @defaultValue none */
  readonly convert?: readonly Conversion[] | undefined;
  /** Values that stand for "not known". @defaultValue none */
  readonly placeholders?: readonly PlaceholderRule[] | undefined;
  /** What is expected of the data, and what is done where it is not so. @defaultValue none */
  readonly rules?: readonly Rule[] | undefined;
  /** Which rows describe the same thing. @defaultValue none */
  readonly duplicates?: DuplicateRule | undefined;
  /**
   * Rows that are equal to an earlier one in every column (missing equals missing): `"report"` counts them, `"remove"` merges them into
   * the first, `"ignore"` does not look. In a log without a key they may well be right: two equal orders are two orders.
   * @defaultValue "report", with `duplicates` "ignore"
   */
  readonly repeatedRows?: "report" | "remove" | "ignore" | undefined;
  /** Which numbers are unusual, and what is done about them. @defaultValue none */
  readonly outliers?: readonly OutlierRule[] | undefined;
  /** What becomes of missing cells. @defaultValue none */
  readonly missing?: readonly FillRule[] | undefined;
  /** Columns that are computed by formulas. @defaultValue none */
  readonly derive?: readonly DerivedColumn[] | undefined;
}

export const REPEATED_ROWS = ["report", "remove", "ignore"] as const;

export const PLAN_OPTIONS = {
  convert: { kind: "list" },
  placeholders: { kind: "list" },
  rules: { kind: "list" },
  duplicates: { kind: "object" },
  repeatedRows: { kind: "oneOf", values: REPEATED_ROWS },
  outliers: { kind: "list" },
  missing: { kind: "list" },
  derive: { kind: "list" },
} as const satisfies OptionTable;

/** A plan after its check: every default filled in, nothing shared with the caller's object. */
export interface CheckedPlan {
  readonly convert: readonly CheckedConversion[];
  readonly placeholders: readonly CheckedPlaceholderRule[];
  readonly rules: readonly CheckedRule[];
  readonly duplicates: CheckedDuplicateRule | undefined;
  readonly repeatedRows: (typeof REPEATED_ROWS)[number];
  readonly outliers: readonly CheckedOutlierRule[];
  readonly missing: readonly CheckedFillRule[];
  readonly derive: readonly CheckedDerivedColumn[];
}

/** Checks a plan by itself; whether its columns exist is seen when it meets a table. */
export function checkPlan(caller: string, plan: CleaningPlan): CheckedPlan {
  checkObject(caller, "plan", plan);
  const { convert, placeholders, rules, duplicates, repeatedRows, outliers, missing, derive } = readOptions<CleaningPlan, typeof PLAN_OPTIONS>(caller, plan, PLAN_OPTIONS);
  const checked: CheckedPlan = {
    convert: checkEach(caller, "convert", convert, checkConversion),
    placeholders: checkEach(caller, "placeholders", placeholders, checkPlaceholderRule),
    rules: checkEach(caller, "rules", rules, checkRule),
    duplicates: duplicates === undefined ? undefined : checkDuplicateRule(caller, "duplicates", duplicates),
    repeatedRows: repeatedRows ?? (duplicates === undefined ? "report" : "ignore"),
    outliers: checkEach(caller, "outliers", outliers, checkOutlierRule),
    missing: checkEach(caller, "missing", missing, checkFillRule),
    derive: checkEach(caller, "derive", derive, checkDerivedColumn),
  };
  const conflict = findPlanConflict(checked);
  if (conflict === undefined) return checked;
  throw new ClienteleError("invalidOption", `${conflict.parameter} must be ${conflict.rule}`, { caller, ...conflict });
}

function checkEach<Item, Checked>(caller: string, part: string, items: readonly Item[] | undefined, check: (caller: string, path: string, item: Item) => Checked): Checked[] {
  return Array.from(items ?? [], (item, i) => check(caller, `${part}[${i}]`, item));
}
