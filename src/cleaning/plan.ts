import { checkObject } from "../errors/check";
import { ClienteleError } from "../errors/error";
import { checkOption, readOptions, type OptionTable } from "../errors/options";
import { findPlanConflict } from "./plan-conflicts";

/** What happens to a row with a text that cannot be converted. */
export type FailurePolicy = "quarantine" | "missing" | "error";

/** Reads a column of texts as numbers. A column that holds numbers already stays as it is. */
export interface NumberConversion {
  readonly column: string;
  readonly to: "number";
  /** Texts that mean "no value", compared after trimming both; `""` stands for every blank. @defaultValue none */
  readonly missing?: readonly string[] | undefined;
  /** The mark before the decimals. @defaultValue "." */
  readonly decimal?: "." | "," | undefined;
  /**
   * The mark between groups of three digits. `" "` stands also for no-break and thin spaces, `"'"` also for ’.
   * With `"none"` a text with group marks is refused. @defaultValue "none"
   */
  readonly grouping?: "none" | "," | "." | " " | "'" | undefined;
  /** `"quarantine"` sets the row aside, `"missing"` empties the cell, `"error"` throws. @defaultValue "quarantine" */
  readonly onFailure?: FailurePolicy | undefined;
}

/** Reads a column of texts or numbers as true and false. A column that holds these already stays as it is. */
export interface BooleanConversion {
  readonly column: string;
  readonly to: "boolean";
  /** Texts that mean true, compared after trimming both; a number is compared as its text. */
  readonly trueTexts: readonly string[];
  /** Texts that mean false, likewise. */
  readonly falseTexts: readonly string[];
  /** As in {@link NumberConversion}. @defaultValue none */
  readonly missing?: readonly string[] | undefined;
  /** As in {@link NumberConversion}. @defaultValue "quarantine" */
  readonly onFailure?: FailurePolicy | undefined;
}

/**
 * Reads a column of texts as points in time: ISO 8601 with an offset (`2026-11-01T09:30:00+01:00`), or a date alone, which is
 * its midnight in UTC. A time without an offset is refused, because it names another moment on every machine.
 * A column that holds points in time already stays as it is; numbers are refused, because seconds and milliseconds look alike.
 */
export interface TimestampConversion {
  readonly column: string;
  readonly to: "timestamp";
  /** As in {@link NumberConversion}. @defaultValue none */
  readonly missing?: readonly string[] | undefined;
  /** As in {@link NumberConversion}. @defaultValue "quarantine" */
  readonly onFailure?: FailurePolicy | undefined;
}

/** Writes numbers (or true and false) as texts, for codes that are no quantities; and declares missing texts. It cannot fail. */
export interface CategoryConversion {
  readonly column: string;
  readonly to: "category";
  /** As in {@link NumberConversion}; here also for a column that holds texts already. @defaultValue none */
  readonly missing?: readonly string[] | undefined;
}

/** How one column is read. */
export type Conversion = NumberConversion | BooleanConversion | TimestampConversion | CategoryConversion;

/** Which rows describe the same thing: those with equal values in every key column, none of them missing. */
export interface DuplicateRule {
  readonly key: readonly string[];
  /** Which of the equal rows stays. @defaultValue "first" */
  readonly keep?: "first" | "last" | undefined;
}

/** What a missing cell is filled with; `"mean"` and `"median"` are for numbers. */
export type FillMethod = "mean" | "median" | "mode" | "constant";

/** How the missing cells of one column are filled. */
export interface FillRule {
  readonly column: string;
  readonly fill: FillMethod;
  /** The value of the method `"constant"`; of a timestamp column, its milliseconds. */
  readonly value?: number | string | boolean | undefined;
}

/**
 * What is done to a table before it is analysed, as plain JSON: it can be stored, compared and edited.
 * The order is fixed: conversions, then duplicates, then missing values.
 */
export interface CleaningPlan {
  /** @defaultValue none */
  readonly convert?: readonly Conversion[] | undefined;
  /** @defaultValue none */
  readonly duplicates?: DuplicateRule | undefined;
  /** @defaultValue none */
  readonly missing?: readonly FillRule[] | undefined;
}

export const DECIMAL_MARKS = [".", ","] as const;
export const GROUPING_MARKS = ["none", ",", ".", " ", "'"] as const;
export const FAILURE_POLICIES = ["quarantine", "missing", "error"] as const;
export const KEPT_ROWS = ["first", "last"] as const;
export const FILL_METHODS = ["mean", "median", "mode", "constant"] as const;
export const CONVERSION_TARGETS = ["number", "boolean", "timestamp", "category"] as const;

export const PLAN_OPTIONS = {
  convert: { kind: "list" },
  duplicates: { kind: "object" },
  missing: { kind: "list" },
} as const satisfies OptionTable;

const COLUMN_RULE = { kind: "text", required: true } as const;
const TARGET_RULE = { kind: "oneOf", values: CONVERSION_TARGETS, required: true } as const;
const MISSING_TEXTS_RULE = { kind: "names", default: [] } as const;
const FAILURE_RULE = { kind: "oneOf", values: FAILURE_POLICIES, default: "quarantine" } as const;

export const NUMBER_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: MISSING_TEXTS_RULE,
  decimal: { kind: "oneOf", values: DECIMAL_MARKS, default: "." },
  grouping: { kind: "oneOf", values: GROUPING_MARKS, default: "none" },
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const BOOLEAN_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  trueTexts: { kind: "names", required: true },
  falseTexts: { kind: "names", required: true },
  missing: MISSING_TEXTS_RULE,
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const TIMESTAMP_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: MISSING_TEXTS_RULE,
  onFailure: FAILURE_RULE,
} as const satisfies OptionTable;

export const CATEGORY_CONVERSION_OPTIONS = {
  column: COLUMN_RULE,
  to: TARGET_RULE,
  missing: MISSING_TEXTS_RULE,
} as const satisfies OptionTable;

export const DUPLICATE_OPTIONS = {
  key: { kind: "names", required: true },
  keep: { kind: "oneOf", values: KEPT_ROWS, default: "first" },
} as const satisfies OptionTable;

export const FILL_OPTIONS = {
  column: COLUMN_RULE,
  fill: { kind: "oneOf", values: FILL_METHODS, required: true },
  value: { kind: "custom" },
} as const satisfies OptionTable;

type Complete<Part> = { readonly [Name in keyof Part]-?: Exclude<Part[Name], undefined> };

/** A conversion with its defaults filled in. */
export type CheckedConversion = Complete<Conversion>;
/** A duplicate rule with its defaults filled in. */
export type CheckedDuplicateRule = Complete<DuplicateRule>;

/** A plan after its check: every default filled in, nothing shared with the caller's object. */
export interface CheckedPlan {
  readonly convert: readonly CheckedConversion[];
  readonly duplicates: CheckedDuplicateRule | undefined;
  readonly missing: readonly FillRule[];
}

/** Checks a plan by itself; whether its columns exist is seen when it meets a table. */
export function checkPlan(caller: string, plan: CleaningPlan): CheckedPlan {
  checkObject(caller, "plan", plan);
  const { convert = [], duplicates, missing = [] } = readOptions<CleaningPlan, typeof PLAN_OPTIONS>(caller, plan, PLAN_OPTIONS);
  const checked: CheckedPlan = {
    convert: convert.map((item, i) => checkConversion(caller, `convert[${i}]`, item)),
    duplicates: duplicates === undefined ? undefined : checkDuplicateRule(caller, duplicates),
    missing: missing.map((item, i) => checkFillRule(caller, `missing[${i}]`, item)),
  };
  const conflict = findPlanConflict(checked);
  if (conflict === undefined) return checked;
  throw new ClienteleError("invalidOption", `${conflict.parameter} must be ${conflict.rule}`, { caller, ...conflict });
}

function checkConversion(caller: string, path: string, item: Conversion): CheckedConversion {
  checkOption(caller, path, item, { kind: "object" });
  checkOption(caller, `${path}.to`, item.to, TARGET_RULE);
  switch (item.to) {
    case "number": {
      const options = readOptions<NumberConversion, typeof NUMBER_CONVERSION_OPTIONS>(caller, item, NUMBER_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
    case "boolean": {
      const options = readOptions<BooleanConversion, typeof BOOLEAN_CONVERSION_OPTIONS>(caller, item, BOOLEAN_CONVERSION_OPTIONS, path);
      return { ...options, trueTexts: [...options.trueTexts], falseTexts: [...options.falseTexts], missing: [...options.missing] };
    }
    case "timestamp": {
      const options = readOptions<TimestampConversion, typeof TIMESTAMP_CONVERSION_OPTIONS>(caller, item, TIMESTAMP_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
    case "category": {
      const options = readOptions<CategoryConversion, typeof CATEGORY_CONVERSION_OPTIONS>(caller, item, CATEGORY_CONVERSION_OPTIONS, path);
      return { ...options, missing: [...options.missing] };
    }
  }
}

function checkDuplicateRule(caller: string, item: DuplicateRule): CheckedDuplicateRule {
  const options = readOptions<DuplicateRule, typeof DUPLICATE_OPTIONS>(caller, item, DUPLICATE_OPTIONS, "duplicates");
  return { ...options, key: [...options.key] };
}

function checkFillRule(caller: string, path: string, item: FillRule): FillRule {
  return readOptions<FillRule, typeof FILL_OPTIONS>(caller, item, FILL_OPTIONS, path);
}
