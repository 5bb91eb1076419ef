import { columnLength, isMissingAt, MISSING_BOOLEAN, MISSING_CATEGORY, type Column, type ColumnType } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import { isUntyped, type FittedFill } from "./fitted-fill";

/** A column after filling, and the rows that were filled. */
export interface FilledColumn {
  readonly column: Column;
  readonly filledRows: readonly number[];
}

/**
 * Fills the missing cells of a column with a value found earlier; without any missing cell it is the same column.
 * A column without a single value takes the type that it had at the fit.
 */
export function fillColumn(caller: string, column: Column, fill: FittedFill): FilledColumn {
  if (fill.value === null) return { column, filledRows: [] };
  if (column.type !== fill.type && !isUntyped(column)) {
    throw new ClienteleError(
      "featureMismatch",
      `column ${JSON.stringify(fill.column)} must be of type ${fill.type}, as in the data of the fit; it is ${column.type}`,
      { caller, column: fill.column, rule: `type ${fill.type}` },
    );
  }
  const length = columnLength(column);
  const typed = column.type === fill.type ? column : missingColumn(fill.type, length);
  const filledRows: number[] = [];
  for (let row = 0; row < length; row++) if (isMissingAt(typed, row)) filledRows.push(row);
  return { column: filledRows.length === 0 ? typed : withValue(typed, filledRows, fill.value), filledRows };
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

function withValue(column: Column, rows: readonly number[], value: number | string | boolean): Column {
  if (column.type === "category") {
    const text = String(value);
    const known = column.categories.indexOf(text);
    const code = known < 0 ? column.categories.length : known;
    const codes = column.codes.slice();
    for (const row of rows) codes[row] = code;
    return { type: "category", codes, categories: known < 0 ? [...column.categories, text] : column.categories };
  }
  if (column.type === "boolean") {
    const values = column.values.slice();
    for (const row of rows) values[row] = Number(value);
    return { type: "boolean", values };
  }
  const values = column.values.slice();
  for (const row of rows) values[row] = Number(value);
  return { ...column, values };
}
