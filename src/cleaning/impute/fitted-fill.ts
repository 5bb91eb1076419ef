import type { Column, ColumnType } from "../../data/column";
import type { FillMethod } from "../plan";

/** What the missing cells of a column are filled with, as found on the table of the fit. */
export interface FittedFill {
  readonly column: string;
  readonly method: FillMethod;
  /** `"allMissing"`: the column had no value to compute a fill from; its cells stay missing. */
  readonly status: "fitted" | "allMissing";
  /** The type of the column; a timestamp's value is its milliseconds. */
  readonly type: ColumnType;
  /** Null with the status `"allMissing"`. */
  readonly value: number | string | boolean | null;
}

/** A column without any text says nothing about its type: records without a value in a field give such a column. */
export function isUntyped(column: Column): boolean {
  return column.type === "category" && column.codes.every((code) => code < 0);
}
