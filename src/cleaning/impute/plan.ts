import { checkOption, readOptions, type OptionTable, type ResolvedOptions } from "../../errors/options";
import type { PlanConflict } from "../plan-conflict";

/** What becomes of a missing cell; `"mean"` and `"median"` are for numbers, `"quarantine"` sets its row aside. */
export type FillMethod = "mean" | "median" | "mode" | "constant" | "quarantine";

/** What is done about the missing cells of one column. */
export interface FillRule {
  readonly column: string;
  readonly fill: FillMethod;
  /** The value of the method `"constant"`; of a timestamp column, its milliseconds. */
  readonly value?: number | string | boolean | undefined;
  /**
   * Mean, median or mode of the rows that agree in these columns, none of them missing. Groups with fewer than `minGroupSize` present
   * values, groups that the fit did not see, and rows with a missing cell in these columns get the value of all rows.
   * @defaultValue none: one value for all rows
   */
  readonly by?: readonly string[] | undefined;
  /** Only with `by`. @defaultValue 5 */
  readonly minGroupSize?: number | undefined;
  /**
   * The name of a true/false column that says which cells were missing, for models to learn from. It is made even where nothing is missing;
   * where the table has it already, true stays true. @defaultValue none
   */
  readonly indicator?: string | undefined;
}

/** Values of a column that stand for "not known": 999, 1900-01-01, "unknown". They are emptied before anything else looks at them. */
export interface PlaceholderRule {
  /** A column of numbers, texts or points in time. */
  readonly column: string;
  /**
   * Numbers, or texts of numbers; in a column of texts, texts (compared after trimming both, in any case of letters; `""` is every blank);
   * in a timestamp column, dates or times of ISO 8601, or milliseconds. A date is the moment of its midnight in UTC, not the whole day.
   * A value that a column of this type cannot hold ("unknown" among numbers) is passed over, unless there is no other.
   */
  readonly values: readonly (number | string)[];
}

const FILL_METHODS = ["mean", "median", "mode", "constant", "quarantine"] as const;

const COLUMN_RULE = { kind: "text", required: true } as const;

export const FILL_OPTIONS = {
  column: COLUMN_RULE,
  fill: { kind: "oneOf", values: FILL_METHODS, required: true },
  value: { kind: "custom" },
  by: { kind: "names", default: [] },
  minGroupSize: { kind: "integer", min: 1 },
  indicator: { kind: "text" },
} as const satisfies OptionTable;

export const PLACEHOLDER_OPTIONS = {
  column: COLUMN_RULE,
  values: { kind: "list", required: true },
} as const satisfies OptionTable;

const DEFAULT_MIN_GROUP_SIZE = 5;

/** A fill rule with its defaults filled in; `minGroupSize` is absent without `by`. */
export type CheckedFillRule = ResolvedOptions<FillRule, typeof FILL_OPTIONS>;
/** A placeholder rule after its check. */
export type CheckedPlaceholderRule = PlaceholderRule;

/** Checks a fill rule by itself. @param path - where it stands in the plan: `"missing[0]"` */
export function checkFillRule(caller: string, path: string, item: FillRule): CheckedFillRule {
  const options = readOptions<FillRule, typeof FILL_OPTIONS>(caller, item, FILL_OPTIONS, path);
  const { by, minGroupSize } = options;
  return { ...options, by: [...by], minGroupSize: minGroupSize ?? (by.length === 0 ? undefined : DEFAULT_MIN_GROUP_SIZE) };
}

/** What a fill rule contradicts itself in. */
export function findFillConflict(rule: CheckedFillRule, path: string): PlanConflict | undefined {
  const { column, fill, by, minGroupSize, indicator } = rule;
  const value: unknown = rule.value;
  if ((fill === "constant") !== (value !== undefined)) {
    return { parameter: `${path}.value`, rule: fill === "constant" ? `given for the fill "constant"` : `absent for the fill ${JSON.stringify(fill)}`, column };
  }
  if (value !== undefined && typeof value !== "string" && typeof value !== "boolean" && !Number.isFinite(value)) {
    return { parameter: `${path}.value`, rule: "a finite number, a text, true or false", column };
  }
  if (by.length > 0 && (fill === "constant" || fill === "quarantine")) return { parameter: `${path}.by`, rule: `absent for the fill ${JSON.stringify(fill)}`, column };
  if (by.includes(column)) return { parameter: `${path}.by`, rule: "other columns than the one that is filled", column };
  if (new Set(by).size < by.length) return { parameter: `${path}.by`, rule: "distinct columns", column };
  if ((by.length > 0) !== (minGroupSize !== undefined)) {
    return { parameter: `${path}.minGroupSize`, rule: by.length > 0 ? "given with by" : "absent without by", column };
  }
  if (indicator === undefined) return undefined;
  if (fill === "quarantine") return { parameter: `${path}.indicator`, rule: `absent for the fill "quarantine", which leaves no row to mark`, column };
  if (indicator === column || by.includes(indicator)) return { parameter: `${path}.indicator`, rule: "another column than those of the rule", column };
  return undefined;
}

/** Checks a placeholder rule by itself. @param path - where it stands in the plan: `"placeholders[0]"` */
export function checkPlaceholderRule(caller: string, path: string, item: PlaceholderRule): CheckedPlaceholderRule {
  checkOption(caller, path, item, { kind: "object" });
  const options = readOptions<PlaceholderRule, typeof PLACEHOLDER_OPTIONS>(caller, item, PLACEHOLDER_OPTIONS, path);
  return { column: options.column, values: Array.from(options.values) };
}

/** What is wrong with the values of a placeholder rule. */
export function findPlaceholderConflict({ column, values }: CheckedPlaceholderRule, path: string): PlanConflict | undefined {
  if (values.length === 0) return { parameter: `${path}.values`, rule: "at least one value", column };
  const isValue = (value: unknown): boolean => typeof value === "string" || Number.isFinite(value);
  if (!values.every(isValue)) return { parameter: `${path}.values`, rule: "finite numbers and texts", column };
  return undefined;
}
