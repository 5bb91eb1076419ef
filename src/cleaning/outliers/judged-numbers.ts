import type { Column } from "../../data/column";
import { ClienteleError } from "../../errors/error";
import { isUntyped } from "../impute/fitted-fill";

/** The numbers of a column; a column without any value is as good as one of missing numbers. */
export function numbersOf(caller: string, name: string, column: Column, isActive: Uint8Array): Float64Array {
  if (column.type === "number") return column.values;
  if (isUntyped(column, isActive)) return new Float64Array(isActive.length).fill(NaN);
  const hint = column.type === "category" ? " (convert it to numbers first)" : column.type === "timestamp" ? ` (a rule "range" judges times)` : "";
  throw new ClienteleError("invalidInput", `outliers: column ${JSON.stringify(name)} must be of type number; it is ${column.type}${hint}`, {
    caller,
    parameter: "outliers",
    column: name,
    rule: "a number column",
  });
}
