import type { CellValue, Column, ColumnType } from "../../data/column";
import type { FillMethod } from "./plan";

/** A value to fill in: never missing. A timestamp's is its milliseconds. */
export type FillValue = Exclude<CellValue, null>;

/** What the missing cells of a group of rows are filled with. */
export interface FittedGroup {
  /** The group's values in the columns of `by`, in their order. */
  readonly key: readonly FillValue[];
  readonly value: FillValue;
}

/** What the missing cells of a column are filled with, as found on the table of the fit. */
export interface FittedFill {
  readonly column: string;
  readonly method: FillMethod;
  /** `"allMissing"`: the column had no value to compute a fill from; its cells stay missing. */
  readonly status: "fitted" | "allMissing";
  /** The type of the column; a timestamp's value is its milliseconds. */
  readonly type: ColumnType;
  /** Null with the status `"allMissing"`, and for the method `"quarantine"`. */
  readonly value: number | string | boolean | null;
  /** The types of the columns of `by`, in their order. */
  readonly keyTypes: readonly ColumnType[];
  /** Groups with a value of their own, in the order of their first rows; all other rows get `value`. */
  readonly groups: readonly FittedGroup[];
}

/** A column without any text (in the active rows) says nothing about its type: records without a value in a field give such a column. */
export function isUntyped(column: Column, isActive?: Uint8Array): boolean {
  return column.type === "category" && column.codes.every((code, row) => code < 0 || (isActive !== undefined && isActive[row] !== 1));
}

/** One text for each key; keys are equal if their texts are. */
export function textOfKey(key: readonly CellValue[]): string {
  return JSON.stringify(key);
}
