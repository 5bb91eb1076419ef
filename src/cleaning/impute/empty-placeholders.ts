import { MISSING_CATEGORY, type CategoryColumn, type Column, type TimestampColumn } from "../../data/column";
import { parseIsoTime } from "../../data/iso-time";
import { ClienteleError } from "../../errors/error";
import type { CheckedPlaceholderRule } from "./plan";

/** A column without its placeholders, and the rows in which they were. */
export interface EmptiedColumn {
  /** The same column where nothing changed. */
  readonly column: Column;
  /** Ascending. */
  readonly rows: Int32Array;
}

/**
 * Empties the active cells that hold one of the values of a rule. Texts that no row holds any more leave the dictionary.
 *
 * @throws ClienteleError `invalidInput` for a column of true and false, and for a rule none of whose values a column of this type can hold.
 */
export function emptyPlaceholders(caller: string, rule: CheckedPlaceholderRule, column: Column, isActive: Uint8Array): EmptiedColumn {
  return column.type === "timestamp" ? emptyTimes(caller, rule, column, isActive) : emptyPlainPlaceholders(caller, rule, column, isActive);
}

/** {@link emptyPlaceholders} for columns that hold no points in time, without the code that reads these. */
export function emptyPlainPlaceholders(caller: string, rule: CheckedPlaceholderRule, column: Exclude<Column, TimestampColumn>, isActive: Uint8Array): EmptiedColumn {
  switch (column.type) {
    case "category":
      return emptyTexts(rule, column, isActive);
    case "number": {
      const placeholders = new Set(rule.values.map(numberOf).filter((value) => !Number.isNaN(value)));
      if (placeholders.size === 0) throw refuse(caller, rule.column, "a number among the values, because the column holds numbers");
      const { values, rows } = emptyNumbers(column.values, placeholders, isActive);
      return { column: rows.length === 0 ? column : { ...column, values }, rows };
    }
    case "boolean":
      throw refuse(caller, rule.column, "a column of numbers, texts or points in time; true and false stand for nothing else");
  }
}

function emptyTimes(caller: string, rule: CheckedPlaceholderRule, column: TimestampColumn, isActive: Uint8Array): EmptiedColumn {
  const placeholders = new Set(rule.values.map(timeOf).filter((value) => !Number.isNaN(value)));
  if (placeholders.size === 0) throw refuse(caller, rule.column, "a date or time of ISO 8601 among the values, because the column holds points in time");
  const { values, rows } = emptyNumbers(column.values, placeholders, isActive);
  return { column: rows.length === 0 ? column : { ...column, values }, rows };
}

/** A number, or a text that is one as JavaScript or JSON writes it; NaN for others. */
function numberOf(value: number | string): number {
  if (typeof value === "number") return value;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value.trim()) ? Number(value.trim()) : NaN;
}

function timeOf(value: number | string): number {
  return typeof value === "number" ? value : parseIsoTime(value.trim());
}

function emptyNumbers(before: Float64Array, placeholders: ReadonlySet<number>, isActive: Uint8Array): { readonly values: Float64Array; readonly rows: Int32Array } {
  const rows = new Int32Array(before.length);
  let count = 0;
  for (let row = 0; row < before.length; row++) if (isActive[row] === 1 && placeholders.has(before[row]!)) rows[count++] = row;
  const values = count === 0 ? before : before.slice();
  for (let i = 0; i < count; i++) values[rows[i]!] = NaN;
  return { values, rows: rows.slice(0, count) };
}

function emptyTexts(rule: CheckedPlaceholderRule, column: CategoryColumn, isActive: Uint8Array): EmptiedColumn {
  const { codes, categories } = column;
  const placeholders = new Set(rule.values.map((value) => comparable(String(value))));
  const isPlaceholder = Uint8Array.from(categories, (text) => Number(placeholders.has(comparable(text))));
  const stays = isPlaceholder.map((value) => 1 - value);
  const rows = new Int32Array(codes.length);
  let count = 0;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!;
    if (code < 0 || isPlaceholder[code] === 0) continue;
    if (isActive[row] === 1) rows[count++] = row;
    else stays[code] = 1;
  }
  if (count === 0) return { column, rows: rows.slice(0, 0) };

  const kept: string[] = [];
  const newCodes = Int32Array.from(categories, (text, code) => (stays[code] === 1 ? kept.push(text) - 1 : MISSING_CATEGORY));
  const emptied = codes.map((code) => (code < 0 ? code : newCodes[code]!));
  for (let i = 0; i < count; i++) emptied[rows[i]!] = MISSING_CATEGORY;
  return { column: { type: "category", codes: emptied, categories: kept }, rows: rows.slice(0, count) };
}

function comparable(text: string): string {
  return text.trim().toLowerCase();
}

function refuse(caller: string, column: string, rule: string): ClienteleError {
  return new ClienteleError("invalidInput", `placeholders: column ${JSON.stringify(column)} needs ${rule}`, { caller, parameter: "placeholders", column, rule });
}
