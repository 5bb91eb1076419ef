import type { CellValue, Column, ColumnType } from "../../data/column";
import { columnOf, type Table } from "../../data/table";
import { ClienteleError } from "../../errors/error";
import { checkOption } from "../../errors/options";
import { sortPresent } from "../../numeric/statistics/quantile";
import type { FillMethod, FillRule } from "../plan";
import { isUntyped, type FittedFill } from "./fitted-fill";
import { meanOf, medianOf, modeOf } from "./typical-values";

/** Finds the value that fills the missing cells of a column. */
export function fitFill(caller: string, table: Table, rule: FillRule): FittedFill {
  const { column: name, fill: method } = rule;
  const column = columnOf(caller, table, name, "missing");
  if (rule.value !== undefined) {
    return { column: name, method, status: "fitted", type: constantType(caller, name, column, rule.value), value: withoutNegativeZero(rule.value) };
  }
  const value = isUntyped(column) ? null : computeFill(caller, name, column, method);
  return { column: name, method, status: value === null ? "allMissing" : "fitted", type: column.type, value: withoutNegativeZero(value) };
}

function constantType(caller: string, name: string, column: Column, value: number | string | boolean): ColumnType {
  const valueType = typeof value === "string" ? "category" : typeof value;
  if (valueType === "number" && column.type === "timestamp") return "timestamp";
  if (valueType !== column.type && !isUntyped(column)) {
    const wanted = column.type === "category" ? "text" : column.type === "boolean" ? "boolean" : "number";
    checkOption(caller, `missing: value for column ${JSON.stringify(name)}`, value, { kind: wanted }, `the column is of type ${column.type}`);
  }
  return valueType === "boolean" || valueType === "number" ? valueType : "category";
}

function computeFill(caller: string, name: string, column: Column, method: FillMethod): CellValue {
  if (method === "mode") return modeOf(column);
  if (column.type !== "number") {
    throw new ClienteleError(
      "invalidInput",
      `missing: the fill ${JSON.stringify(method)} needs numbers; column ${JSON.stringify(name)} is of type ${column.type}` +
        (column.type === "category" ? ` (convert it to numbers first, or choose "mode" or "constant")` : ""),
      { caller, parameter: "missing", column: name, rule: "a number column" },
    );
  }
  const present = sortPresent(column.values);
  if (present.length === 0) return null;
  return method === "mean" ? meanOf(present) : medianOf(present);
}

/** JSON has no −0. */
function withoutNegativeZero<Value extends CellValue>(value: Value): Value | number {
  return value === 0 ? 0 : value;
}
