import { checkOption, readOptions, type OptionTable } from "../../errors/options";
import { findRepeated, type PlanConflict } from "../plan-conflict";

/** Which of several rows of one customer is believed. */
export type SurvivorPolicy = "first" | "last" | "newest" | "oldest" | "mostComplete" | "preferred";

/** Which value a merged customer gets in one column. */
export type FieldPolicy = SurvivorPolicy | "mostFrequent" | "longest" | "smallest" | "largest";

/** Where the merged row's value of one column comes from, if not from the surviving row. Missing cells never win. */
export interface FieldSurvivor {
  readonly column: string;
  readonly keep: FieldPolicy;
}

/**
 * Which rows describe the same thing, and what becomes of them: those with equal values in every key column, none of them missing.
 * Where a policy leaves several rows, the first of them in the table counts.
 */
export interface DuplicateRule {
  readonly key: readonly string[];
  /**
   * Which of the equal rows stays: `"newest"` and `"oldest"` by `orderBy` (a row without it loses), `"mostComplete"` has the fewest missing
   * cells, `"preferred"` comes from the source that stands first in `sources`. @defaultValue "first"
   */
  readonly keep?: SurvivorPolicy | undefined;
  /** The column of times or numbers for `"newest"` and `"oldest"`. */
  readonly orderBy?: string | undefined;
  /** For `"preferred"`: the column that names the source of a row, and its values, the most trusted first. Others come after them. */
  readonly sources?: { readonly column: string; readonly order: readonly string[] } | undefined;
  /** Missing cells of the row that stays are taken from the other rows, in the order of the policy. @defaultValue false */
  readonly fillGaps?: boolean | undefined;
  /** Columns with a policy of their own. @defaultValue none: every value is that of the row that stays */
  readonly fields?: readonly FieldSurvivor[] | undefined;
}

const SURVIVOR_POLICIES = ["first", "last", "newest", "oldest", "mostComplete", "preferred"] as const;
const FIELD_POLICIES = ["first", "last", "newest", "oldest", "mostComplete", "preferred", "mostFrequent", "longest", "smallest", "largest"] as const;

export const DUPLICATE_OPTIONS = {
  key: { kind: "names", required: true },
  keep: { kind: "oneOf", values: SURVIVOR_POLICIES, default: "first" },
  orderBy: { kind: "text" },
  sources: { kind: "object" },
  fillGaps: { kind: "boolean", default: false },
  fields: { kind: "list" },
} as const satisfies OptionTable;

export const SOURCE_OPTIONS = {
  column: { kind: "text", required: true },
  order: { kind: "names", required: true },
} as const satisfies OptionTable;

export const FIELD_SURVIVOR_OPTIONS = {
  column: { kind: "text", required: true },
  keep: { kind: "oneOf", values: FIELD_POLICIES, required: true },
} as const satisfies OptionTable;

/** A duplicate rule with its defaults filled in. */
export interface CheckedDuplicateRule {
  readonly key: readonly string[];
  readonly keep: SurvivorPolicy;
  readonly orderBy: string | undefined;
  readonly sources: { readonly column: string; readonly order: readonly string[] } | undefined;
  readonly fillGaps: boolean;
  readonly fields: readonly FieldSurvivor[];
}

export function checkDuplicateRule(caller: string, path: string, item: DuplicateRule): CheckedDuplicateRule {
  checkOption(caller, path, item, { kind: "object" });
  const { sources, fields = [], ...rule } = readOptions<DuplicateRule, typeof DUPLICATE_OPTIONS>(caller, item, DUPLICATE_OPTIONS, path);
  const ofSources = sources && readOptions<NonNullable<DuplicateRule["sources"]>, typeof SOURCE_OPTIONS>(caller, sources, SOURCE_OPTIONS, `${path}.sources`);
  return {
    ...rule,
    key: [...rule.key],
    sources: ofSources && { column: ofSources.column, order: [...ofSources.order] },
    fields: Array.from(fields, (field, i) => readOptions<FieldSurvivor, typeof FIELD_SURVIVOR_OPTIONS>(caller, field, FIELD_SURVIVOR_OPTIONS, `${path}.fields[${i}]`)),
  };
}

/** What a duplicate rule contradicts itself in. */
export function findDuplicateConflict({ key, keep, orderBy, sources, fields }: CheckedDuplicateRule, path: string): PlanConflict | undefined {
  if (key.length === 0) return { parameter: `${path}.key`, rule: "at least one column" };
  if (new Set(key).size < key.length) return { parameter: `${path}.key`, rule: "distinct columns" };
  const policies = new Set<FieldPolicy>([keep, ...fields.map((field) => field.keep)]);
  if (orderBy === undefined && (policies.has("newest") || policies.has("oldest"))) return { parameter: `${path}.orderBy`, rule: 'given for "newest" and "oldest"' };
  if (sources === undefined && policies.has("preferred")) return { parameter: `${path}.sources`, rule: 'given for "preferred"' };
  if (sources !== undefined && new Set(sources.order).size < sources.order.length) return { parameter: `${path}.sources.order`, rule: "distinct values" };
  const ofKey = fields.findIndex(({ column }) => key.includes(column));
  if (ofKey >= 0) return { parameter: `${path}.fields[${ofKey}].column`, rule: "no column of key: its values are equal", column: fields[ofKey]!.column };
  return findRepeated(`${path}.fields`, fields.map(({ column }) => column));
}
