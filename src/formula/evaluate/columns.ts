import { checkObject, checkSameLength, isObject, unknownColumn } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";
import { columnLength, MISSING_BOOLEAN, type BooleanColumn, type CategoryColumn, type Column, type NumberColumn } from "../../data/column";
import { isTable, type Table } from "../../data/table";
import type { Formula } from "./formula";
import { finite } from "./kernels";
import type { FormulaVariable } from "./tree";

/** A column as a formula reads it: numbers with NaN for missing, or a column of a table. */
export type FormulaColumn = Float64Array | Column;

/**
 * The data of a formula: a table, or columns by name. A true/false variable may be given as numbers (0, 1, NaN);
 * a category needs a category column.
 */
export type FormulaColumns = Table | ReadonlyMap<string, FormulaColumn> | Readonly<Record<string, FormulaColumn>>;

/** A column whose type fits its variable. */
export type BoundColumn = NumberColumn | BooleanColumn | CategoryColumn;

export interface BoundColumns {
  readonly rowCount: number;
  readonly columns: ReadonlyMap<string, BoundColumn>;
}

/** Finds the column of every variable; refuses what is absent, of another type or of another length. */
export function bindColumns(caller: string, formula: Formula, data: FormulaColumns): BoundColumns {
  checkObject(caller, "columns", data);
  const given = columnsByName(data);
  let rowCount = isTable(data) ? data.rowCount : undefined;
  for (const [name, column] of given) {
    const length = lengthOf(caller, name, column);
    rowCount ??= length;
    checkSameLength(caller, `column ${JSON.stringify(name)}`, length, rowCount, "the others");
  }
  const columns = new Map<string, BoundColumn>();
  for (const variable of formula.variables) {
    const column = given.get(variable.name);
    if (column === undefined) throw unknownColumn(caller, "the formula", variable.name, given.keys());
    columns.set(variable.name, fittingColumn(caller, variable, column));
  }
  return { rowCount: rowCount ?? 0, columns };
}

function columnsByName(data: FormulaColumns): ReadonlyMap<string, FormulaColumn> {
  if (isTable(data)) return data.columns;
  return isMap(data) ? data : new Map(Object.entries(data));
}

function isMap(data: Exclude<FormulaColumns, Table>): data is ReadonlyMap<string, FormulaColumn> {
  return data instanceof Map;
}

/** Copies the rows from `start` on into a block, missing as NaN. An infinity, which a table cannot hold, is missing too, and −0 is 0. */
export function loadBlock(column: BoundColumn, start: number, count: number, out: Float64Array): void {
  switch (column.type) {
    case "number": {
      const { values } = column;
      for (let i = 0; i < count; i++) out[i] = finite(values[start + i]!);
      return;
    }
    case "boolean": {
      const { values } = column;
      for (let i = 0; i < count; i++) out[i] = values[start + i] === MISSING_BOOLEAN ? NaN : values[start + i]!;
      return;
    }
    case "category": {
      const { codes } = column;
      for (let i = 0; i < count; i++) out[i] = codes[start + i]! < 0 ? NaN : codes[start + i]!;
      return;
    }
  }
}

function lengthOf(caller: string, name: string, column: unknown): number {
  if (column instanceof Float64Array) return column.length;
  if (isColumn(column)) return columnLength(column);
  const rule = "a Float64Array or a column of a table";
  throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must be ${rule}; got ${describeValue(column)}`, {
    caller,
    parameter: "columns",
    column: name,
    rule,
  });
}

function isColumn(value: unknown): value is Column {
  if (!isObject(value)) return false;
  switch (value["type"]) {
    case "number":
    case "timestamp":
      return value["values"] instanceof Float64Array;
    case "boolean":
      return value["values"] instanceof Uint8Array;
    case "category":
      return value["codes"] instanceof Int32Array && Array.isArray(value["categories"]);
    default:
      return false;
  }
}

function fittingColumn(caller: string, { name, type }: FormulaVariable, given: FormulaColumn): BoundColumn {
  const column: Column = given instanceof Float64Array ? { type: "number", values: given } : given;
  if (column.type === "timestamp" || (column.type !== type && !(type === "boolean" && column.type === "number"))) {
    const rule = `type ${type}`;
    throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must be of ${rule}, as the formula says; it is of type ${column.type}`, {
      caller,
      parameter: "columns",
      column: name,
      rule,
    });
  }
  if (type === "boolean" && column.type === "number") checkTruthValues(caller, name, column.values);
  return column;
}

function checkTruthValues(caller: string, name: string, values: Float64Array): void {
  const row = values.findIndex((value) => value !== 0 && value !== 1 && !Number.isNaN(value));
  if (row < 0) return;
  const rule = "0, 1 or NaN (true/false as numbers)";
  throw new ClienteleError("invalidInput", `column ${JSON.stringify(name)} must hold ${rule}; got ${describeValue(values[row])} at row ${row}`, {
    caller,
    parameter: "columns",
    column: name,
    row,
    rule,
  });
}
