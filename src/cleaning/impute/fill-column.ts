import { cellAt, columnLength, isMissingAt, MISSING_BOOLEAN, MISSING_CATEGORY, type BooleanColumn, type CategoryColumn, type Column, type ColumnType } from "../../data/column";
import { unknownColumn } from "../../errors/check";
import { ClienteleError } from "../../errors/error";
import { firstRows, groupRows } from "../../data/row-groups";
import { isUntyped, textOfKey, type FillValue, type FittedFill, type FittedGroup } from "./fitted-fill";
import { markColumn } from "./mark-column";
import type { CheckedFillRule } from "./plan";
import type { FillSummary } from "./summary";

/** A column after filling, and what else a fill does. */
export interface FilledColumn {
  /** The same column where nothing changed. */
  readonly column: Column;
  /** Rows that were filled, ascending. */
  readonly filledRows: Int32Array;
  /** Rows to be set aside, ascending: those of missing cells with the method `"quarantine"`. */
  readonly setAsideRows: Int32Array;
  /** Which cells were missing, if the rule asks for it. */
  readonly indicator?: BooleanColumn | undefined;
  readonly summary: FillSummary;
}

/**
 * Fills the missing cells of a column with values found earlier. A column without a single value takes the type that it had at the fit.
 *
 * @throws ClienteleError `unknownColumn`; `featureMismatch` for a column of another type than at the fit; `invalidInput` for an indicator
 * column that is there and is not true/false.
 */
export function fillColumn(caller: string, rule: CheckedFillRule, fill: FittedFill, columns: ReadonlyMap<string, Column>, isActive: Uint8Array): FilledColumn {
  const column = typedColumn(caller, "missing", rule.column, fill.status === "allMissing" ? undefined : fill.type, columns, isActive);
  const by = rule.by.map((name, i) => typedColumn(caller, "missing.by", name, fill.groups.length === 0 ? undefined : fill.keyTypes[i], columns, isActive));
  const missing = missingRows(column, isActive);
  const isSettingAside = fill.method === "quarantine";
  const filledRows = isSettingAside || fill.value === null ? new Int32Array(0) : missing;
  const setAsideRows = isSettingAside ? missing : new Int32Array(0);
  return {
    column: fill.value === null || filledRows.length === 0 ? column : withValues(column, filledRows, fillsOf(fill.groups, fill.value, by, filledRows)),
    filledRows,
    setAsideRows,
    indicator: rule.indicator === undefined ? undefined : markColumn(caller, "missing", rule.indicator, columns.get(rule.indicator), isActive, missing, "add"),
    summary: {
      column: fill.column,
      method: fill.method,
      value: fill.value,
      status: fill.status,
      filled: filledRows.length,
      stillMissing: missing.length - filledRows.length - setAsideRows.length,
      groupCount: fill.groups.length,
      quarantined: setAsideRows.length,
    },
  };
}

/** A column of the type of the fit, if that is known. One without any value becomes a column of that type. */
function typedColumn(caller: string, parameter: string, name: string, type: ColumnType | undefined, columns: ReadonlyMap<string, Column>, isActive: Uint8Array): Column {
  const column = columns.get(name);
  if (column === undefined) throw unknownColumn(caller, parameter, name, columns.keys());
  if (type === undefined || column.type === type) return column;
  if (isUntyped(column, isActive)) return missingColumn(type, isActive.length);
  throw new ClienteleError("featureMismatch", `column ${JSON.stringify(name)} must be of type ${type}, as in the data of the fit; it is ${column.type}`, {
    caller,
    column: name,
    rule: `type ${type}`,
  });
}

function missingColumn(type: ColumnType, length: number): Column {
  switch (type) {
    case "category":
      return { type, codes: new Int32Array(length).fill(MISSING_CATEGORY), categories: [] };
    case "boolean":
      return { type, values: new Uint8Array(length).fill(MISSING_BOOLEAN) };
    default:
      return { type, values: new Float64Array(length).fill(NaN) };
  }
}

function missingRows(column: Column, isActive: Uint8Array): Int32Array {
  const rows = new Int32Array(isActive.length);
  let count = 0;
  for (let row = 0; row < isActive.length; row++) if (isActive[row] === 1 && isMissingAt(column, row)) rows[count++] = row;
  return rows.slice(0, count);
}

/** The values to fill in: row `rows[i]` gets `values[indexes[i]]`, and every value is used. */
interface RowFills {
  readonly values: readonly FillValue[];
  readonly indexes: Int32Array;
}

function fillsOf(groups: readonly FittedGroup[], overall: FillValue, by: readonly Column[], rows: Int32Array): RowFills {
  if (groups.length === 0) return { values: [overall], indexes: new Int32Array(rows.length) };
  const isFilled = new Uint8Array(columnLength(by[0]!));
  for (const row of rows) isFilled[row] = 1;
  const grouping = groupRows(by, isFilled, "none");
  const valueOf = new Map(groups.map(({ key, value }) => [textOfKey(key), value]));
  const values = Array.from(firstRows(grouping), (row) => valueOf.get(textOfKey(by.map((column) => cellAt(column, row)))) ?? overall);
  const indexes = rows.map((row) => (grouping.groups[row]! < 0 ? grouping.count : grouping.groups[row]!));
  return { values: indexes.includes(grouping.count) ? [...values, overall] : values, indexes };
}

function withValues(column: Column, rows: Int32Array, fills: RowFills): Column {
  if (column.type === "category") return withTexts(column, rows, fills);
  const numbers = Float64Array.from(fills.values, Number);
  const values = column.values.slice();
  for (let i = 0; i < rows.length; i++) values[rows[i]!] = numbers[fills.indexes[i]!]!;
  return column.type === "boolean" ? { type: "boolean", values: values as Uint8Array } : { ...column, values: values as Float64Array };
}

/** Texts that the dictionary does not hold join it. */
function withTexts({ codes, categories }: CategoryColumn, rows: Int32Array, fills: RowFills): CategoryColumn {
  const codeOf = new Map(categories.map((text, code) => [text, code]));
  const added: string[] = [];
  const codeOfFill = fills.values.map((value) => {
    const text = String(value);
    const code = codeOf.get(text) ?? categories.length + added.push(text) - 1;
    codeOf.set(text, code);
    return code;
  });
  const filled = codes.slice();
  for (let i = 0; i < rows.length; i++) filled[rows[i]!] = codeOfFill[fills.indexes[i]!]!;
  return { type: "category", codes: filled, categories: added.length === 0 ? categories : [...categories, ...added] };
}
