import type { FeatureMatrix } from "../../data/feature-matrix";
import { checkObject } from "../../errors/check";
import { describeValue } from "../../errors/describe";
import { ClienteleError } from "../../errors/error";

/** Refuses what is no matrix at all; its numbers are checked where they are read anyway. */
export function checkMatrix(caller: string, parameter: string, matrix: FeatureMatrix): void {
  checkObject(caller, parameter, matrix);
  const values: unknown = matrix.values;
  if (values instanceof Float64Array && values.length === matrix.rowCount * matrix.columnCount) return;
  const rule = "a FeatureMatrix (featureMatrixFromRows makes one of rows of numbers)";
  throw new ClienteleError("invalidInput", `${parameter} must be ${rule}`, { caller, parameter, rule });
}

/** The refusal of a row whose distances are no numbers, with the column that is to blame. */
export function unusableRow(caller: string, matrix: FeatureMatrix, row: number): ClienteleError {
  const { columnCount, names, values } = matrix;
  const start = row * columnCount;
  const column = names.findIndex((_, j) => !Number.isFinite(values[start + j]));
  if (column < 0) {
    const rule = "near enough to the centroids for a squared distance below 1.8e308";
    return new ClienteleError("nonFinite", `row ${row} must be ${rule}`, { caller, parameter: "matrix", row, rule });
  }
  const value = values[start + column];
  return new ClienteleError("nonFinite", `row ${row}, column ${JSON.stringify(names[column])} must be a finite number; got ${describeValue(value)}`, {
    caller,
    parameter: "matrix",
    row,
    column: names[column],
    rule: "a finite number",
    value,
  });
}
