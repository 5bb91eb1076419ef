import { readSavedOptions, writeOptions, type SavedOption } from "../../errors/saved-options";
import type { SpecReader } from "../../errors/spec";
import type { FittedLimits, LimitStatus } from "./fitted-limits";
import {
  findOutlierConflict,
  FIXED_OUTLIER_OPTIONS,
  OUTLIER_METHODS,
  QUANTILE_OUTLIER_OPTIONS,
  SPREAD_OUTLIER_OPTIONS,
  type CheckedFixedOutlierRule,
  type CheckedOutlierRule,
  type CheckedQuantileOutlierRule,
  type CheckedSpreadOutlierRule,
  type FixedOutlierRule,
  type QuantileOutlierRule,
  type SpreadOutlierRule,
} from "./plan";

type SavedRule<Rule> = { readonly [Name in keyof Rule]: SavedOption<Rule[Name]> };

/** The limits of the fit as they are saved. */
interface LimitsSpec {
  readonly status: LimitStatus;
  readonly low: number | null;
  readonly high: number | null;
  readonly values: number;
}

/** An outlier rule as it is saved: every default is written out, absent is null; with the limits of the fit. */
export type OutlierSpec = (SavedRule<CheckedSpreadOutlierRule> | SavedRule<CheckedQuantileOutlierRule> | SavedRule<CheckedFixedOutlierRule>) & {
  readonly limits: LimitsSpec;
};

const STATUSES = ["fitted", "meanDeviation", "noSpread", "tooFewValues"] as const;

export function writeOutlier(rule: CheckedOutlierRule, { status, low, high, values }: FittedLimits): OutlierSpec {
  const limits = { status, low, high, values };
  switch (rule.method) {
    case "quantile":
      return { ...writeOptions<CheckedQuantileOutlierRule>(rule, QUANTILE_OUTLIER_OPTIONS), limits };
    case "fixed":
      return { ...writeOptions<CheckedFixedOutlierRule>(rule, FIXED_OUTLIER_OPTIONS), limits };
    default:
      return { ...writeOptions<CheckedSpreadOutlierRule>(rule, SPREAD_OUTLIER_OPTIONS), limits };
  }
}

/** Reads a saved outlier rule and its limits, which may come from anywhere. */
export function readOutlier(reader: SpecReader): { readonly rule: CheckedOutlierRule; readonly limits: FittedLimits } {
  const rule = readRule(reader);
  const conflict = findOutlierConflict(rule, "");
  if (conflict !== undefined) throw reader.refuse(conflict.parameter.slice(1), conflict.rule);
  return { rule, limits: readLimits(reader.object("limits"), rule) };
}

function readRule(reader: SpecReader): CheckedOutlierRule {
  const method = reader.oneOf("method", OUTLIER_METHODS);
  switch (method) {
    case "quantile":
      return { ...readSavedOptions<QuantileOutlierRule, typeof QUANTILE_OUTLIER_OPTIONS>(reader, QUANTILE_OUTLIER_OPTIONS), method };
    case "fixed":
      return { ...readSavedOptions<FixedOutlierRule, typeof FIXED_OUTLIER_OPTIONS>(reader, FIXED_OUTLIER_OPTIONS), method };
    default: {
      const { factor, ...options } = readSavedOptions<SpreadOutlierRule, typeof SPREAD_OUTLIER_OPTIONS>(reader, SPREAD_OUTLIER_OPTIONS);
      if (factor === undefined) throw reader.refuse("factor", `given for the method ${JSON.stringify(method)}`);
      return { ...options, method, factor };
    }
  }
}

function readLimits(reader: SpecReader, rule: CheckedOutlierRule): FittedLimits {
  const status = reader.oneOf("status", STATUSES);
  const low = reader.optionalNumber("low") ?? null;
  const high = reader.optionalNumber("high") ?? null;
  if (status === "meanDeviation" && rule.method !== "mad") throw reader.refuse("status", `another one than "meanDeviation" for the method ${JSON.stringify(rule.method)}`);
  if (rule.method === "fixed") {
    if (status !== "fitted") throw reader.refuse("status", `"fitted" for the method "fixed"`);
    if (low !== (rule.low ?? null)) throw reader.refuse("low", "the limit of the rule");
    if (high !== (rule.high ?? null)) throw reader.refuse("high", "the limit of the rule");
  } else {
    const hasLimits = status === "fitted" || status === "meanDeviation";
    if (low !== null && (!hasLimits || rule.side === "high")) throw reader.refuse("low", "null for this status and side");
    if (high !== null && (!hasLimits || rule.side === "low")) throw reader.refuse("high", "null for this status and side");
  }
  if (low !== null && high !== null && !(low <= high)) throw reader.refuse("low", `at most high (${high})`);
  return { column: rule.column, method: rule.method, status, low, high, values: reader.count("values") };
}
