import { checkOption, readOptions, type OptionTable, type ResolvedOptions } from "../../errors/options";
import type { PlanConflict } from "../plan-conflict";

/**
 * How the limits of the usual are found.
 *
 * - `"iqr"`: quartiles (type 7) less and plus `factor` (1.5) times their distance (Tukey 1977)
 * - `"z"`: mean less and plus `factor` (3) standard deviations (divisor n − 1)
 * - `"mad"`: median less and plus `factor` (3.5) times 1.4826 times the median absolute deviation (Iglewicz & Hoaglin 1993)
 * - `"quantile"`: the quantiles `lower` (0.01) and `upper` (0.99), type 7; by construction some values lie beyond them
 * - `"fixed"`: `low` and `high` as given
 *
 * Only values strictly beyond a limit are outliers. Where the data give no limits, {@link LimitStatus} says why.
 */
export type OutlierMethod = "iqr" | "z" | "mad" | "quantile" | "fixed";

/** The methods that measure a distance from the middle in units of the spread. */
export type SpreadMethod = "iqr" | "z" | "mad";

/** What becomes of an outlier: marked in a column of its own, moved to the limit (winsorised), or its row set aside. */
export type OutlierAction = "flag" | "clip" | "quarantine";

/** Which limits count. */
export type OutlierSide = "both" | "low" | "high";

interface AnyOutlierRule {
  /** A column of numbers. */
  readonly column: string;
  /** @defaultValue "flag" */
  readonly action?: OutlierAction | undefined;
  /** The true/false column of the action `"flag"`; a missing cell is no outlier, and false. @defaultValue the column's name and "_outlier" */
  readonly flag?: string | undefined;
}

/** Outliers lie further from the middle than `factor` times the spread. */
export interface SpreadOutlierRule extends AnyOutlierRule {
  readonly method: SpreadMethod;
  /** @defaultValue 1.5 for "iqr", 3 for "z", 3.5 for "mad" */
  readonly factor?: number | undefined;
  /** Which side counts. @defaultValue "both" */
  readonly side?: OutlierSide | undefined;
  /** Limits are computed from log(1 + x), for amounts with a long tail; then no value of the fit may be below 0. @defaultValue false */
  readonly logScale?: boolean | undefined;
}

/** Outliers lie beyond a quantile. */
export interface QuantileOutlierRule extends AnyOutlierRule {
  readonly method: "quantile";
  /** From 0 to 0.5. @defaultValue 0.01 */
  readonly lower?: number | undefined;
  /** From 0.5 to 1. @defaultValue 0.99 */
  readonly upper?: number | undefined;
  /** Which side counts. @defaultValue "both" */
  readonly side?: OutlierSide | undefined;
}

/** Outliers lie beyond limits that are known beforehand; at least one of them is given. */
export interface FixedOutlierRule extends AnyOutlierRule {
  readonly method: "fixed";
  /** @defaultValue none: no lower limit */
  readonly low?: number | undefined;
  /** @defaultValue none: no upper limit */
  readonly high?: number | undefined;
}

/** What counts as an outlier of one column, and what is done about it. The limits are those of the table of the fit. */
export type OutlierRule = SpreadOutlierRule | QuantileOutlierRule | FixedOutlierRule;

export const OUTLIER_METHODS = ["iqr", "z", "mad", "quantile", "fixed"] as const;
const OUTLIER_ACTIONS = ["flag", "clip", "quarantine"] as const;
const OUTLIER_SIDES = ["both", "low", "high"] as const;

const COLUMN_RULE = { kind: "text", required: true } as const;
const METHOD_RULE = { kind: "oneOf", values: OUTLIER_METHODS, required: true } as const;
const ACTION_RULE = { kind: "oneOf", values: OUTLIER_ACTIONS, default: "flag" } as const;
const SIDE_RULE = { kind: "oneOf", values: OUTLIER_SIDES, default: "both" } as const;

export const SPREAD_OUTLIER_OPTIONS = {
  column: COLUMN_RULE,
  method: METHOD_RULE,
  action: ACTION_RULE,
  factor: { kind: "number", min: 0, open: "min" },
  side: SIDE_RULE,
  logScale: { kind: "boolean", default: false },
  flag: { kind: "text" },
} as const satisfies OptionTable;

export const QUANTILE_OUTLIER_OPTIONS = {
  column: COLUMN_RULE,
  method: METHOD_RULE,
  action: ACTION_RULE,
  lower: { kind: "number", min: 0, max: 0.5, default: 0.01 },
  upper: { kind: "number", min: 0.5, max: 1, default: 0.99 },
  side: SIDE_RULE,
  flag: { kind: "text" },
} as const satisfies OptionTable;

export const FIXED_OUTLIER_OPTIONS = {
  column: COLUMN_RULE,
  method: METHOD_RULE,
  action: ACTION_RULE,
  low: { kind: "number" },
  high: { kind: "number" },
  flag: { kind: "text" },
} as const satisfies OptionTable;

const DEFAULT_FACTORS = { iqr: 1.5, z: 3, mad: 3.5 } as const;

/** A rule of a spread with its defaults filled in; `flag` is absent for other actions than `"flag"`. */
export type CheckedSpreadOutlierRule = ResolvedOptions<SpreadOutlierRule, typeof SPREAD_OUTLIER_OPTIONS> & { readonly factor: number };
export type CheckedQuantileOutlierRule = ResolvedOptions<QuantileOutlierRule, typeof QUANTILE_OUTLIER_OPTIONS>;
export type CheckedFixedOutlierRule = ResolvedOptions<FixedOutlierRule, typeof FIXED_OUTLIER_OPTIONS>;

/** An outlier rule with its defaults filled in. */
export type CheckedOutlierRule = CheckedSpreadOutlierRule | CheckedQuantileOutlierRule | CheckedFixedOutlierRule;

/** Checks an outlier rule by itself. @param path - where it stands in the plan: `"outliers[0]"` */
export function checkOutlierRule(caller: string, path: string, item: OutlierRule): CheckedOutlierRule {
  checkOption(caller, path, item, { kind: "object" });
  checkOption(caller, `${path}.method`, item.method, METHOD_RULE);
  switch (item.method) {
    case "iqr":
    case "z":
    case "mad": {
      const options = readOptions<SpreadOutlierRule, typeof SPREAD_OUTLIER_OPTIONS>(caller, item, SPREAD_OUTLIER_OPTIONS, path);
      return { ...options, factor: options.factor ?? DEFAULT_FACTORS[item.method], flag: flagName(options) };
    }
    case "quantile": {
      const options = readOptions<QuantileOutlierRule, typeof QUANTILE_OUTLIER_OPTIONS>(caller, item, QUANTILE_OUTLIER_OPTIONS, path);
      return { ...options, flag: flagName(options) };
    }
    case "fixed": {
      const options = readOptions<FixedOutlierRule, typeof FIXED_OUTLIER_OPTIONS>(caller, item, FIXED_OUTLIER_OPTIONS, path);
      return { ...options, flag: flagName(options) };
    }
  }
}

function flagName({ column, action, flag }: { readonly column: string; readonly action: OutlierAction; readonly flag?: string | undefined }): string | undefined {
  return flag ?? (action === "flag" ? `${column}_outlier` : undefined);
}

/** What an outlier rule contradicts itself in. */
export function findOutlierConflict(rule: CheckedOutlierRule, path: string): PlanConflict | undefined {
  const { column, action, flag } = rule;
  if (flag !== undefined && action !== "flag") return { parameter: `${path}.flag`, rule: `absent for the action ${JSON.stringify(action)}`, column };
  if (flag === undefined && action === "flag") return { parameter: `${path}.flag`, rule: `given for the action "flag"`, column };
  if (flag === column) return { parameter: `${path}.flag`, rule: "another column than the one that is judged", column };
  if (rule.method === "quantile" && !(rule.lower < rule.upper)) return { parameter: `${path}.lower`, rule: `below upper (${rule.upper})`, column };
  if (rule.method !== "fixed") return undefined;
  const { low, high } = rule;
  if (low === undefined && high === undefined) return { parameter: `${path}.low`, rule: `given for the method "fixed", or high, or both`, column };
  if (low !== undefined && high !== undefined && !(low < high)) return { parameter: `${path}.low`, rule: `below high (${high})`, column };
  return undefined;
}
