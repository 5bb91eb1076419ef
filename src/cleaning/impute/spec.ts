import type { ColumnType } from "../../data/column";
import { readSavedOptions, writeOptions, type SavedOption } from "../../errors/saved-options";
import type { SpecReader } from "../../errors/spec";
import { textOfKey, type FillValue, type FittedFill, type FittedGroup } from "./fitted-fill";
import {
  FILL_OPTIONS,
  findFillConflict,
  findPlaceholderConflict,
  PLACEHOLDER_OPTIONS,
  type CheckedFillRule,
  type CheckedPlaceholderRule,
  type FillRule,
  type PlaceholderRule,
} from "./plan";

/** The values of the fit as they are saved. */
interface FittedFillSpec {
  readonly status: "fitted" | "allMissing";
  readonly type: ColumnType;
  readonly value: number | string | boolean | null;
  /** The types of the columns of `by`. */
  readonly keyTypes: readonly ColumnType[];
  readonly groups: readonly { readonly key: readonly FillValue[]; readonly value: FillValue }[];
}

/** A fill rule as it is saved: every default is written out, absent is null; with the values of the fit. */
export type FillSpec = { readonly [Name in keyof CheckedFillRule]: SavedOption<CheckedFillRule[Name]> } & { readonly fitted: FittedFillSpec };

/** A placeholder rule as it is saved. */
export interface PlaceholderSpec {
  readonly column: string;
  readonly values: readonly (number | string)[];
}

const STATUSES = ["fitted", "allMissing"] as const;
const COLUMN_TYPES = ["number", "category", "boolean", "timestamp"] as const;
const VALUE_OPTIONS = { value: { kind: "custom" } } as const;

export function writePlaceholder(rule: CheckedPlaceholderRule): PlaceholderSpec {
  return writeOptions<CheckedPlaceholderRule>(rule, PLACEHOLDER_OPTIONS);
}

/** Reads a saved placeholder rule, which may come from anywhere. */
export function readPlaceholder(reader: SpecReader): CheckedPlaceholderRule {
  const rule: CheckedPlaceholderRule = readSavedOptions<PlaceholderRule, typeof PLACEHOLDER_OPTIONS>(reader, PLACEHOLDER_OPTIONS);
  const conflict = findPlaceholderConflict(rule, "");
  if (conflict !== undefined) throw reader.refuse(conflict.parameter.slice(1), conflict.rule);
  return rule;
}

export function writeFill(rule: CheckedFillRule, { status, type, value, keyTypes, groups }: FittedFill): FillSpec {
  const fitted = { status, type, value, keyTypes: [...keyTypes], groups: groups.map((group) => ({ key: [...group.key], value: group.value })) };
  return { ...writeOptions<CheckedFillRule>(rule, FILL_OPTIONS), fitted };
}

/** Reads a saved fill rule and its values, which may come from anywhere. */
export function readFill(reader: SpecReader): { readonly rule: CheckedFillRule; readonly fill: FittedFill } {
  const rule = readSavedOptions<FillRule, typeof FILL_OPTIONS>(reader, FILL_OPTIONS);
  const conflict = findFillConflict(rule, "");
  if (conflict !== undefined) throw reader.refuse(conflict.parameter.slice(1), conflict.rule);
  return { rule, fill: readFitted(reader.object("fitted"), rule) };
}

function readFitted(reader: SpecReader, rule: CheckedFillRule): FittedFill {
  const { column, fill: method } = rule;
  const status = reader.oneOf("status", STATUSES);
  const type = reader.oneOf("type", COLUMN_TYPES);
  const keyTypes = reader.list("keyTypes", rule.by.length).map((value) => {
    if (!COLUMN_TYPES.includes(value as ColumnType)) throw reader.refuse("keyTypes", "types of columns");
    return value as ColumnType;
  });
  const groups = reader.objects("groups");
  const hasGroups = rule.by.length > 0 && status === "fitted";
  if (groups.length > 0 && !hasGroups) throw reader.refuse("groups", "empty for this rule and status");
  if (status === "allMissing" && method === "constant") throw reader.refuse("status", `"fitted" for the fill "constant"`);
  if (status === "fitted" && (method === "mean" || method === "median") && type !== "number") throw reader.refuse("type", `"number" for the fill ${JSON.stringify(method)}`);

  const common = { column, method, status, type, keyTypes };
  if (status === "allMissing" || method === "quarantine") {
    if (readSavedOptions<{ readonly value?: unknown }, typeof VALUE_OPTIONS>(reader, VALUE_OPTIONS).value !== undefined) throw reader.refuse("value", "null for this status and fill");
    return { ...common, value: null, groups: [] };
  }
  const value = readValue(reader, type);
  if (method === "constant" && value !== rule.value) throw reader.refuse("value", "the value of the rule");
  return { ...common, value, groups: readGroups(groups, type, keyTypes) };
}

function readGroups(groups: readonly SpecReader[], type: ColumnType, keyTypes: readonly ColumnType[]): FittedGroup[] {
  const known = new Set<string>();
  return groups.map((group) => {
    const key = group.list("key", keyTypes.length).map((value, i) => {
      if (!isOfType(value, keyTypes[i]!)) throw group.refuse("key", `of the types ${keyTypes.join(", ")}`);
      return value;
    });
    const text = textOfKey(key);
    if (known.has(text)) throw group.refuse("key", "named once");
    known.add(text);
    return { key, value: readValue(group, type) };
  });
}

function readValue(reader: SpecReader, type: ColumnType): FillValue {
  switch (type) {
    case "category":
      return reader.text("value");
    case "boolean":
      return reader.boolean("value");
    default:
      return reader.number("value");
  }
}

function isOfType(value: unknown, type: ColumnType): value is FillValue {
  switch (type) {
    case "category":
      return typeof value === "string";
    case "boolean":
      return typeof value === "boolean";
    default:
      return Number.isFinite(value);
  }
}
